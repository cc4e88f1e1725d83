package io.capbench.viewer.compare;

import io.capbench.storage.model.CaptionSpan;
import io.capbench.viewer.caption.CaptionText;
import io.capbench.viewer.caption.Mark;
import io.capbench.viewer.caption.MarkKind;
import io.capbench.viewer.caption.MarkedCaption;
import io.capbench.viewer.review.SpanViewModel;
import io.capbench.viewer.review.WordSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** A caption whose words the mouse selects, with the spans that people marked. FX thread only. */
final class SelectableCaption extends StackPane {
  private final String track;
  private final SpanViewModel model;
  private final CaptionText text = new CaptionText();
  private final Tooltip tooltip = new Tooltip();
  private List<CaptionSpan> spans = List.of();
  private boolean selectable;
  private int pressed = -1;

  SelectableCaption(String track, SpanViewModel model) {
    this.track = track;
    this.model = model;
    getStyleClass().add("selectable-caption");
    getChildren().add(text);
    text.setOnMousePressed(this::press);
    text.setOnMouseDragged(this::drag);
    text.setOnMouseMoved(this::explain);
    text.setOnMouseExited(event -> tooltip.hide());
  }

  /** Shows a caption, and what is marked and selected in it; null for a row that has none. */
  void show(
      @Nullable MarkedCaption caption,
      List<CaptionSpan> marked,
      @Nullable WordSelection selection) {
    selectable = caption != null;
    if (caption == null) {
      spans = List.of();
      text.setCaption(MarkedCaption.plain("no caption"));
      return;
    }
    spans = marked;
    List<Mark> marks = new ArrayList<>();
    marked.forEach(span -> marks.add(new Mark(span.start(), span.end(), MarkKind.SPAN)));
    if (selection != null) {
      marks.add(new Mark(selection.start(), selection.end(), MarkKind.SELECTED));
    }
    text.setCaption(caption.with(marks).head(SpanViewModel.SHOWN));
  }

  /** What is shown, with everything that is marked in it. */
  MarkedCaption shown() {
    return text.getCaption();
  }

  private void press(MouseEvent event) {
    if (!selectable || event.getButton() != MouseButton.PRIMARY) {
      return;
    }
    tooltip.hide();
    pressed = text.nearest(event.getX(), event.getY());
    if (event.getClickCount() == 2) {
      model.select(track, pressed, pressed);
    } else {
      model.clear();
    }
  }

  private void drag(MouseEvent event) {
    if (selectable && event.isPrimaryButtonDown() && pressed >= 0) {
      model.select(track, pressed, text.nearest(event.getX(), event.getY()));
    }
  }

  private void explain(MouseEvent event) {
    String words =
        spans.stream()
            .filter(span -> text.covers(span.start(), span.end(), event.getX(), event.getY()))
            .map(span -> model.types().name(span.type()) + ", marked by " + span.annotator())
            .collect(Collectors.joining("\n"));
    if (words.isEmpty()) {
      tooltip.hide();
    } else if (!tooltip.isShowing() || !words.equals(tooltip.getText())) {
      tooltip.setText(words);
      tooltip.show(text, event.getScreenX() + 12, event.getScreenY() + 16);
    }
  }
}
