package io.capbench.viewer.query;

import atlantafx.base.theme.Styles;
import io.capbench.storage.query.Comparison;
import io.capbench.viewer.dataset.ConditionDraft;
import io.capbench.viewer.dataset.ConditionKind;
import io.capbench.viewer.dataset.ConditionKind.Operand;
import io.capbench.viewer.dataset.ConditionKind.Subject;
import io.capbench.viewer.dataset.FilterChoices;
import io.capbench.viewer.theme.ProblemMark;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One condition of the builder. FX thread only. */
final class ConditionLine extends HBox {
  private final BiConsumer<ConditionDraft, Boolean> onChange;
  private final ToggleButton not = new ToggleButton("not");
  private final ChoiceBox<ConditionKind> kind = new ChoiceBox<>();
  private final ChoiceBox<String> subject = new ChoiceBox<>();
  private final ChoiceBox<Comparison> comparison = new ChoiceBox<>();
  private final TextField operand = new TextField();
  private final Region space = new Region();
  private final Label problem = new Label();
  private FilterChoices choices;
  private ConditionDraft shown;
  private boolean showing;

  /**
   * Makes a line.
   *
   * @param onChange gets what the line was changed to, and whether by writing
   * @param onRemove takes the line away
   */
  ConditionLine(
      FilterChoices choices,
      ConditionDraft first,
      BiConsumer<ConditionDraft, Boolean> onChange,
      Runnable onRemove) {
    super(6);
    this.choices = choices;
    this.shown = first;
    this.onChange = onChange;
    getStyleClass().add("condition-line");
    setAlignment(Pos.CENTER_LEFT);
    not.getStyleClass().add("condition-not");
    not.setTooltip(new Tooltip("The condition must not hold"));
    kind.getStyleClass().add("condition-kind");
    kind.setAccessibleText("What to ask");
    subject.getStyleClass().add("condition-subject");
    subject.setAccessibleText("Of what");
    subject.setConverter(new Names<>(name -> this.choices.name(shown.kind(), name)));
    comparison.getStyleClass().add("condition-comparison");
    comparison.setAccessibleText("How it compares");
    comparison.getItems().setAll(Comparison.values());
    comparison.setConverter(new Names<>(ConditionLine::sign));
    operand.getStyleClass().add("condition-operand");
    problem.getStyleClass().add("condition-problem");
    ProblemMark.on(problem);
    problem.setMinWidth(USE_PREF_SIZE);
    Button remove = new Button(null, new FontIcon(Feather.X));
    remove.getStyleClass().addAll("button-icon", "flat", "condition-remove");
    remove.setTooltip(new Tooltip("Remove this condition"));
    remove.setAccessibleText("Remove this condition");
    remove.setOnAction(event -> onRemove.run());
    HBox.setHgrow(operand, Priority.SOMETIMES);
    HBox.setHgrow(space, Priority.ALWAYS);
    getChildren().addAll(not, kind, subject, comparison, operand, problem, space, remove);
    not.selectedProperty().addListener((o, was, on) -> chosen(shown.withNegated(on)));
    kind.valueProperty().addListener((o, was, now) -> kindChosen(now));
    subject.valueProperty().addListener((o, was, now) -> subjectChosen(now));
    comparison
        .valueProperty()
        .addListener((o, was, now) -> chosen(now == null ? shown : shown.withComparison(now)));
    operand.textProperty().addListener((o, was, now) -> changed(shown.withOperand(now), true));
    operand.setOnAction(event -> onChange.accept(shown, false));
    show(choices, first);
  }

  private void kindChosen(@Nullable ConditionKind now) {
    if (now != null && now != shown.kind()) {
      ConditionDraft begun = choices.begin(now);
      boolean sameSubject = choices.subjects(now).contains(shown.subject());
      boolean sameOperand =
          now.operand() == shown.kind().operand() || (text(now) && text(shown.kind()));
      ConditionDraft next = sameSubject ? begun.withSubject(shown.subject()) : begun;
      chosen((sameOperand ? next.withOperand(shown.operand()) : next).withNegated(shown.negated()));
    }
  }

  private static boolean text(ConditionKind kind) {
    return kind.operand() == Operand.TEXT || kind.operand() == Operand.PATTERN;
  }

  private void subjectChosen(@Nullable String now) {
    if (now != null) {
      chosen(shown.withSubject(now));
    }
  }

  private void chosen(ConditionDraft next) {
    changed(next, false);
  }

  private void changed(ConditionDraft next, boolean written) {
    if (!showing && !next.equals(shown)) {
      onChange.accept(next, written);
    }
  }

  /** Shows a condition; leaves alone what shows it already. */
  void show(FilterChoices from, ConditionDraft line) {
    showing = true;
    choices = from;
    shown = line;
    not.setSelected(line.negated());
    fill(kind, from.kinds(), line.kind());
    List<String> subjects = from.subjects(line.kind());
    fill(subject, subjects, line.subject());
    visible(subject, line.kind().subject() != Subject.NONE);
    comparison.setValue(line.is());
    visible(comparison, line.kind().compares());
    if (!operand.getText().equals(line.operand())) {
      operand.setText(line.operand());
    }
    operand.setPromptText(prompt(line.kind().operand()));
    operand.setAccessibleText(prompt(line.kind().operand()));
    visible(operand, line.kind().operand() != Operand.NONE);
    boolean number = line.kind().compares();
    operand.setMaxWidth(number ? USE_PREF_SIZE : Double.MAX_VALUE);
    HBox.setHgrow(operand, number ? Priority.NEVER : Priority.ALWAYS);
    HBox.setHgrow(space, number || !operand.isVisible() ? Priority.ALWAYS : Priority.NEVER);
    String wrong = line.reading().problem();
    problem.setText(wrong);
    visible(problem, !wrong.isEmpty());
    operand.pseudoClassStateChanged(Styles.STATE_DANGER, !wrong.isEmpty());
    showing = false;
  }

  /** Gives the keyboard to what is to be filled in first. */
  void begin() {
    Node first = operand.isVisible() ? operand : subject.isVisible() ? subject : kind;
    first.requestFocus();
  }

  // What was written elsewhere may name what this dataset does not have.
  private static <T> void fill(ChoiceBox<T> box, List<T> items, T value) {
    List<T> wanted =
        items.contains(value) ? items : Stream.concat(items.stream(), Stream.of(value)).toList();
    if (!box.getItems().equals(wanted)) {
      box.getItems().setAll(wanted);
    }
    box.setValue(value);
  }

  private static void visible(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  private static String sign(Comparison comparison) {
    return switch (comparison) {
      case LESS -> "<";
      case AT_MOST -> "≤";
      case EQUAL -> "=";
      case AT_LEAST -> "≥";
      case MORE -> ">";
    };
  }

  private static String prompt(Operand operand) {
    return switch (operand) {
      case NONE -> "";
      case TEXT -> "text";
      case PATTERN -> "regular expression, such as (?i)\\bcars?\\b";
      case COUNT -> "20";
      case NUMBER -> "0.25";
      case SHARE -> "25 %";
      case SQL -> "such as length(url) > 80";
    };
  }
}
