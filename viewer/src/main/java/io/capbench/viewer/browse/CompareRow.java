package io.capbench.viewer.browse;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.Verdict;
import io.capbench.viewer.caption.CaptionText;
import io.capbench.viewer.caption.MarkedCaption;
import io.capbench.viewer.flow.RowCell;
import io.capbench.viewer.picture.Picture;
import io.capbench.viewer.picture.Thumbnails;
import io.capbench.viewer.theme.ProblemMark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A row of the list: verdict, thumbnail, and the visible tracks side by side. */
final class CompareRow extends Region implements RowCell {
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
  private static final PseudoClass PREFERRED = PseudoClass.getPseudoClass("preferred");
  private static final PseudoClass EDITED = PseudoClass.getPseudoClass("edited");
  private static final PseudoClass EMPTY = PseudoClass.getPseudoClass("empty");
  private static final int HEAD = 400;
  private static final double PAD = 10;
  private static final double TOOLTIP_WIDTH = 360;

  private final BrowseViewModel model;
  private final TrackColumns columns;
  private final Supplier<@Nullable Thumbnails> thumbnails;
  private final Region stripe = new Region();
  private final Label number = new Label();
  private final FontIcon verdictIcon = new FontIcon(Feather.CIRCLE);
  private final ImageView thumbnail = new ImageView();
  private final FontIcon noPicture = new FontIcon(Feather.IMAGE);
  private final Label why = new Label();
  private final VBox missing = new VBox(2, noPicture, why);
  private final Tooltip whyInFull = new Tooltip();
  private final StackPane frame = new StackPane(missing, thumbnail);
  private final Label problem = new Label();
  private final Region skeleton = new Region();
  private final List<CaptionText> captions = new ArrayList<>();

  CompareRow(
      BrowseViewModel model, TrackColumns columns, Supplier<@Nullable Thumbnails> thumbnails) {
    this.model = model;
    this.columns = columns;
    this.thumbnails = thumbnails;
    getStyleClass().add("compare-row");
    setAccessibleRole(AccessibleRole.LIST_ITEM);
    stripe.getStyleClass().add("verdict-stripe");
    number.getStyleClass().add("row-number");
    number.setTooltip(new Tooltip("The row's number in its shard, from 0"));
    verdictIcon.getStyleClass().add("verdict-icon");
    thumbnail.setPreserveRatio(true);
    frame.getStyleClass().add("thumbnail");
    why.getStyleClass().add("thumbnail-why");
    missing.setAlignment(Pos.CENTER);
    whyInFull.setWrapText(true);
    whyInFull.setMaxWidth(TOOLTIP_WIDTH);
    Rectangle rounded = new Rectangle();
    rounded.setArcWidth(8);
    rounded.setArcHeight(8);
    rounded.widthProperty().bind(frame.widthProperty());
    rounded.heightProperty().bind(frame.heightProperty());
    frame.setClip(rounded);
    problem.getStyleClass().add("row-problem");
    ProblemMark.on(problem);
    problem.setWrapText(true);
    skeleton.getStyleClass().add("row-skeleton");
    getChildren().addAll(stripe, number, verdictIcon, frame, skeleton, problem);
  }

  @Override
  public Region node() {
    return this;
  }

  @Override
  public void show(long position, boolean selected) {
    RowItem item = model.row(position);
    String error = item == null ? model.error(position) : null;
    pseudoClassStateChanged(SELECTED, selected);
    number.setText(item == null ? "" : String.format("%,d", item.row().key().row()));
    problem.setText(error == null ? "" : error);
    problem.setVisible(error != null);
    skeleton.setVisible(item == null && error == null);
    while (captions.size() < columns.visible().size()) {
      CaptionText caption = CaptionText.clipped();
      captions.add(caption);
      getChildren().add(caption);
    }
    Decision decision = item == null ? null : model.decision(item);
    showVerdict(decision == null ? null : decision.verdict());
    showThumbnail(item);
    for (int i = 0; i < captions.size(); i++) {
      CaptionText caption = captions.get(i);
      boolean used = i < columns.visible().size() && error == null;
      caption.setVisible(used);
      if (used) {
        showCaption(caption, columns.visible().get(i), item, decision);
      }
    }
    setAccessibleText(item == null ? "Row at position " + (position + 1) : spoken(item));
    requestLayout();
  }

