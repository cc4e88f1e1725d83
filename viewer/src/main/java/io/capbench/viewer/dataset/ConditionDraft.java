package io.capbench.viewer.dataset;

import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.RowFilter;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A line of the filter builder, finished or not.
 *
 * @param kind what it asks
 * @param subject of which track, column, origin, flag, status, verdict, tag or type of span; empty
 *     for any or none
 * @param is how numbers compare
 * @param operand what was written behind it
 * @param negated whether it must not hold
 */
public record ConditionDraft(
    ConditionKind kind, String subject, Comparison is, String operand, boolean negated) {
  /** The name of having no verdict, among verdicts. */
  public static final String UNDECIDED = "undecided";

  // What RE2 cannot do although Java can: look around, refer back, possess.
  private static final Pattern NOT_IN_RE2 =
      Pattern.compile("\\(\\?(=|!|<=|<!|>)|\\\\[1-9k]|[*+?}]\\+");

  /**
   * What a line comes to.
   *
   * @param filter the condition, or null while it is none
   * @param problem what is wrong with what was written; empty if it is right or not there yet
   */
  public record Reading(@Nullable RowFilter filter, String problem) {}

  /** A line of that kind about that subject, with nothing written. */
  public static ConditionDraft begin(ConditionKind kind, String subject) {
    return new ConditionDraft(kind, subject, Comparison.AT_LEAST, "", false);
  }

  /**
   * The line that asks for that condition.
   *
   * @param filter negated once at most
   */
  public static ConditionDraft of(RowFilter filter) {
    if (filter instanceof RowFilter.Not not) {
      return of(not.filter()).withNegated(true);
    }
    if (filter instanceof RowFilter.Contains contains) {
      String track = contains.track();
      return begin(ConditionKind.CONTAINS, track == null ? "" : track).withOperand(contains.text());
    }
    if (filter instanceof RowFilter.Matches matches) {
      return begin(ConditionKind.MATCHES, matches.track()).withOperand(matches.pattern());
    }
    if (filter instanceof RowFilter.Equal equal) {
      return begin(ConditionKind.EQUAL, equal.track()).withOperand(equal.text());
    }
    if (filter instanceof RowFilter.Missing missing) {
      return begin(ConditionKind.MISSING, missing.track());
    }
    if (filter instanceof RowFilter.Flagged flagged) {
      return begin(ConditionKind.FLAGGED, flagged.flag());
    }
    if (filter instanceof RowFilter.ImageIs image) {
      return begin(ConditionKind.IMAGE, image.status());
    }
    if (filter instanceof RowFilter.Decided decided) {
      Verdict verdict = decided.verdict();
      return begin(ConditionKind.DECIDED, verdict == null ? UNDECIDED : verdict.id());
    }
    if (filter instanceof RowFilter.Edited) {
      return begin(ConditionKind.EDITED, "");
    }
    if (filter instanceof RowFilter.Tagged tagged) {
      return begin(ConditionKind.TAGGED, tagged.tag());
    }
    if (filter instanceof RowFilter.SpanOf span) {
      return begin(ConditionKind.MARKED, span.type());
    }
    if (filter instanceof RowFilter.DecidedBy by) {
      return begin(ConditionKind.ANNOTATOR, "").withOperand(by.annotator());
    }
    if (filter instanceof RowFilter.Sql sql) {
      return begin(ConditionKind.SQL, "").withOperand(sql.expression());
    }
    return ofNumbers(filter);
  }

  private static ConditionDraft ofNumbers(RowFilter filter) {
    if (filter instanceof RowFilter.Words words) {
      return new ConditionDraft(
          ConditionKind.WORDS, words.track(), words.is(), String.valueOf(words.count()), false);
    }
    if (filter instanceof RowFilter.Value value) {
      return new ConditionDraft(
          ConditionKind.VALUE, value.column(), value.is(), plain(value.value()), false);
    }
    if (filter instanceof RowFilter.Share share) {
      String percent = new BigDecimal(Double.toString(share.share())).movePointRight(2).toString();
      return new ConditionDraft(
          ConditionKind.SHARE,
          share.origin(),
          share.is(),
          plain(Double.parseDouble(percent)) + " %",
          false);
    }
    if (filter instanceof RowFilter.Similarity similarity) {
      return new ConditionDraft(
          ConditionKind.SIMILARITY,
          similarity.name(),
          similarity.is(),
          plain(similarity.similarity()),
          false);
    }
    throw new IllegalStateException("No line for " + filter);
  }

  private static String plain(double number) {
    return Double.isFinite(number)
        ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
        : String.valueOf(number);
  }

  /** The line about something else. */
  public ConditionDraft withSubject(String other) {
    return new ConditionDraft(kind, other, is, operand, negated);
  }

  /** The line with another comparison. */
  public ConditionDraft withComparison(Comparison other) {
    return new ConditionDraft(kind, subject, other, operand, negated);
  }

  /** The line with something else written. */
  public ConditionDraft withOperand(String text) {
    return new ConditionDraft(kind, subject, is, text, negated);
  }

  /** The line, to hold or not to hold. */
  public ConditionDraft withNegated(boolean not) {
    return new ConditionDraft(kind, subject, is, operand, not);
  }

  /** What the line comes to as it stands. */
  public Reading reading() {
    boolean unwritten = kind.operand() != ConditionKind.Operand.NONE && operand.isBlank();
    boolean unsaid =
        subject.isEmpty()
            && kind.subject() != ConditionKind.Subject.NONE
            && kind.subject() != ConditionKind.Subject.ANY_TRACK;
    if (unwritten || unsaid) {
      return new Reading(null, "");
    }
    try {
      RowFilter filter = filter();
      return new Reading(negated ? new RowFilter.Not(filter) : filter, "");
    } catch (IllegalArgumentException e) {
      return new Reading(null, String.valueOf(e.getMessage()));
    }
  }

  private RowFilter filter() {
    return switch (kind) {
      case CONTAINS -> new RowFilter.Contains(subject.isEmpty() ? null : subject, operand);
      case MATCHES -> new RowFilter.Matches(subject, pattern());
      case WORDS -> new RowFilter.Words(subject, is, count());
      case EQUAL -> new RowFilter.Equal(subject, operand);
      case MISSING -> new RowFilter.Missing(subject);
      case VALUE -> new RowFilter.Value(subject, is, number(operand));
      case SHARE -> new RowFilter.Share(subject, is, share());
      case SIMILARITY -> new RowFilter.Similarity(subject, is, number(operand));
      case FLAGGED -> new RowFilter.Flagged(subject);
      case IMAGE -> new RowFilter.ImageIs(subject);
      case DECIDED -> new RowFilter.Decided(subject.equals(UNDECIDED) ? null : Verdict.of(subject));
      case EDITED -> new RowFilter.Edited();
      case TAGGED -> new RowFilter.Tagged(subject);
      case MARKED -> new RowFilter.SpanOf(subject);
      case ANNOTATOR -> new RowFilter.DecidedBy(operand.strip());
      case SQL -> new RowFilter.Sql(operand.strip());
    };
  }

  private String pattern() {
    if (NOT_IN_RE2.matcher(operand).find()) {
      throw new IllegalArgumentException(
          "These expressions cannot look ahead, look behind or refer back");
    }
    try {
      Pattern.compile(operand.replace("(?P<", "(?<"));
    } catch (PatternSyntaxException e) {
      int at = e.getIndex();
      String place = at < 0 ? "" : " at character " + (Math.min(at, operand.length()) + 1);
      throw new IllegalArgumentException(
          "Not a regular expression" + place + ": " + e.getDescription(), e);
    }
    return operand;
  }

  private long count() {
    String digits = operand.strip().replaceAll("[,_\\s]", "");
    if (!digits.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("Write a whole number, such as 20");
    }
    return Long.parseLong(digits);
  }

  private double share() {
    String text = operand.strip();
    boolean percent = text.endsWith("%");
    double number = number(percent ? text.substring(0, text.length() - 1) : text);
    double share =
        percent ? new BigDecimal(Double.toString(number)).movePointLeft(2).doubleValue() : number;
    if (share < 0 || share > 1) {
      throw new IllegalArgumentException("Write a share from 0 to 1, or from 0 % to 100 %");
    }
    return share;
  }

  private static double number(String text) {
    String digits = text.strip().toLowerCase(Locale.ROOT);
    if (!digits.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(e[+-]?[0-9]+)?")) {
      throw new IllegalArgumentException("Write a number with a point, such as 0.25");
    }
    return Double.parseDouble(digits);
  }
}
