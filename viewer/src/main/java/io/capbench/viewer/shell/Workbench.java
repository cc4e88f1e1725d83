package io.capbench.viewer.shell;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.query.RowOrder;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.browse.RowListView;
import io.capbench.viewer.browse.TrackColumns;
import io.capbench.viewer.change.ChangeViewModel;
import io.capbench.viewer.change.NoticeBar;
import io.capbench.viewer.compare.CardsView;
import io.capbench.viewer.compare.Legend;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.Sidebar;
import io.capbench.viewer.dataset.SortViewModel;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.export.ExportViewModel;
import io.capbench.viewer.fuse.FuseRowsViewModel;
import io.capbench.viewer.fuse.FuseViewModel;
import io.capbench.viewer.ground.GroundPane;
import io.capbench.viewer.ground.GroundViewModel;
import io.capbench.viewer.ground.ScoreViewModel;
import io.capbench.viewer.images.ImagesViewModel;
import io.capbench.viewer.insight.FacetsView;
import io.capbench.viewer.insight.FacetsViewModel;
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
import java.util.concurrent.ThreadLocalRandom;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * The window's content: side bar, list, picture and cards between header and status. FX thread
 * only.
 */
public final class Workbench extends StackPane implements AutoCloseable {
  private static final int THUMBNAIL_SIDE = 256;

  // Short enough to be written down.
  private static final long SEEDS = 1_000_000;

  private final Models models;
  private final WorkbenchViewModel workbench;
  private final BrowseViewModel browse;
  private final ReviewViewModel review;
  private final ImagesViewModel images;
  private final Executor fx;
  private final TrackColumns columns = new TrackColumns();
  private final RowListView list;
  private final CardsView cards;
  private final PicturePane picture = new PicturePane();
  private final PictureLoader pictures;
  private final WorkbenchLayout layout;
  private final HeaderBar header;
  private final LeftSide left;
  private final NoticeBar notice;
  private final Sheets sheets;
  private @Nullable Thumbnails thumbnails;

