package io.capbench.storage.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.model.Verdict;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTextTest {
  private final QueryText text =
      new QueryText(
          new ColumnMapping(
              List.of(
                  new CaptionTrack("alt", TrackRole.RAW, "laion_2b"),
                  new CaptionTrack("fused", TrackRole.FUSED, "capsfusion")),
              null,
              ImageKind.NONE));

  static Stream<Arguments> forms() {
    return Stream.of(
        form(new RowFilter.Contains("fused", "bus"), "capsfusion ILIKE '%bus%'"),
        form(new RowFilter.Contains("alt", "it's \\"), "laion_2b ILIKE '%it''s \\%'"),
        form(
            new RowFilter.Contains("alt", "100%_\\"),
            "laion_2b ILIKE '%100\\%\\_\\\\%' ESCAPE '\\'"),
        form(
            new RowFilter.Contains(null, "bus"),
            "(laion_2b ILIKE '%bus%' OR capsfusion ILIKE '%bus%')"),
        form(new RowFilter.Matches("alt", "^a+"), "regexp_matches(laion_2b, '^a+')"),
        form(new RowFilter.Words("fused", Comparison.AT_LEAST, 12), "words(capsfusion) >= 12"),
        form(new RowFilter.Equal("fused", "A bus."), "capsfusion = 'A bus.'"),
        form(new RowFilter.Missing("fused"), "(capsfusion IS NULL OR trim(capsfusion) = '')"),
        form(new RowFilter.Value("clip_l14", Comparison.AT_LEAST, 0.3), "clip_l14 >= 0.3"),
        form(new RowFilter.Value("clip L/14", Comparison.LESS, -2), "\"clip L/14\" < -2"),
        form(new RowFilter.Value("select", Comparison.EQUAL, 1e300), "\"select\" = 1.0E300"),
        form(new RowFilter.Value("flags", Comparison.EQUAL, 1), "\"flags\" = 1"),
        form(new RowFilter.Share("neither", Comparison.MORE, 0.3), "provenance.neither > 0.3"),
        form(new RowFilter.Similarity("alt", Comparison.LESS, 0.2), "similarity.alt < 0.2"),
        form(
            new RowFilter.Similarity("ViT-B-16:alt", Comparison.AT_LEAST, 0.25),
            "similarity.\"ViT-B-16:alt\" >= 0.25"),
        form(new RowFilter.Value("similarity", Comparison.LESS, 0.2), "similarity < 0.2"),
        form(new RowFilter.Flagged("prompt_leak"), "flags.prompt_leak"),
        form(new RowFilter.ImageIs("timeout"), "image_status = 'timeout'"),
        form(new RowFilter.Decided(Verdict.ACCEPTED), "decision.verdict = 'accepted'"),
        form(new RowFilter.Decided(null), "decision.verdict IS NULL"),
        form(new RowFilter.Edited(), "decision.edited"),
        form(new RowFilter.DecidedBy("ann"), "decision.annotator = 'ann'"),
        form(new RowFilter.Tagged("It's RED"), "list_contains(decision.tags, 'it''s red')"),
        form(new RowFilter.SpanOf("object"), "list_contains(decision.span_types, 'object')"),
        form(new RowFilter.Not(new RowFilter.Edited()), "(decision.edited) IS NOT TRUE"),
        form(new RowFilter.Sql("width > height"), "width > height"));
  }

  private static Arguments form(RowFilter filter, String sql) {
    return Arguments.of(filter, sql);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void everyConditionHasAReadableForm(RowFilter filter, String sql) {
    assertThat(text.write(List.of(filter))).isEqualTo(sql);
    assertThat(text.read(sql)).containsExactly(filter);
  }

  static Stream<Arguments> orders() {
    return Stream.of(
        Arguments.of(new RowOrder.ByColumn("url", false), "url"),
        Arguments.of(new RowOrder.ByColumn("order", true), "\"order\" DESC"),
        Arguments.of(new RowOrder.ByLength("fused", true), "length(capsfusion) DESC"),
        Arguments.of(new RowOrder.ByWords("alt", false), "words(laion_2b)"),
        Arguments.of(new RowOrder.ByShare("neither", true), "provenance.neither DESC"),
        Arguments.of(new RowOrder.ByDecision(false), "decision.at"),
        Arguments.of(new RowOrder.BySimilarity("alt", true), "similarity.alt DESC"),
        Arguments.of(new RowOrder.BySimilarity("a b:c", false), "similarity.\"a b:c\""),
        Arguments.of(new RowOrder.ByColumn("similarity", true), "similarity DESC"),
        Arguments.of(new RowOrder.Shuffled(-42), "shuffled(-42)"),
        Arguments.of(new RowOrder.Sql("url, length(capsfusion)"), "url, length(capsfusion)"));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void everyOrderHasAReadableForm(RowOrder order, String sql) {
    assertThat(text.write(order)).isEqualTo(sql);
    assertThat(text.readOrder(sql)).isEqualTo(order);
  }

  @Test
  void noConditionsAreNoText() {
    assertThat(text.write(List.of())).isEmpty();
    assertThat(text.read(" \n")).isEmpty();
  }

  @Test
  void whatAPersonWroteFallsIntoItsConditions() {
    assertThat(
            text.read(
                "Capsfusion ilike '%bus%'and words( laion_2b )>3 AND width BETWEEN 1 AND 2\n"
                    + "AND CASE WHEN true AND false THEN 1 END = 1 AND length(url) > 3"))
        .containsExactly(
            new RowFilter.Contains("fused", "bus"),
            new RowFilter.Words("alt", Comparison.MORE, 3),
            new RowFilter.Sql("width BETWEEN 1 AND 2"),
            new RowFilter.Sql("CASE WHEN true AND false THEN 1 END = 1"),
            new RowFilter.Sql("length(url) > 3"));
  }

  @Test
  void orKeepsAnExpressionTogether() {
    assertThat(text.read("width > 3 AND height > 3 OR url IS NULL"))
        .containsExactly(new RowFilter.Sql("width > 3 AND height > 3 OR url IS NULL"));
    assertThat(
            text.write(
                List.of(new RowFilter.Sql("width > 3 OR url IS NULL"), new RowFilter.Edited())))
        .isEqualTo("(width > 3 OR url IS NULL) AND decision.edited");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "capsfusion ILIKE '%a_b%'",
        "capsfusion ILIKE 'bus%'",
        "capsfusion LIKE '%bus%'",
        "capsfusion ILIKE '%a!' ESCAPE '!'",
        "(laion_2b ILIKE '%bus%' OR capsfusion ILIKE '%car%')",
        "(capsfusion ILIKE '%bus%' OR laion_2b ILIKE '%bus%')",
        "url = 'x'",
        "NOT decision.edited",
        "provenance.content_words > 5",
        "decision.verdict = 'perhaps'",
        "\"decision\".edited",
        "words(capsfusion) > 1.5",
        "clip > 0.3 -- why",
        "capsfusion = E'x'",
        "capsfusion = $$x$$",
        "'x",
        "a) OR (b",
        "AND",
        "a AND",
        "/* open",
        "(",
        "%",
      })
  void whatOnlyLooksLikeAFormStaysAsItIs(String sql) {
    List<RowFilter> read = text.read(sql);
    assertThat(read).hasSize(1).allMatch(RowFilter.Sql.class::isInstance);
    assertThat(text.read(text.write(read))).isEqualTo(read);
  }

  @Test
  void readingNeverThrows() {
    Random random = new Random(7);
    String[] pieces = {
      "'",
      "\"",
      "(",
      ")",
      "[",
      "}",
      "--",
      "\n",
      "/*",
      "*/",
      "$",
      "$$",
      "E'",
      "\\",
      " ",
      "AND",
      "OR",
      "CASE",
      "END",
      "IS NOT TRUE",
      "IS NULL",
      "ILIKE",
      "'%x%'",
      "capsfusion",
      "words(",
      "0.3",
      "1e",
      "-",
      ",",
      "decision.",
      "flags",
      "\0",
      "ä",
      "\uD83D",
      "=",
      "<=",
      "::",
      ".",
      "trim",
      "shuffled("
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder sql = new StringBuilder();
      for (int j = random.nextInt(9); j >= 0; j--) {
        sql.append(pieces[random.nextInt(pieces.length)]).append(random.nextBoolean() ? " " : "");
      }
      List<RowFilter> read = text.read(sql.toString());
      assertThat(text.write(read)).isNotNull();
      assertThat(text.write(text.readOrder(sql.toString()))).isNotNull();
    }
  }

  @Test
  void whatIsWrittenIsReadBack() {
    RandomQueries random = new RandomQueries(11);
    for (int i = 0; i < 5_000; i++) {
      ColumnMapping mapping = random.mapping();
      QueryText texts = new QueryText(mapping);
      List<RowFilter> filters = random.filters(mapping);
      assertThat(texts.read(texts.write(filters)))
          .as("%s by way of %s", filters, texts.write(filters))
          .isEqualTo(filters);
      RowOrder order = random.order(mapping);
      assertThat(texts.readOrder(texts.write(order))).isEqualTo(order);
    }
  }
}
