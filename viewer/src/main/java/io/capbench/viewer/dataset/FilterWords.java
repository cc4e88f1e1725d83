package io.capbench.viewer.dataset;

import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.util.stream.Collectors;

/** Says conditions and orders in few words. */
public final class FilterWords {
  private static final int LONGEST = 48;

  /** Makes it. */
  public FilterWords() {}

  /** A whole query. */
  public String of(RowQuery query) {
    String conditions = query.filters().stream().map(this::of).collect(Collectors.joining(", "));
    RowOrder order = query.order();
    return (conditions.isEmpty() ? "Every row" : conditions)
        + (order == null ? "" : "; ordered by " + of(order) + direction(order));
  }

  private static String direction(RowOrder order) {
    return SortViewModel.descending(order)
        .filter(down -> down)
        .map(down -> ", descending")
        .orElse("");
  }

  /** The condition, short enough for a label. */
  public String of(RowFilter filter) {
    if (filter instanceof RowFilter.Not not) {
      return "not: " + of(not.filter());
    }
    if (filter instanceof RowFilter.Contains contains) {
      String track = contains.track();
      return (track == null ? "" : track + " contains ") + quoted(contains.text());
    }
    if (filter instanceof RowFilter.Matches matches) {
      return matches.track() + " matches " + shorter(matches.pattern());
    }
    if (filter instanceof RowFilter.Equal equal) {
      return equal.track() + " is " + quoted(equal.text());
    }
    if (filter instanceof RowFilter.Missing missing) {
      return missing.track() + " is missing";
    }
    if (filter instanceof RowFilter.Flagged flagged) {
      return flagged.flag().replace('_', ' ');
    }
    if (filter instanceof RowFilter.ImageIs image) {
      return "image " + image.status();
    }
    if (filter instanceof RowFilter.Decided decided) {
      Verdict verdict = decided.verdict();
      return verdict == null ? ConditionDraft.UNDECIDED : verdict.id();
    }
    if (filter instanceof RowFilter.Edited) {
      return "edited";
    }
    if (filter instanceof RowFilter.Tagged tagged) {
      return "tagged " + tagged.tag();
    }
    if (filter instanceof RowFilter.SpanOf span) {
      return "marked " + span.type().replace('_', ' ');
    }
    if (filter instanceof RowFilter.DecidedBy by) {
      return "decided by " + shorter(by.annotator());
    }
    if (filter instanceof RowFilter.Sql sql) {
      return shorter(sql.expression());
    }
    return ofNumbers(ConditionDraft.of(filter));
  }

  private static String ofNumbers(ConditionDraft line) {
    String number = sign(line.is()) + " " + line.operand();
    return switch (line.kind()) {
      case WORDS ->
          line.subject() + " " + number + (line.operand().equals("1") ? " word" : " words");
      case SHARE -> "from " + line.subject() + " " + number;
      case SIMILARITY -> "similarity of " + line.subject() + " " + number;
      default -> line.subject() + " " + number;
    };
  }

  private static String sign(Comparison is) {
    return switch (is) {
      case LESS -> "<";
      case AT_MOST -> "≤";
      case EQUAL -> "=";
      case AT_LEAST -> "≥";
      case MORE -> ">";
    };
  }

  /** What rows are ordered by, without the direction. */
  public String of(RowOrder order) {
    if (order instanceof RowOrder.ByColumn by) {
      return by.column();
    }
    if (order instanceof RowOrder.ByLength by) {
      return "length of " + by.track();
    }
    if (order instanceof RowOrder.ByWords by) {
      return "words of " + by.track();
    }
    if (order instanceof RowOrder.ByShare by) {
      return "share from " + by.origin();
    }
    if (order instanceof RowOrder.BySimilarity by) {
      return "similarity of " + by.name();
    }
    if (order instanceof RowOrder.ByDecision) {
      return "time of decision";
    }
    if (order instanceof RowOrder.Shuffled by) {
      return "shuffled (seed " + by.seed() + ")";
    }
    return shorter(((RowOrder.Sql) order).expressions());
  }

  private static String quoted(String text) {
    return "“" + shorter(text) + "”";
  }

  private static String shorter(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST
        ? line
        : line.substring(
                    0,
                    line.offsetByCodePoints(
                        0, Math.min(LONGEST, line.codePointCount(0, line.length())) - 1))
                .strip()
            + "…";
  }
}
