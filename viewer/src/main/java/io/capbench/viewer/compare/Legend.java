package io.capbench.viewer.compare;

import io.capbench.viewer.caption.CaptionText;
import io.capbench.viewer.caption.Mark;
import io.capbench.viewer.caption.MarkKind;
import io.capbench.viewer.caption.MarkedCaption;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;

/** What the marks mean; a click switches a kind off and on in the whole window. FX thread only. */
public final class Legend extends FlowPane {

  /**
   * Makes the legend.
   *
   * @param window gets a style class such as {@code hide-raw} while a kind is switched off
   */
  public Legend(Parent window) {
    super(4, 4);
    getStyleClass().add("legend");
    setAlignment(Pos.CENTER_LEFT);
    for (MarkKind kind : MarkKind.values()) {
      if (kind != MarkKind.HIT && kind != MarkKind.SELECTED) {
        getChildren().add(entry(kind, window));
      }
    }
  }

  private static ToggleButton entry(MarkKind kind, Parent window) {
    String word = kind.id();
    CaptionText sample = new CaptionText();
    // Some marks reach beyond their words.
    String room = "\u2009";
    Mark mark = new Mark(room.length(), room.length() + word.length(), kind);
    sample.setCaption(new MarkedCaption(room + word + room, List.of(mark)));
    sample.setMouseTransparent(true);
    ToggleButton entry = new ToggleButton(null, sample);
    entry.setId("legend-" + word);
    entry.getStyleClass().addAll("legend-entry");
    entry.setSelected(true);
    entry.setFocusTraversable(false);
    entry.setAccessibleText(word + ": " + kind.meaning());
    entry.setTooltip(
        new Tooltip(
            word.substring(0, 1).toUpperCase(Locale.ROOT)
                + word.substring(1)
                + ": "
                + kind.meaning()
                + ". Click to switch it off or on."));
    String hidden = "hide-" + kind.id();
    entry
        .selectedProperty()
        .addListener(
            (o, was, on) -> {
              window.getStyleClass().remove(hidden);
              if (!on) {
                window.getStyleClass().add(hidden);
              }
            });
    return entry;
  }
}
