package io.capbench.viewer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.RowFilter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionDraftTest {

  static List<RowFilter> everyCondition() {
    return List.of(
        new RowFilter.Contains(null, "red car"),
        new RowFilter.Contains("fused", " spaces "),
        new RowFilter.Matches("fused", "(?i)\\bcars?\\b"),
        new RowFilter.Words("raw", Comparison.LESS, 20),
        new RowFilter.Equal("raw", "a car"),
        new RowFilter.Missing("raw"),
        new RowFilter.Value("similarity", Comparison.MORE, 0.25),
        new RowFilter.Value("similarity", Comparison.EQUAL, -1e-7),
        new RowFilter.Share("neither", Comparison.AT_LEAST, 0.333),
        new RowFilter.Share("raw", Comparison.AT_MOST, 1),
        new RowFilter.Similarity("fused", Comparison.LESS, 0.2),
        new RowFilter.Similarity("ViT-B-16:fused", Comparison.AT_LEAST, -0.05),
        new RowFilter.Flagged("prompt_leak"),
        new RowFilter.ImageIs("404"),
        new RowFilter.Decided(null),
        new RowFilter.Decided(Verdict.REJECTED),
        new RowFilter.Edited(),
        new RowFilter.DecidedBy("ann"),
        new RowFilter.Tagged("check with bo"),
        new RowFilter.SpanOf("scene_text"),
        new RowFilter.Sql("length(url) > 3"),
        new RowFilter.Not(new RowFilter.Missing("raw")));
  }

  @ParameterizedTest
  @MethodSource("everyCondition")
  void aLineAsksForTheConditionThatItWasMadeOf(RowFilter filter) {
    ConditionDraft.Reading reading = ConditionDraft.of(filter).reading();
    assertThat(reading.filter()).isEqualTo(filter);
    assertThat(reading.problem()).isEmpty();
  }

  @Test
  void aLineWithNothingWrittenIsNoConditionAndNoProblem() {
    for (ConditionKind kind :
        List.of(ConditionKind.CONTAINS, ConditionKind.WORDS, ConditionKind.SQL)) {
      ConditionDraft.Reading reading = ConditionDraft.begin(kind, "raw").reading();
      assertThat(reading.filter()).as(kind.title()).isNull();
      assertThat(reading.problem()).as(kind.title()).isEmpty();
    }
    assertThat(ConditionDraft.begin(ConditionKind.MISSING, "").reading().filter()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(red", "[a-", "*car", "a{2"})
  void aWrongExpressionIsNamedWithItsPlace(String pattern) {
    ConditionDraft.Reading reading = matching(pattern);
    assertThat(reading.filter()).isNull();
    assertThat(reading.problem()).startsWith("Not a regular expression at character ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"car(?!s)", "(?<=red )car", "(a)\\1", "a++b", "(?>a)"})
  void whatTheEngineCannotDoIsSaidWhileItIsWritten(String pattern) {
    assertThat(matching(pattern).problem()).contains("cannot look ahead");
  }

  @Test
  void namedGroupsAreFine() {
    assertThat(matching("(?P<what>car)").problem()).isEmpty();
  }

  @Test
  void countsMayHaveSeparatorsAndNothingElse() {
    ConditionDraft line = ConditionDraft.begin(ConditionKind.WORDS, "raw");
    assertThat(line.withOperand("1,200").reading().filter())
        .isEqualTo(new RowFilter.Words("raw", Comparison.AT_LEAST, 1200));
    assertThat(line.withOperand("2.5").reading().problem()).contains("whole number");
    assertThat(line.withOperand("-3").reading().problem()).contains("whole number");
    assertThat(line.withOperand("many").reading().filter()).isNull();
  }

  @Test
  void sharesAreParts() {
    ConditionDraft line = ConditionDraft.begin(ConditionKind.SHARE, "raw");
    assertThat(line.withOperand("25%").reading().filter())
        .isEqualTo(new RowFilter.Share("raw", Comparison.AT_LEAST, 0.25));
    assertThat(line.withOperand("0.25").reading().filter())
        .isEqualTo(new RowFilter.Share("raw", Comparison.AT_LEAST, 0.25));
    assertThat(line.withOperand("25").reading().problem()).contains("from 0 to 1");
    assertThat(line.withOperand("101 %").reading().problem()).contains("from 0 to 1");
    assertThat(line.withOperand("1,5").reading().problem()).contains("with a point");
  }

  private static ConditionDraft.Reading matching(String pattern) {
    return ConditionDraft.begin(ConditionKind.MATCHES, "raw").withOperand(pattern).reading();
  }
}
