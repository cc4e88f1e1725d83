package io.capbench.viewer.fuse;

import io.capbench.storage.model.RowKey;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.caption.CaptionText;
import io.capbench.viewer.theme.ProblemMark;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The caption that is being made of the selected row, as it grows. FX thread only. */
public final class FusingCard extends VBox {
  private final FuseViewModel model;
  private final Label name = new Label();
  private final Label said = new Label();
  private final CaptionText text = new CaptionText();
  private @Nullable RowItem item;

  /** Makes a card that is there while something is made of the row that is shown. */
  public FusingCard(FuseViewModel model) {
    this.model = model;
    setId("fusing-card");
    getStyleClass().add("caption-card");
    name.setId("fusing-name");
    name.getStyleClass().add("card-name");
    name.setMnemonicParsing(false);
    said.setId("fusing-said");
    said.setWrapText(true);
    said.setMinHeight(USE_PREF_SIZE);
    Button stop = new Button(null, new FontIcon(Feather.X));
    stop.setId("fusing-stop");
    stop.getStyleClass().add("flat");
    stop.setFocusTraversable(false);
    stop.setTooltip(new Tooltip("Stop (Esc)"));
    stop.setAccessibleText("Stop fusing");
    stop.setOnAction(event -> model.cancel());
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox head = new HBox(8, new FontIcon(Feather.GIT_MERGE), name, space, stop);
    head.setAlignment(Pos.CENTER_LEFT);
    head.setMinHeight(USE_PREF_SIZE);
    getChildren().addAll(head, said, text);
    model.stateProperty().addListener(o -> refresh());
    model.fuser().stateProperty().addListener(o -> refresh());
    refresh();
  }

  /** Shows what is made of another row, or of one that was read anew. */
  public void show(RowItem now) {
    item = now;
    refresh();
  }

  private void refresh() {
    FuseState state = model.stateProperty().get();
    RowKey row = item == null ? null : item.row().key();
    boolean here = false;
    if (state instanceof FuseState.Waiting waiting) {
      here = waiting.row().equals(row);
      name.setText("fusing");
      boolean ready = model.fuser().stateProperty().get() instanceof FuserState.Ready;
      said.setText(ready ? "Waiting for the first words …" : "The model is getting ready …");
    } else if (state instanceof FuseState.Fusing fusing) {
      here = fusing.row().equals(row);
      name.setText(fusing.title());
      said.setText(model.fuser().note());
      text.setCaption(fusing.text());
    } else if (state instanceof FuseState.Fused fused) {
      here = fused.row().equals(row) && !arrived(fused);
      name.setText(fused.title());
      said.setText(model.fuser().note());
      text.setCaption(fused.text());
    } else if (state instanceof FuseState.Failed failed) {
      here = failed.row().equals(row);
      name.setText("This row could not be fused");
      said.setText(failed.sentence());
    }
    ProblemMark.set(said, state instanceof FuseState.Failed);
    shown(this, here);
    boolean text = state instanceof FuseState.Fusing || state instanceof FuseState.Fused;
    shown(this.text, text);
    shown(said, !said.getText().isEmpty());
  }

  /** Whether a track of the row has the caption already, so that its own card shows it. */
  private boolean arrived(FuseState.Fused fused) {
    return item != null
        && item.captions().values().stream()
            .anyMatch(caption -> caption.text().equals(fused.text().text()));
  }

  private static void shown(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}
