package io.capbench.viewer.dataset;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.workspace.DecisionCounts;
import io.capbench.viewer.review.ReviewViewModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The left side: rows by decision, the tracks, the shards. FX thread only. */
public final class Sidebar extends ScrollPane {
  private static final int SHARDS_SHOWN = 200;
  private static final long HUGE = 10_000_000;

  private final WorkbenchViewModel workbench;
  private final ReviewViewModel review;
  private final Map<DecisionFilter, Label> counts = new EnumMap<>(DecisionFilter.class);
  private final VBox tracks = new VBox(2);
  private final VBox shards = new VBox(2);

  /**
   * Makes the side bar.
   *
   * @param onColumns opens the column mapping
   */
  public Sidebar(WorkbenchViewModel workbench, ReviewViewModel review, Runnable onColumns) {
    this.workbench = workbench;
    this.review = review;
    getStyleClass().addAll("sidebar", "edge-to-edge");
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    setFocusTraversable(false);
    Button mapping = new Button("Columns …", new FontIcon(Feather.SLIDERS));
    mapping.setId("columns");
    mapping.getStyleClass().addAll("flat", "small", "sidebar-button");
    mapping.setTooltip(new Tooltip("Which columns are captions, and what they are (M)"));
    mapping.setOnAction(event -> onColumns.run());
    VBox content =
        new VBox(
            title("Decisions"),
            decisions(),
            title("Tracks"),
            tracks,
            mapping,
            title("Shards"),
            shards);
    content.getStyleClass().add("sidebar-box");
    setContent(content);
    workbench.openProperty().addListener(o -> datasetChanged());
    review.countsProperty().addListener(o -> showCounts());
    datasetChanged();
  }

  private static Label title(String text) {
    Label title = new Label(text);
    title.getStyleClass().add("sidebar-title");
    return title;
  }

  private Node decisions() {
    VBox box = new VBox(2);
    ToggleGroup group = new ToggleGroup();
    for (DecisionFilter kind : DecisionFilter.values()) {
      Label name = new Label(kind.title());
      Region space = new Region();
      HBox.setHgrow(space, Priority.ALWAYS);
      Label count = new Label();
      count.getStyleClass().add("sidebar-count");
      count.setMinWidth(Region.USE_PREF_SIZE);
      counts.put(kind, count);
      HBox line = new HBox(6, dot(kind), name, space, count);
      line.setAlignment(Pos.CENTER_LEFT);
      ToggleButton entry = new ToggleButton(null, line);
      entry.setId("filter-" + kind.name().toLowerCase(java.util.Locale.ROOT));
      entry.getStyleClass().addAll("sidebar-entry");
      entry.setMaxWidth(Double.MAX_VALUE);
      line.prefWidthProperty().bind(entry.widthProperty().subtract(20));
      entry.setToggleGroup(group);
      entry.setFocusTraversable(false);
      entry.setOnAction(
          event -> {
            workbench.filter().decidedProperty().set(kind);
            entry.setSelected(true);
            workbench.query().apply();
          });
      workbench.filter().decidedProperty().subscribe(now -> entry.setSelected(now == kind));
      box.getChildren().add(entry);
    }
    return box;
  }

  private static Region dot(DecisionFilter kind) {
    Region dot = new Region();
    dot.getStyleClass().addAll("dot", "dot-" + kind.name().toLowerCase(java.util.Locale.ROOT));
    return dot;
  }

  private void datasetChanged() {
    OpenDataset open = workbench.openProperty().get();
    setVisible(open != null);
    shards.getChildren().clear();
    if (open != null) {
      showShards(open.info().shards());
    }
    showTracks();
    showCounts();
  }

  private void showTracks() {
    OpenDataset open = workbench.openProperty().get();
    tracks.getChildren().clear();
    if (open != null) {
      open.mapping().tracks().forEach(track -> tracks.getChildren().add(trackLine(track)));
      if (open.mapping().tracks().isEmpty()) {
        tracks.getChildren().add(new Label("No column is a caption yet."));
      }
    }
  }

  private Node trackLine(CaptionTrack track) {
    CheckBox shown = new CheckBox(track.name());
    shown.getStyleClass().add("small");
    shown.setSelected(!workbench.hiddenProperty().get().contains(track.name()));
    shown.setMnemonicParsing(false);
    shown.setFocusTraversable(false);
    shown.setTooltip(new Tooltip("Show " + track.name() + " in the list"));
    shown.setOnAction(event -> workbench.setShown(track, shown.isSelected()));
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Label role = new Label(track.role().id());
    role.getStyleClass().addAll("role-chip", "role-" + track.role().id());
    role.setMinWidth(Region.USE_PREF_SIZE); // the name, which the tooltip has too, gives way
    shown.setMinWidth(0);
    HBox line = new HBox(6, shown, space, role);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("track-line");
    return line;
  }

  private void showShards(List<ShardInfo> all) {
    for (ShardInfo shard : all.subList(0, Math.min(all.size(), SHARDS_SHOWN))) {
      String error = shard.error();
      Label name = new Label(String.valueOf(shard.path().getFileName()));
      name.getStyleClass().add("shard-name");
      name.setTextOverrun(
          OverrunStyle.CENTER_ELLIPSIS); // what tells shards apart may be at the end
      Region space = new Region();
      HBox.setHgrow(space, Priority.ALWAYS);
      Label rows = new Label(error == null ? String.format("%,d", shard.rows()) : "unreadable");
      rows.getStyleClass().add(error == null ? "sidebar-count" : "shard-error");
      rows.setMinWidth(Region.USE_PREF_SIZE);
      HBox line = new HBox(6, name, space, rows);
      line.getStyleClass().add("shard-line");
      line.setAlignment(Pos.CENTER_LEFT);
      Tooltip.install(line, new Tooltip(error == null ? shard.path().toString() : error));
      shards.getChildren().add(line);
    }
    if (all.size() > SHARDS_SHOWN) {
      Label more = new Label("… and " + (all.size() - SHARDS_SHOWN) + " more");
      more.getStyleClass().addAll("shard-line", "sidebar-count");
      shards.getChildren().add(more);
    }
  }

  private void showCounts() {
    OpenDataset open = workbench.openProperty().get();
    DecisionCounts now = review.countsProperty().get();
    long rows = open == null ? 0 : open.info().rows();
    counts.forEach((kind, label) -> showCount(label, kind.count(now, rows)));
  }

  /** Shows a number; one that is too long for the side bar in millions, and whole when asked. */
  private static void showCount(Label label, long count) {
    boolean huge = count >= HUGE;
    String whole = String.format("%,d", count);
    label.setText(huge ? String.format("%,.1f M", count / 1e6) : whole);
    label.setTooltip(huge ? new Tooltip(whole) : null);
  }
}
