package io.capbench.viewer.dataset;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import io.capbench.viewer.theme.ProblemMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Which columns are captions, of which role, under which name. FX thread only. */
public final class MappingEditor extends VBox {
  private static final String NO_CAPTION = "not a caption";

  private static final double LINE_HEIGHT = 46;
  private static final double MOST_HEIGHT = 520;

  private final ColumnMapping before;
  private final List<Line> lines = new ArrayList<>();
  private final Label problem = new Label();

  private record Line(ColumnInfo column, ChoiceBox<String> role, TextField name) {
    @Nullable CaptionTrack track() {
      return NO_CAPTION.equals(role.getValue())
          ? null
          : new CaptionTrack(name.getText().strip(), TrackRole.of(role.getValue()), column.name());
    }
  }

  /**
   * Makes an editor for a dataset.
   *
   * @param columns the dataset's columns
   * @param mapping how they are read now
   * @param reasons why a column was guessed to be what it is, by its name
   * @param onApply gets the mapping that the person wants
   * @param onClose called to go without a change
   */
  public MappingEditor(
      List<ColumnInfo> columns,
      ColumnMapping mapping,
      Map<String, String> reasons,
      Consumer<ColumnMapping> onApply,
      Runnable onClose) {
    super(12);
    before = mapping;
    setId("mapping");
    getStyleClass().add("sheet");
    Label title = new Label("Columns");
    title.getStyleClass().add("sheet-title");
    Label hint =
        new Label(
            "A caption track is shown, coloured and exported under its name. "
                + "The first raw and the first synthetic track are the parents of fused captions.");
    hint.setWrapText(true);
    hint.getStyleClass().add("sheet-hint");
    ScrollPane scroll = new ScrollPane(grid(columns, reasons));
    scroll.getStyleClass().add("edge-to-edge");
    scroll.setFitToWidth(true);
    scroll.setPrefViewportHeight(Math.min(MOST_HEIGHT, LINE_HEIGHT * (columns.size() + 1)));
    VBox.setVgrow(scroll, Priority.ALWAYS);
    problem.getStyleClass().add("sheet-problem");
    ProblemMark.on(problem);
    Button apply = new Button("Apply");
    apply.setId("mapping-apply");
    apply.getStyleClass().add("accent");
    apply.setDefaultButton(true);
    apply.setOnAction(event -> apply(onApply));
    Button cancel = new Button("Cancel");
    cancel.setOnAction(event -> onClose.run());
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox buttons = new HBox(8, problem, space, cancel, apply);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    getChildren().addAll(title, hint, scroll, buttons);
  }

  private GridPane grid(List<ColumnInfo> columns, Map<String, String> reasons) {
    GridPane grid = new GridPane();
    grid.setHgap(12);
    grid.setVgap(8);
    grid.getStyleClass().add("mapping-grid");
    grid.addRow(0, head("Column"), head("Role"), head("Track name"), head("Why"));
    int row = 1;
    for (ColumnInfo column : columns) {
      Label name = new Label(column.name());
      name.setMinWidth(USE_PREF_SIZE);
      Label reason = new Label(reasons.getOrDefault(column.name(), ""));
      reason.getStyleClass().add("sheet-hint");
      reason.setWrapText(true);
      if (column.name().equals(before.imageColumn())) {
        grid.addRow(row++, name, new Label("image"), new Label(), reason);
      } else if (column.type().startsWith("VARCHAR")) {
        Line line = line(column);
        lines.add(line);
        grid.addRow(row++, name, line.role(), line.name(), reason);
      } else {
        grid.addRow(row++, name, new Label(column.type()), new Label(), reason);
      }
    }
    return grid;
  }

  private static Label head(String text) {
    Label label = new Label(text);
    label.getStyleClass().add("sidebar-title");
    return label;
  }

  private Line line(ColumnInfo column) {
    Optional<CaptionTrack> track =
        before.tracks().stream().filter(each -> each.column().equals(column.name())).findFirst();
    ChoiceBox<String> role = new ChoiceBox<>();
    role.setId("role-of-" + column.name());
    role.getItems().add(NO_CAPTION);
    for (TrackRole each : TrackRole.values()) {
      role.getItems().add(each.id());
    }
    role.setValue(track.map(each -> each.role().id()).orElse(NO_CAPTION));
    TextField name = new TextField(track.map(CaptionTrack::name).orElse(column.name()));
    name.disableProperty().bind(role.valueProperty().isEqualTo(NO_CAPTION));
    return new Line(column, role, name);
  }

  private void apply(Consumer<ColumnMapping> onApply) {
    try {
      List<CaptionTrack> tracks = new ArrayList<>();
      // Tracks keep the order that they had; new ones follow.
      for (CaptionTrack old : before.tracks()) {
        lines.stream()
            .filter(line -> line.column().name().equals(old.column()))
            .map(Line::track)
            .filter(track -> track != null)
            .forEach(tracks::add);
      }
      for (Line line : lines) {
        CaptionTrack track = line.track();
        if (track != null && !tracks.contains(track)) {
          tracks.add(track);
        }
      }
      String image = before.imageColumn();
      onApply.accept(
          new ColumnMapping(tracks, image, image == null ? ImageKind.NONE : before.imageKind()));
    } catch (IllegalArgumentException e) {
      problem.setText(e.getMessage());
    }
  }
}
