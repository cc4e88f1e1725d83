package io.capbench.viewer.shell;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.browse.RowListView;
import io.capbench.viewer.browse.TrackColumns;
import io.capbench.viewer.compare.CardsView;
import io.capbench.viewer.compare.Legend;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.Sidebar;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.export.ExportViewModel;
import io.capbench.viewer.jobs.JobsViewModel;
import io.capbench.viewer.picture.Picture;
import io.capbench.viewer.picture.PictureDecoder;
import io.capbench.viewer.picture.PictureLoader;
import io.capbench.viewer.picture.PicturePane;
import io.capbench.viewer.picture.Thumbnails;
import io.capbench.viewer.review.DecisionBar;
import io.capbench.viewer.review.Draft;
import io.capbench.viewer.review.ReviewViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * The window's content: side bar, list, picture and cards between header and status. FX thread
 * only.
 */
public final class Workbench extends StackPane implements AutoCloseable {
  private static final int THUMBNAIL_SIDE = 256;

  private final WorkbenchViewModel workbench;
  private final BrowseViewModel browse;
  private final ReviewViewModel review;
  private final Executor fx;
  private final TrackColumns columns = new TrackColumns();
  private final RowListView list;
  private final CardsView cards;
  private final PicturePane picture = new PicturePane();
  private final PictureLoader pictures;
  private final Sidebar sidebar;
  private final VBox right;
  private final VBox reading;
  private final SplitPane details;
  private final SplitPane middle = new SplitPane();
  private final HeaderBar header;
  private final Sheets sheets;
  private @Nullable Thumbnails thumbnails;
  private Look look;
  private boolean focused;

  /** The models that the window shows. */
  public record Models(
      WorkbenchViewModel workbench,
      BrowseViewModel browse,
      ReviewViewModel review,
      ExportViewModel export,
      JobsViewModel jobs) {}

  /**
   * Makes the content of a window.
   *
   * @param models what to show
   * @param workspace file that keeps the decisions, for people
   * @param sample the bundled sample
   * @param look how the person likes it
   * @param io reads images
   * @param fx runs things on the FX thread
   */
  public Workbench(
      Models models, Path workspace, Path sample, Look look, Executor io, Executor fx) {
    this.workbench = models.workbench();
    this.browse = models.browse();
    this.review = models.review();
    this.fx = fx;
    this.look = look;
    setId("workbench");
    getStyleClass().add("workbench");
    pictures = new PictureLoader(picture, io, fx);
    sheets = new Sheets(this, models, sample);
    sheets.setOnTheme(this::switchTheme);
    sheets.setOnRows(this::focusRows);
    list = new RowListView(browse, columns, () -> thumbnails);
    cards = new CardsView(browse, review);
    sidebar = new Sidebar(workbench, review, sheets::columns);
    header = new HeaderBar(workbench, browse, sheets);
    reading = new VBox(new Legend(this), cards);
    details = new SplitPane(picture, reading);
    details.setOrientation(javafx.geometry.Orientation.VERTICAL);
    VBox.setVgrow(cards, Priority.ALWAYS);
    VBox.setVgrow(details, Priority.ALWAYS);
    right = new VBox(details, new DecisionBar(browse, review, this::edit));
    right.getStyleClass().add("right-side");
    StackPane centre = new StackPane(list, new EmptyState(workbench, browse, sheets));
    middle.getItems().setAll(sidebar, centre, right);
    SplitPane.setResizableWithParent(sidebar, false);
    middle.setId("middle");
    BorderPane frame = new BorderPane(middle);
    frame.setTop(header);
    frame.setBottom(new StatusBar(models, workspace));
    getChildren().addAll(frame, sheets.overlay());
    workbench.openProperty().addListener(o -> datasetChanged());
    workbench.hiddenProperty().addListener(o -> showTracks());
    browse.currentProperty().addListener(o -> showPicture());
    browse.revisionProperty().addListener(o -> showPicture());
    browse.selectedProperty().addListener(o -> keepDraft());
    dress();
    arrange();
    datasetChanged();
  }

  private void datasetChanged() {
    keepDraft();
    OpenDataset open = workbench.openProperty().get();
    closeThumbnails();
    if (open == null) {
      pictures.setDecoder(null);
      columns.visible().clear();
      showPicture();
      return;
    }
    PictureDecoder decoder = new PictureDecoder(open.dataset().images());
    thumbnails = new Thumbnails(decoder, THUMBNAIL_SIDE, fx, list::refresh);
    pictures.setDecoder(decoder);
    columns.setPictures(open.mapping().imageKind() != ImageKind.NONE);
    List<CaptionTrack> tracks = open.mapping().tracks();
    cards.setTracks(tracks);
    showTracks();
    arrange();
    showPicture();
    if (tracks.isEmpty()) {
      sheets.columns();
    } else {
      focusRows();
    }
  }

  private void showTracks() {
    OpenDataset open = workbench.openProperty().get();
    if (open != null) {
      columns
          .visible()
          .setAll(
              open.mapping().tracks().stream()
                  .filter(track -> !workbench.hiddenProperty().get().contains(track.name()))
                  .toList());
    }
  }

