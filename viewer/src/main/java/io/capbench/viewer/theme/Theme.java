package io.capbench.viewer.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import io.capbench.resources.Resource;
import java.util.List;
import java.util.Locale;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/** The looks of the window. All methods belong on the FX thread. */
public enum Theme {
  LIGHT,
  DARK;

  private static final double ANY_SIZE = 13;

  /** The word for this theme in settings. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The theme of that {@link #id}, or light if there is none: a setting may be from anywhere. */
  public static Theme of(String id) {
    return DARK.id().equals(id) ? DARK : LIGHT;
  }

  /** The other theme. */
  public Theme other() {
    return this == LIGHT ? DARK : LIGHT;
  }

  /** Loads the fonts that the stylesheets name. Once a process is enough; more do no harm. */
  public static void loadFonts() {
    for (String font : List.of("fonts/Inter-Regular.otf", "fonts/Inter-SemiBold.otf")) {
      Font.loadFont(Resource.url(font).toExternalForm(), ANY_SIZE);
    }
  }

  /** Dresses the scene in this theme. */
  public void applyTo(Scene scene) {
    Application.setUserAgentStylesheet(
        (this == LIGHT ? new PrimerLight() : new PrimerDark()).getUserAgentStylesheet());
    scene
        .getStylesheets()
        .setAll(
            Resource.url("styles/capbench.css").toExternalForm(),
            Resource.url("styles/" + id() + ".css").toExternalForm());
  }
}