  /** The models that the window shows. */
  public record Models(
      WorkbenchViewModel workbench,
      BrowseViewModel browse,
      ReviewViewModel review,
      FacetsViewModel facets,
      ExportViewModel export,
      ImagesViewModel images,
      JobsViewModel jobs,
      ChangeViewModel change,
      GroundViewModel ground,
      ScoreViewModel score,
      FuseViewModel fuse,
      FuseRowsViewModel fuseRows) {}

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
    this.models = models;
    this.workbench = models.workbench();
    this.browse = models.browse();
    this.review = models.review();
    this.fx = fx;
    setId("workbench");
    getStyleClass().add("workbench");
    images = models.images();
    pictures = new PictureLoader(picture, io, fx);
    pictures.setOffers(this::offers);
    images.setOnAskAgain(this::askForPicturesAgain);
    sheets = new Sheets(this, models, sample);
    sheets.setOnRows(this::focusRows);
    list = new RowListView(browse, columns, () -> thumbnails);
    cards = new CardsView(browse, review, models.ground(), models.fuse());
    VBox.setVgrow(cards, Priority.ALWAYS);
    SortViewModel sort =
        new SortViewModel(workbench.query(), () -> ThreadLocalRandom.current().nextLong(1, SEEDS));
    header = new HeaderBar(workbench, browse, review, sort, sheets);
    list.setOnColumn(track -> sort.next(track.name()));
    sort.orderProperty().subscribe(this::showOrder);
    left =
        new LeftSide(
            new Sidebar(workbench, review, sheets::columns),
            new FacetsView(models.facets(), workbench, this::focusRows),
            models.facets());
    layout =
        new WorkbenchLayout(
            this,
            new WorkbenchLayout.Places(
                left,
                new StackPane(list, new EmptyState(workbench, browse, sheets)),
                new GroundPane(picture, models.ground(), sheets::models, this::focusRows),
                new VBox(new Legend(this), cards),
                new DecisionBar(browse, review, this::edit)),
            look);
    sheets.setOnTheme(layout::switchTheme);
    notice = new NoticeBar(models.change(), sheets::unmatched, this::focusRows);
    BorderPane frame = new BorderPane(layout.node());
    frame.setTop(new VBox(header, notice));
    frame.setBottom(new StatusBar(models, workspace));
    getChildren().addAll(frame, sheets.overlay());
    layout.setOnTextSize(list::setTextSize);
    layout.setOnArranged(this::arranged);
    workbench
        .openProperty()
        .addListener(
            (o, was, now) -> {
              if (now != null && now.continues(was)) {
                cards.setTracks(now.mapping().tracks()); // whoever writes or looks goes on
                showTracks();
              } else {
                datasetChanged();
              }
            });
    workbench.hiddenProperty().addListener(o -> showTracks());
    browse.currentProperty().addListener(o -> showPicture());
    browse.revisionProperty().addListener(o -> showPicture());
    browse.selectedProperty().addListener(o -> keepDraft());
    layout.setPictures(true);
    datasetChanged();
  }

  private void arranged() {
    fx.execute(list::revealSelected);
    focusRows();
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
    boolean shows = open.mapping().imageKind() != ImageKind.NONE;
    columns.setPictures(shows);
    List<CaptionTrack> tracks = open.mapping().tracks();
    cards.setTracks(tracks);
    showTracks();
    layout.setPictures(shows);
    showPicture();
    if (tracks.isEmpty()) {
      sheets.columns();
    } else {
      focusRows();
    }
  }

  private void askForPicturesAgain() {
    if (thumbnails != null) {
      thumbnails.forgetMissing();
    }
    pictures.again();
    list.refresh();
    list.wantPictures();
  }

  /** Asks again for the picture that could not be had. */
  void retryPicture() {
    RowItem current = browse.currentProperty().get();
    if (current != null && picture.getPicture() instanceof Picture.Missing) {
      images.retry(current.row().image());
    }
  }

  private List<PicturePane.Offer> offers(ImageRef image, Picture.Missing missing) {
    ImageStatus status = missing.status(image);
    if (missing.reason() == Reason.OFFLINE) {
      return images.allowed()
          ? List.of(
              new PicturePane.Offer(
                  "Fetch images from the web", () -> images.onlineProperty().set(true)))
          : List.of();
    }
    PicturePane.Offer one = new PicturePane.Offer("Try again (Ctrl+R)", () -> images.retry(image));
    if (!status.failed()) {
      return List.of();
    }
    return image instanceof ImageRef.Url
        ? List.of(
            one,
            new PicturePane.Offer(
                "Try all that failed with " + status.id(), () -> images.retryAll(status)))
        : List.of(one);
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

  private void showOrder(@Nullable RowOrder order) {
    if (order instanceof RowOrder.ByWords by) {
      list.setSorted(by.track(), by.descending() ? "↓ words" : "↑ words");
    } else if (order instanceof RowOrder.ByLength by) {
      list.setSorted(by.track(), by.descending() ? "↓ length" : "↑ length");
    } else {
      list.setSorted("", "");
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
    return new WorkbenchKeys(this, layout, models, sheets).map();
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
                keys.leaveOut(event);
                sheets.key(event);
              } else if (menuShowing()) {
                keys.leaveOut(event);
              } else {
                boolean writing = review.draftProperty().get() != null;
                keys.handle(event, getScene().getFocusOwner(), writing);
              }
            });
    getScene().setOnDragOver(sheets::dragOver);
    getScene().setOnDragDropped(sheets::dropped);
    layout.applyTheme();
    focusRows();
  }

  /**
   * Whether a menu is open: it gets the keys first, but lets through those that it does not use.
   */
  private static boolean menuShowing() {
    return Window.getWindows().stream().anyMatch(window -> window instanceof ContextMenu);
  }

  void focusRows() {
    if (layout.focused()) {
      layout.focusRight();
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

  void toggleBuilder() {
    header.toggleBuilder();
  }

  boolean leaveBuilder() {
    return header.leaveBuilder();
  }

  void showSort() {
    header.showSort();
  }

  /** Shows the facets on the left, or what there is to browse. */
  void toggleFacets() {
    layout.showLeft();
    left.toggle();
  }

  void focusNotice() {
    notice.begin();
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
    return layout.look();
  }

  boolean isFocusedOnRow() {
    return layout.focused();
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
