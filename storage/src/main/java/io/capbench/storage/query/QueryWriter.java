package io.capbench.storage.query;

import io.capbench.storage.model.CaptionTrack;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes conditions and orders as SQL. */
final class QueryWriter {
  /** A free expression that looks like a form gets this many parentheses at most. */
  private static final int MOST_PARENTHESES = 4;

  private static final String ESCAPE = "\\";

  private final List<CaptionTrack> tracks;
  private final UnaryOperator<String> text;
  private final QueryReader reader;

  QueryWriter(List<CaptionTrack> tracks, UnaryOperator<String> text, QueryReader reader) {
    this.tracks = List.copyOf(tracks);
    this.text = text;
    this.reader = reader;
  }

  String filters(List<RowFilter> filters) {
    boolean alone = filters.size() == 1;
    return filters.stream()
        .map(filter -> filter(filter, alone))
        .collect(Collectors.joining(" AND "));
  }

  private String filter(RowFilter filter, boolean alone) {
    if (filter instanceof RowFilter.Contains contains) {
      return contains(contains);
    } else if (filter instanceof RowFilter.Matches matches) {
      String pattern = SqlNames.string(matches.pattern());
      return "regexp_matches(" + column(matches.track()) + ", " + pattern + ")";
    } else if (filter instanceof RowFilter.Words words) {
      return "words(" + column(words.track()) + ") " + words.is().sql() + " " + words.count();
    } else if (filter instanceof RowFilter.Equal equal) {
      return column(equal.track()) + " = " + SqlNames.string(equal.text());
    } else if (filter instanceof RowFilter.Missing missing) {
      String column = column(missing.track());
      return "(" + column + " IS NULL OR trim(" + column + ") = '')";
    } else if (filter instanceof RowFilter.Value value) {
      return SqlNames.column(value.column()) + " " + compared(value.is(), value.value());
    } else if (filter instanceof RowFilter.Share share) {
      return "provenance."
          + SqlNames.field(share.origin())
          + " "
          + compared(share.is(), share.share());
    } else if (filter instanceof RowFilter.Similarity similarity) {
      return "similarity."
          + SqlNames.field(similarity.name())
          + " "
          + compared(similarity.is(), similarity.similarity());
    } else if (filter instanceof RowFilter.Flagged flagged) {
      return "flags." + SqlNames.field(flagged.flag());
    } else if (filter instanceof RowFilter.ImageIs image) {
      return "image_status = " + SqlNames.string(image.status());
    } else if (filter instanceof RowFilter.Decided decided) {
      return decided.verdict() == null
          ? "decision.verdict IS NULL"
          : "decision.verdict = " + SqlNames.string(decided.verdict().id());
    } else if (filter instanceof RowFilter.Edited) {
      return "decision.edited";
    } else if (filter instanceof RowFilter.DecidedBy by) {
      return "decision.annotator = " + SqlNames.string(by.annotator());
    } else if (filter instanceof RowFilter.Tagged tagged) {
      return "list_contains(decision.tags, " + SqlNames.string(tagged.tag()) + ")";
    } else if (filter instanceof RowFilter.SpanOf span) {
      return "list_contains(decision.span_types, " + SqlNames.string(span.type()) + ")";
    } else if (filter instanceof RowFilter.Not not) {
      // NOT would leave a row out for which the condition is neither true nor false.
      return "(" + closed(filter(not.filter(), true)) + ") IS NOT TRUE";
    } else if (filter instanceof RowFilter.Sql sql) {
      return expression(sql, alone);
    }
    throw new IllegalStateException("No SQL for " + filter);
  }

  private String contains(RowFilter.Contains filter) {
    boolean wildcards = filter.text().indexOf('%') >= 0 || filter.text().indexOf('_') >= 0;
    String escaped = filter.text();
    if (wildcards) {
      escaped = escaped.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
    String found =
        " ILIKE "
            + SqlNames.string("%" + escaped + "%")
            + (wildcards ? " ESCAPE '" + ESCAPE + "'" : "");
    String track = filter.track();
    if (track != null) {
      return column(track) + found;
    }
    return tracks.isEmpty()
        ? "false"
        : tracks.stream()
            .map(any -> text.apply(any.column()) + found)
            .collect(Collectors.joining(" OR ", "(", ")"));
  }

  /** As it is where that is read back as it is, otherwise in parentheses. */
  private String expression(RowFilter.Sql filter, boolean alone) {
    String sql = filter.expression();
    boolean stands = alone || QueryReader.standsBesideOthers(sql);
    if (stands && reader.filters(sql).equals(List.of(filter))) {
      return sql;
    }
    String enclosed = "(" + closed(sql) + ")";
    String candidate = enclosed;
    for (int i = 1; i < MOST_PARENTHESES; i++) {
      if (reader.filters(candidate).equals(List.of(filter))) {
        return candidate;
      }
      candidate = "(" + candidate + ")";
    }
    return enclosed;
  }

  /** Ends the line of a comment, which would swallow what comes behind. */
  private static String closed(String sql) {
    return QueryReader.endsInComment(sql) ? sql + "\n" : sql;
  }

  private static String compared(Comparison is, double value) {
    return is.sql() + " " + number(value);
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "'" + value + "'::DOUBLE";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    boolean negativeZero = value == 0 && 1 / value < 0;
    return whole && !negativeZero ? Long.toString((long) value) : Double.toString(value);
  }

  String order(RowOrder order) {
    if (order instanceof RowOrder.ByColumn by) {
      return SqlNames.column(by.column()) + direction(by.descending());
    } else if (order instanceof RowOrder.ByLength by) {
      return "length(" + column(by.track()) + ")" + direction(by.descending());
    } else if (order instanceof RowOrder.ByWords by) {
      return "words(" + column(by.track()) + ")" + direction(by.descending());
    } else if (order instanceof RowOrder.ByShare by) {
      return "provenance." + SqlNames.field(by.origin()) + direction(by.descending());
    } else if (order instanceof RowOrder.BySimilarity by) {
      return "similarity." + SqlNames.field(by.name()) + direction(by.descending());
    } else if (order instanceof RowOrder.ByDecision by) {
      return "decision.at" + direction(by.descending());
    } else if (order instanceof RowOrder.Shuffled shuffled) {
      return "shuffled(" + shuffled.seed() + ")";
    } else if (order instanceof RowOrder.Sql sql) {
      return sql.expressions();
    }
    throw new IllegalStateException("No SQL for " + order);
  }

  // Nulls come last either way: DuckDB's default, which need not be written.
  private static String direction(boolean descending) {
    return descending ? " DESC" : "";
  }

  private String column(String track) {
    @Nullable CaptionTrack known =
        tracks.stream().filter(one -> one.name().equals(track)).findFirst().orElse(null);
    return text.apply(known == null ? track : known.column());
  }
}
