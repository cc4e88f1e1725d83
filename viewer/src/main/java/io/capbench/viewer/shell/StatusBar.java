package io.capbench.viewer.shell;

import io.capbench.storage.workspace.DecisionCounts;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.images.ImagesMenu;
import io.capbench.viewer.jobs.TaskArea;
import io.capbench.viewer.review.ReviewMessage;
import io.capbench.viewer.review.ReviewViewModel;
import io.capbench.viewer.theme.ProblemMark;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The bottom of the window: the workspace, who decides, what was just done, the tasks. */
final class StatusBar extends HBox {
  StatusBar(Workbench.Models models, Path workspace) {
    super(14);
    WorkbenchViewModel workbench = models.workbench();
    BrowseViewModel browse = models.browse();
    ReviewViewModel review = models.review();
    getStyleClass().add("status-bar");
    setAlignment(Pos.CENTER_LEFT);
    Label file = new Label(String.valueOf(workspace.getFileName()), new FontIcon(Feather.SAVE));
    file.setTooltip(new Tooltip("Decisions are kept in " + workspace));
    TextField annotator = new TextField();
    annotator.setId("annotator");
    annotator.getStyleClass().add("annotator");
    annotator.setPrefColumnCount(9);
    annotator.setTooltip(new Tooltip("Who decides; stands beside every decision"));
    annotator.setAccessibleText("Annotator");
    annotator.textProperty().bindBidirectional(review.annotatorProperty());
    HBox who = new HBox(4, new FontIcon(Feather.USER), annotator);
    who.setAlignment(Pos.CENTER_LEFT);
    Label readOnly = new Label("read-only workspace", new FontIcon(Feather.LOCK));
    readOnly.getStyleClass().add("read-only");
    readOnly.setVisible(workbench.readOnly());
    readOnly.setManaged(workbench.readOnly());
    Label message = new Label();
    message.setId("message");
    message.getStyleClass().add("message");
    review
        .messageProperty()
        .subscribe(
            now -> {
              ReviewMessage said = now == null ? ReviewMessage.NONE : now;
              message.setText(said.text());
              message.setTooltip(said.text().isEmpty() ? null : new Tooltip(said.text()));
              ProblemMark.set(message, said.problem());
            });
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Label place = new Label();
    place.setId("place");
    place.getStyleClass().add("sidebar-count");
    place.setTooltip(new Tooltip("Which of the rows shown is selected"));
    Runnable showPlace =
        () ->
            place.setText(
                browse.selectedProperty().get() < 0
                    ? ""
                    : String.format(
                        "%,d of %,d",
                        browse.selectedProperty().get() + 1, browse.rowCountProperty().get()));
    browse.selectedProperty().addListener(o -> showPlace.run());
    browse.rowCountProperty().addListener(o -> showPlace.run());
    Label progress = new Label();
    progress.setId("progress");
    progress.getStyleClass().add("sidebar-count");
    Runnable refresh =
        () -> {
          OpenDataset open = workbench.openProperty().get();
          progress.setText(
              open == null
                  ? ""
                  : String.format(
                      "%,d of %,d decided",
                      decided(review.countsProperty().get()), open.info().rows()));
        };
    review.countsProperty().addListener(o -> refresh.run());
    workbench.openProperty().addListener(o -> refresh.run());
    ImagesMenu images = new ImagesMenu(models.images());
    // What was just said gives way first; its tooltip has it in full.
    for (Region kept : List.of(who, readOnly, images, place, progress)) {
      kept.setMinWidth(Region.USE_PREF_SIZE);
    }
    getChildren()
        .addAll(
            file,
            who,
            readOnly,
            images,
            message,
            space,
            new TaskArea(models.jobs()),
            place,
            progress);
  }

  /** Rows with a verdict: the same sum as in the side bar. */
  private static long decided(DecisionCounts counts) {
    return counts.accepted() + counts.rejected() + counts.skipped();
  }
}