  private void showPicture() {
    RowItem current = browse.currentProperty().get();
    long selected = browse.selectedProperty().get();
    if (current != null || selected < 0) {
      pictures.show(current == null ? null : current.row());
    } else {
      String problem = browse.error(selected);
      pictures.say(
          problem == null
              ? new Picture.Loading()
              : new Picture.Missing(Reason.UNREADABLE, "This row cannot be read"));
    }
  }

  /** What was written is kept when the person goes to another row. */
  private void keepDraft() {
    Draft draft = review.draftProperty().get();
    if (draft != null) {
      String text = cards.editedText();
      if (text.isBlank()) {
        review.cancelEdit();
      } else {
        review.saveEdit(text);
      }
    }
  }

  /** The keys of the window. */
  KeyMap keys() {
    return new WorkbenchKeys(this, workbench, browse, review, sheets).map();
  }

  /** Puts the keys to work once the content is in a scene. */
  public void listenToKeys() {
    KeyMap keys = keys();
    sheets.setKeys(keys);
    getScene()
        .addEventFilter(
            KeyEvent.ANY,
            event -> {
              if (sheets.showing()) {
                sheets.key(event);
              } else {
                boolean writing = review.draftProperty().get() != null;
                keys.handle(event, getScene().getFocusOwner(), writing);
              }
            });
    getScene().setOnDragOver(sheets::dragOver);
    getScene().setOnDragDropped(sheets::dropped);
    look.theme().applyTo(getScene());
    focusRows();
  }

  void focusRows() {
    if (focused) {
      right.requestFocus();
    } else {
      list.focusRows();
    }
  }

  /** Whether the search field has the keyboard. */
  boolean searching() {
    return header.searching();
  }

  void focusSearch() {
    header.focusSearch();
  }

  void page(int direction) {
    browse.move(direction * Math.max(1, list.pageRows() - 1));
  }

  /** Opens the editor, or gives it the keyboard back. */
  void edit() {
    review.edit();
    cards.focusEditor();
  }

  PicturePane picture() {
    return picture;
  }

  /** How the person likes the window now. */
  public Look look() {
    if (focused || middle.getItems().size() < 3) {
      return look;
    }
    if (getScene() == null) {
      return look;
    }
    return new Look(
        look.theme(),
        look.textSize(),
        look.leftShown(),
        look.rightShown(),
        middle.getDividerPositions()[0],
        middle.getDividerPositions()[1],
        columns.pictures() ? details.getDividerPositions()[0] : look.pictureDivider());
  }

  void switchTheme() {
    look = look().withTheme(look.theme().other());
    if (getScene() != null) {
      look.theme().applyTo(getScene());
    }
  }

  void changeTextSize(double by) {
    look = look().withTextSize(by == 0 ? Look.DEFAULT.textSize() : look.textSize() + by);
    dress();
  }

  /** Makes the window look as on the first start. */
  void resetLook() {
    focused = false;
    look = Look.DEFAULT;
    if (getScene() != null) {
      look.theme().applyTo(getScene());
    }
    dress();
    arrange();
  }

  void toggleLeft() {
    Look now = look();
    look =
        new Look(
            now.theme(),
            now.textSize(),
            !now.leftShown(),
            now.rightShown(),
            now.leftDivider(),
            now.rightDivider(),
            now.pictureDivider());
    arrange();
  }

  void toggleRight() {
    Look now = look();
    look =
        new Look(
            now.theme(),
            now.textSize(),
            now.leftShown(),
            !now.rightShown(),
            now.leftDivider(),
            now.rightDivider(),
            now.pictureDivider());
    arrange();
  }

  /** Gives one row the whole window, or takes it back. */
  void focus(boolean on) {
    if (on != focused) {
      look = look();
      focused = on;
      arrange();
    }
  }

  boolean isFocusedOnRow() {
    return focused;
  }

  private void dress() {
    setStyle("-fx-font-size: " + look.textSize() + "px;");
    list.setTextSize(look.textSize());
  }

  private void arrange() {
    sidebar.setManaged(look.leftShown() && !focused);
    StackPane centre = (StackPane) list.getParent();
    var items = new java.util.ArrayList<javafx.scene.Node>();
    if (look.leftShown() && !focused) {
      items.add(sidebar);
    }
    if (!focused) {
      items.add(centre);
    }
    if (look.rightShown() || focused) {
      items.add(right);
    }
    getStyleClass().remove("focus-mode");
    if (focused) {
      getStyleClass().add("focus-mode");
    }
    middle.getItems().setAll(items);
    details.getItems().setAll(columns.pictures() ? List.of(picture, reading) : List.of(reading));
    details.setOrientation(
        focused ? javafx.geometry.Orientation.HORIZONTAL : javafx.geometry.Orientation.VERTICAL);
    if (items.size() == 3) {
      middle.setDividerPositions(look.leftDivider(), look.rightDivider());
    } else if (items.size() == 2) {
      middle.setDividerPosition(
          0, items.get(0) == sidebar ? look.leftDivider() : look.rightDivider());
    }
    if (columns.pictures()) {
      details.setDividerPosition(0, focused ? 0.55 : look.pictureDivider());
    }
    fx.execute(list::revealSelected);
    focusRows();
  }

  private void closeThumbnails() {
    if (thumbnails != null) {
      thumbnails.close();
      thumbnails = null;
    }
  }

  /** Stops what runs for this window. The models stay. */
  @Override
  public void close() {
    closeThumbnails();
  }
}
