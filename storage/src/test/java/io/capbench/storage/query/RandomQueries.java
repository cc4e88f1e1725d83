package io.capbench.storage.query;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Queries that try everything that SQL text may stumble over. */
public final class RandomQueries {
  private static final List<String> COLUMNS =
      List.of(
          "capsfusion",
          "laion_2b",
          "Select",
          "order",
          "a b",
          "it's",
          "x\"y",
          "trim",
          "words",
          "at",
          "values",
          "Ünï",
          "1st",
          "decision",
          "flags",
          "provenance",
          "image_status",
          "similarity",
          "null",
          "end",
          "case",
          "nulls",
          "first",
          "user",
          "-- no",
          "line\nbreak",
          "current_date",
          "a.b",
          "%");

  private static final List<String> PIECES =
      List.of(
          "bus", "'", "''", "\"", "%", "_", "\\", "\n", " ", "--", "/*", ";", "(", ")", "ä", "ß",
          "🚌", "AND", " OR ", "\0", "\t", "?", "$1", "$$", "{", "İ", "%%", "\\%", "E'");

  private static final List<String> EXPRESSIONS =
      List.of(
          "true",
          "1 = 1 OR 2 = 3",
          "1 = 1 AND 2 = 2",
          "(1 = 1)",
          "((1 = 1 OR 1 = 2))",
          "1 = 1 -- why",
          "1 = 1 -- why\n",
          " 1 = 1 ",
          "1 BETWEEN 0 AND 2",
          "NOT 1 = 2",
          "CASE WHEN 1 = 1 AND 2 = 2 THEN true END",
          "'it''s (' = 'AND'",
          "/* AND */ 1 = 1",
          "(1 = 1) IS NOT TRUE",
          "(1 = 1) AND (2 = 2)",
          "$$ ) $$ = E'\\''",
          "[1, 2][1] = 1",
          "NULL::BOOLEAN",
          "\n1 = 1\n",
          "length('\"') = 1");

  private final Random random;

  /** The same seed gives the same queries. */
  public RandomQueries(long seed) {
    random = new Random(seed);
  }

  /** One to four tracks of columns with all sorts of names. */
  public ColumnMapping mapping() {
    List<String> columns = new ArrayList<>(COLUMNS);
    return new ColumnMapping(
        IntStream.range(0, 1 + random.nextInt(4))
            .mapToObj(
                i ->
                    new CaptionTrack(
                        "track " + i,
                        TrackRole.OTHER,
                        columns.remove(random.nextInt(columns.size()))))
            .toList(),
        null,
        ImageKind.NONE);
  }

  /** Up to four conditions. */
  public List<RowFilter> filters(ColumnMapping mapping) {
    return Stream.generate(() -> filter(mapping, 2)).limit(random.nextInt(5)).toList();
  }

  private RowFilter filter(ColumnMapping mapping, int depth) {
    return switch (random.nextInt(depth > 0 ? 16 : 13)) {
      case 0 -> new RowFilter.Contains(track(mapping), text());
      case 1 -> new RowFilter.Contains(null, text());
      case 2 -> new RowFilter.Matches(track(mapping), text());
      case 3 -> new RowFilter.Words(track(mapping), comparison(), random.nextInt(9) - 2);
      case 4 -> new RowFilter.Equal(track(mapping), text());
      case 5 -> new RowFilter.Missing(track(mapping));
      case 6 -> new RowFilter.Value(any(COLUMNS), comparison(), number());
      case 7 ->
          new RowFilter.Share(
              any(List.of("raw", "synthetic", "both", "neither")), comparison(), number());
      case 8 -> new RowFilter.Flagged(any(List.of("prompt_leak", "odd flag", "case", "end", "or")));
      case 9 -> new RowFilter.ImageIs(text());
      case 10 ->
          any(
              List.of(
                  new RowFilter.Decided(null),
                  new RowFilter.Decided(Verdict.SKIPPED),
                  new RowFilter.Edited()));
      case 11 ->
          any(
              List.of(
                  new RowFilter.DecidedBy(text()),
                  new RowFilter.Tagged(text()),
                  new RowFilter.SpanOf(text())));
      case 12 ->
          new RowFilter.Similarity(
              any(List.of("alt", "ViT-B/16:a b", "case", "x\"y")), comparison(), number());
      case 13, 14 -> new RowFilter.Not(filter(mapping, depth - 1));
      default -> new RowFilter.Sql(any(EXPRESSIONS));
    };
  }

  /** An order. */
  public RowOrder order(ColumnMapping mapping) {
    boolean descending = random.nextBoolean();
    return switch (random.nextInt(8)) {
      case 0 -> new RowOrder.ByColumn(any(COLUMNS), descending);
      case 1 -> new RowOrder.ByLength(track(mapping), descending);
      case 2 -> new RowOrder.ByWords(track(mapping), descending);
      case 3 -> new RowOrder.ByShare("both", descending);
      case 4 -> new RowOrder.ByDecision(descending);
      case 5 -> new RowOrder.BySimilarity(any(List.of("alt", "a:b", "end")), descending);
      case 6 -> new RowOrder.Shuffled(random.nextLong());
      default -> new RowOrder.Sql("length(url), 1 DESC");
    };
  }

  /** Text with quotes, wildcards, line breaks and what else SQL has. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(any(PIECES));
    }
    return text.toString();
  }

  private String track(ColumnMapping mapping) {
    return any(mapping.tracks()).name();
  }

  private Comparison comparison() {
    return any(List.of(Comparison.values()));
  }

  private double number() {
    return any(
        List.of(
            0.0,
            -0.0,
            0.3,
            12.0,
            -5.0,
            1e-9,
            1e300,
            1.2345678901234568E17,
            Double.MIN_VALUE,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            random.nextGaussian()));
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