  private static String spoken(RowItem item) {
    return "Row "
        + item.row().key().row()
        + ". "
        + String.join(". ", item.row().captions().values());
  }

  private void showCaption(
      CaptionText cell, CaptionTrack track, @Nullable RowItem item, @Nullable Decision decision) {
    MarkedCaption text = item == null ? null : item.captions().get(track.name());
    boolean edited = decision != null && track.name().equals(decision.editedTrack());
    if (item != null && edited) {
      text = model.written(item);
    }
    cell.pseudoClassStateChanged(EDITED, edited);
    boolean empty = item != null && text == null;
    cell.pseudoClassStateChanged(EMPTY, empty);
    cell.pseudoClassStateChanged(
        PREFERRED, decision != null && track.name().equals(decision.preferredTrack()));
    cell.setRole(track.role());
    if (text == null) {
      cell.setCaption(MarkedCaption.plain(empty ? "no caption" : ""));
    } else {
      cell.setCaption(text.head(HEAD));
    }
  }

  private void showVerdict(@Nullable Verdict verdict) {
    for (Verdict each : Verdict.values()) {
      pseudoClassStateChanged(PseudoClass.getPseudoClass(each.id()), each == verdict);
    }
    verdictIcon.setVisible(verdict != null);
    if (verdict != null) {
      verdictIcon.setIconCode(
          switch (verdict) {
            case ACCEPTED -> Feather.CHECK;
            case REJECTED -> Feather.X;
            case SKIPPED -> Feather.SKIP_FORWARD;
          });
    }
  }

  private void showThumbnail(@Nullable RowItem item) {
    frame.setVisible(columns.pictures());
    if (!columns.pictures()) {
      return;
    }
    Thumbnails source = thumbnails.get();
    Picture picture =
        item == null || source == null
            ? new Picture.Loading()
            : source.of(item.row().key(), item.row().image());
    if (picture instanceof Picture.Shown shown) {
      thumbnail.setImage(shown.image());
    } else {
      thumbnail.setImage(null);
    }
    missing.setVisible(picture instanceof Picture.Missing);
    Tooltip.uninstall(frame, whyInFull);
    if (item != null && picture instanceof Picture.Missing reason) {
      why.setText(reason.shortly(item.row().image()));
      whyInFull.setText(reason.message());
      Tooltip.install(frame, whyInFull);
    }
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = getHeight();
    stripe.resizeRelocate(0, 0, TrackColumns.STRIPE, height - 1);
    double side = height - 2 * PAD - 18;
    double left = TrackColumns.STRIPE + PAD;
    number.resizeRelocate(left, 5, columns.lead() - left - (columns.pictures() ? 24 : 4), 18);
    if (columns.pictures()) {
      verdictIcon.relocate(columns.lead() - 12 - 20, 7);
    } else {
      verdictIcon.relocate(left, 28);
    }
    frame.resizeRelocate(left, 25, columns.lead() - left - 14, side);
    thumbnail.setFitWidth(columns.lead() - left - 14);
    thumbnail.setFitHeight(side);
    double columnWidth = columns.columnWidth(width);
    for (int i = 0; i < captions.size(); i++) {
      CaptionText caption = captions.get(i);
      boolean fits = i < columns.fitting(width);
      caption.resizeRelocate(
          columns.x(i, width), PAD, fits ? columnWidth : 0, fits ? height - PAD - 4 : 0);
    }
    double textLeft = columns.lead();
    skeleton.resizeRelocate(textLeft, PAD + 4, (width - textLeft) * 0.6, 12);
    problem.resizeRelocate(textLeft, PAD, width - textLeft - PAD, height - 2 * PAD);
  }
}
