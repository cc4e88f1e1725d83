package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.text.SubCaption;
import io.capbench.viewer.caption.MarkedCaption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** The caption that is looked at, one line a sub-caption. FX thread only. */
public final class SubCaptionList extends VBox {
  private final GroundViewModel ground;
  private final List<SubCaptionLine> lines = new ArrayList<>();
  private final Label more = new Label();
  private Consumer<Node> onChosen = line -> {};

  /** Makes the list. */
  public SubCaptionList(GroundViewModel ground) {
    this.ground = ground;
    setId("sub-captions");
    getStyleClass().add("sub-captions");
    more.getStyleClass().add("card-words");
    more.setWrapText(true);
    ground.stateProperty().addListener(o -> showFound());
    ground.chosenProperty().addListener(o -> showChosen());
    ground.words().wordsProperty().subscribe(word -> lines.forEach(line -> line.showWord(word)));
  }

  /** What to do with the line that was chosen, so that it is seen. */
  public void setOnChosen(Consumer<Node> action) {
    onChosen = action;
  }

  /**
   * Shows the caption that is looked at.
   *
   * @param caption the whole caption with its marks
   */
  public void show(LookedAt looked, MarkedCaption caption) {
    List<SubCaption> parts = looked.subCaptions();
    while (lines.size() > parts.size()) {
      lines.remove(lines.size() - 1);
    }
    while (lines.size() < parts.size()) {
      lines.add(new SubCaptionLine(ground, lines.size()));
    }
    for (int i = 0; i < parts.size(); i++) {
      lines.get(i).show(parts.get(i), caption);
    }
    more.setText(
        looked.cut()
            ? "Only the first %,d sub-captions are looked at.".formatted(parts.size())
            : "");
    List<Node> nodes = new ArrayList<>(lines);
    if (looked.cut()) {
      nodes.add(more);
    }
    if (!getChildren().equals(nodes)) {
      getChildren().setAll(nodes);
    }
    showFound();
    showChosen();
  }

  private void showFound() {
    Grounding found = ground.found();
    lines.forEach(line -> line.showFound(found));
  }

  private void showChosen() {
    int chosen = ground.chosenProperty().get();
    for (int i = 0; i < lines.size(); i++) {
      lines.get(i).setChosen(i == chosen);
    }
    if (chosen >= 0 && chosen < lines.size() && lines.get(chosen).getScene() != null) {
      onChosen.accept(lines.get(chosen));
    }
  }
}
