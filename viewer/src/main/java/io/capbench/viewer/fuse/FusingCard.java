package io.capbench.viewer.fuse;

import io.capbench.storage.model.RowKey;
import io.capbench.viewer.caption.CaptionText;
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
  private @Nullable RowKey row;

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
    refresh();
  }

  /** Shows what is made of another row. */
  public void show(@Nullable RowKey key) {
    row = key;
    refresh();
  }

  private void refresh() {
    FuseState state = model.stateProperty().get();
    boolean here = false;
    if (state instanceof FuseState.Waiting waiting) {
      here = waiting.row().equals(row);
      name.setText("fusing");
      said.setText("The model is getting ready …");
    } else if (state instanceof FuseState.Fusing fusing) {
      here = fusing.row().equals(row);
      name.setText(fusing.title());
      text.setCaption(fusing.text());
    } else if (state instanceof FuseState.Failed failed) {
      here = failed.row().equals(row);
      name.setText("This row could not be fused");
      said.setText(failed.sentence());
    }
    shown(this, here);
    shown(text, state instanceof FuseState.Fusing);
    shown(said, !(state instanceof FuseState.Fusing));
  }

  private static void shown(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}
