package io.capbench.viewer.picture;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.viewer.theme.ProblemMark;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The large picture: fits its place, zooms with the wheel around the pointer, pans by dragging, and
 * says why when there is nothing to see. FX thread only.
 */
public final class PicturePane extends Region {
  private static final double STEP = 1.25;
  private static final double MOST = 32;
  private static final double MARGIN = 12;

  private final ImageView view = new ImageView();
  private final FontIcon icon = new FontIcon(Feather.IMAGE);
  private final Label reason = new Label();
  private final VBox offers = new VBox(6);
  private final VBox message = new VBox(8, icon, reason, offers);
  private final Label size = new Label();
  private final Rectangle clip = new Rectangle();
  private final StackPane layers = new StackPane();
  private final ReadOnlyObjectWrapper<Picture> shown =
      new ReadOnlyObjectWrapper<>(this, "picture", new Picture.Loading());
  private Picture picture = new Picture.Loading();
  private double zoom = 1;
  private double centreX;
  private double centreY;
  private double dragX;
  private double dragY;

  /**
   * Something that a person can do about a picture that is missing.
   *
   * @param words what, as a button says it
   * @param action does it
   */
  public record Offer(String words, Runnable action) {}

  /** Makes a pane that shows nothing yet. */
  public PicturePane() {
    setId("picture");
    getStyleClass().add("picture-pane");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    view.setSmooth(true);
    view.setManaged(false);
    message.getStyleClass().add("picture-message");
    message.setAlignment(Pos.CENTER);
    message.setPickOnBounds(false);
    offers.setAlignment(Pos.CENTER);
    reason.setWrapText(true);
    size.getStyleClass().add("picture-size");
    setClip(clip);
    layers.setManaged(false);
    layers.setMouseTransparent(true);
    getChildren().addAll(view, layers, message, size);
    addEventHandler(ScrollEvent.SCROLL, this::wheel);
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
    show(picture);
  }

  /** Shows another picture, whole. */
  public void show(Picture next) {
    picture = next;
    offer(List.of());
    if (next instanceof Picture.Shown shown) {
      view.setImage(shown.image());
      message.setVisible(false);
      setAccessibleText("Image, " + shown.width() + " by " + shown.height() + " pixels");
      setCursor(Cursor.OPEN_HAND);
    } else if (next instanceof Picture.Missing missing) {
      say(missing.reason() == Reason.NONE ? Feather.TYPE : Feather.IMAGE, missing.message());
    } else {
      say(Feather.LOADER, "Reading the image …");
    }
    ProblemMark.set(
        reason, next instanceof Picture.Missing missing && missing.reason() != Reason.NONE);
    fit();
    shown.set(next);
  }

  /** Puts buttons under the words that say why there is no picture. */
  public void offer(List<Offer> what) {
    offers.getChildren().clear();
    for (Offer each : what) {
      Button button = new Button(each.words());
      button.setId("offer-" + offers.getChildren().size());
      button.getStyleClass().add("small");
      button.setMnemonicParsing(false);
      button.setOnAction(event -> each.action().run());
      offers.getChildren().add(button);
    }
  }

  private void say(Feather symbol, String words) {
    view.setImage(null);
    icon.setIconCode(symbol);
    reason.setText(words);
    message.setVisible(true);
    setAccessibleText(words);
    setCursor(Cursor.DEFAULT);
  }

  /** Lays something over the picture that has the picture's place and size, wherever that is. */
  public void setLayer(Region layer) {
    layers.getChildren().setAll(layer);
  }

  /** What is shown. */
  public Picture getPicture() {
    return picture;
  }

  /** What is shown. */
  public ReadOnlyObjectProperty<Picture> pictureProperty() {
    return shown.getReadOnlyProperty();
  }

  /** Makes the picture larger by a step. */
  public void zoomIn() {
    zoomBy(STEP, getWidth() / 2, getHeight() / 2);
  }

  /** Makes the picture smaller by a step, until it is whole. */
  public void zoomOut() {
    zoomBy(1 / STEP, getWidth() / 2, getHeight() / 2);
  }

  /** Shows the whole picture. */
  public void fit() {
    zoom = 1;
    centreX = 0.5;
    centreY = 0.5;
    requestLayout();
  }

  /** How much larger the picture is than when it fits; at least 1. */
  public double getZoom() {
    return zoom;
  }

  private double fitScale() {
    if (!(picture instanceof Picture.Shown shown)) {
      return 1;
    }
    double width = Math.max(1, getWidth() - 2 * MARGIN);
    double height = Math.max(1, getHeight() - 2 * MARGIN);
    return Math.min(width / shown.width(), height / shown.height());
  }

  private void zoomBy(double factor, double x, double y) {
    if (!(picture instanceof Picture.Shown shown)) {
      return;
    }
    double next = Math.max(1, Math.min(MOST, zoom * factor));
    double before = fitScale() * zoom;
    double after = fitScale() * next;
    // The point of the picture under (x, y) stays there.
    centreX += (x - getWidth() / 2) * (1 / before - 1 / after) / shown.width();
    centreY += (y - getHeight() / 2) * (1 / before - 1 / after) / shown.height();
    zoom = next;
    requestLayout();
  }

  private void wheel(ScrollEvent event) {
    if (event.getDeltaY() != 0) {
      zoomBy(event.getDeltaY() > 0 ? STEP : 1 / STEP, event.getX(), event.getY());
      event.consume();
    }
  }

  private void press(MouseEvent event) {
    dragX = event.getX();
    dragY = event.getY();
  }

  private void drag(MouseEvent event) {
    if (picture instanceof Picture.Shown shown) {
      double scale = fitScale() * zoom;
      centreX -= (event.getX() - dragX) / (scale * shown.width());
      centreY -= (event.getY() - dragY) / (scale * shown.height());
      press(event);
      requestLayout();
    }
  }

  private void click(MouseEvent event) {
    if (event.getButton() != MouseButton.PRIMARY || event.getClickCount() != 2) {
      return;
    }
    if (zoom > 1) {
      fit();
    } else {
      zoomBy(Math.max(2, 1 / fitScale()), event.getX(), event.getY());
    }
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = getHeight();
    clip.setWidth(width);
    clip.setHeight(height);
    layoutInArea(
        message,
        MARGIN,
        0,
        width - 2 * MARGIN,
        height,
        0,
        null,
        true,
        false,
        javafx.geometry.HPos.CENTER,
        VPos.CENTER);
    size.setVisible(false);
    layers.setVisible(picture instanceof Picture.Shown);
    if (picture instanceof Picture.Shown shown) {
      double scale = fitScale() * zoom;
      double w = shown.width() * scale;
      double h = shown.height() * scale;
      centreX = keepInside(centreX, width, w);
      centreY = keepInside(centreY, height, h);
      view.setFitWidth(w);
      view.setFitHeight(h);
      double x = snapPositionX(width / 2 - centreX * w);
      double y = snapPositionY(height / 2 - centreY * h);
      view.relocate(x, y);
      layers.resizeRelocate(x, y, w, h);
      size.setText(
          "%d × %d · %d %%".formatted(shown.width(), shown.height(), Math.round(scale * 100)));
      size.setVisible(true);
      size.autosize();
      size.relocate(width - size.getWidth() - 8, height - size.getHeight() - 8);
    }
  }

  private static double keepInside(double centre, double place, double picture) {
    if (picture <= place) {
      return 0.5;
    }
    double half = place / 2 / picture;
    return Math.max(half, Math.min(1 - half, centre));
  }
}
