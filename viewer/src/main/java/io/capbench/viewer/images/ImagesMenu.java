package io.capbench.viewer.images;

import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import java.util.List;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Says where the images of the dataset come from, and offers what can be done about them. Not there
 * while the dataset has none. FX thread only.
 */
public final class ImagesMenu extends MenuButton {
  private static final List<ImageStatus> MAY_PASS =
      List.of(
          ImageStatus.GONE,
          ImageStatus.NOT_AN_IMAGE,
          ImageStatus.TOO_LARGE,
          ImageStatus.REFUSED,
          ImageStatus.HTTP_ERROR,
          ImageStatus.DNS,
          ImageStatus.TLS,
          ImageStatus.TIMEOUT,
          ImageStatus.UNREADABLE);

  private final ImagesViewModel model;
  private final CheckMenuItem fetch = new CheckMenuItem("Fetch images from the web");
  private final Menu again = new Menu("Ask again for all that failed with");
  private final MenuItem last = new MenuItem();
  private final Tooltip tip = new Tooltip();

  /** Makes the menu. */
  public ImagesMenu(ImagesViewModel model) {
    this.model = model;
    setId("images");
    getStyleClass().addAll("flat", "small", "images-menu");
    setTooltip(tip);
    fetch.setId("fetch-images");
    fetch.selectedProperty().bindBidirectional(model.onlineProperty());
    fetch.setDisable(!model.allowed());
    MenuItem check = new MenuItem("Check the images of these rows");
    check.setId("check-images");
    check.setOnAction(event -> model.check());
    check.disableProperty().bind(model.checkingProperty());
    for (ImageStatus status : MAY_PASS) {
      MenuItem item = new MenuItem(status.id() + " – " + status.words());
      item.setId("again-" + status.name());
      item.setMnemonicParsing(false);
      item.setOnAction(event -> model.retryAll(status));
      again.getItems().add(item);
    }
    last.setDisable(true);
    last.getStyleClass().add("images-found");
    last.setMnemonicParsing(false);
    last.textProperty().bind(model.summaryProperty());
    last.visibleProperty().bind(model.summaryProperty().isNotEmpty());
    getItems().addAll(fetch, again, new SeparatorMenuItem(), check, last);
    model.onlineProperty().addListener(o -> refresh());
    model.kindProperty().addListener(o -> refresh());
    refresh();
  }

  private void refresh() {
    ImageKind kind = model.kindProperty().get();
    boolean web = kind == ImageKind.URL;
    boolean on = model.onlineProperty().get();
    fetch.setVisible(web);
    again.setVisible(web);
    setVisible(kind != ImageKind.NONE);
    setManaged(kind != ImageKind.NONE);
    setText(web ? "Web images: " + (on ? "on" : "off") : "Images");
    setGraphic(new FontIcon(web ? (on ? Feather.GLOBE : Feather.CLOUD_OFF) : Feather.IMAGE));
    tip.setText(text(web, on));
  }

  private String text(boolean web, boolean on) {
    if (!web) {
      return "The images of this dataset are on this machine.";
    }
    if (!model.allowed()) {
      return "The images of this dataset are on the web. Capbench was started offline"
          + " (CAPBENCH_OFFLINE) and fetches none.";
    }
    return on
        ? "The images of this dataset are fetched from the web as you look at its rows: their"
            + " servers see your address."
        : "The images of this dataset are on the web, and none are fetched. Those that were fetched"
            + " earlier are shown.";
  }
}
