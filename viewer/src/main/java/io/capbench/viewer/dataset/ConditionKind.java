package io.capbench.viewer.dataset;

/** What a line of the filter builder asks. */
public enum ConditionKind {
  CONTAINS("caption contains", Subject.ANY_TRACK, Operand.TEXT, false),
  MATCHES("caption matches regexp", Subject.TRACK, Operand.PATTERN, false),
  WORDS("number of words", Subject.TRACK, Operand.COUNT, true),
  EQUAL("caption is exactly", Subject.TRACK, Operand.TEXT, false),
  MISSING("caption is missing", Subject.TRACK, Operand.NONE, false),
  VALUE("number in a column", Subject.NUMBER_COLUMN, Operand.NUMBER, true),
  SHARE("share of words from", Subject.ORIGIN, Operand.SHARE, true),
  SIMILARITY("similarity with the image", Subject.SCORED_TRACK, Operand.NUMBER, true),
  FLAGGED("detector found", Subject.FLAG, Operand.NONE, false),
  IMAGE("image status is", Subject.IMAGE_STATUS, Operand.NONE, false),
  DECIDED("decision is", Subject.VERDICT, Operand.NONE, false),
  EDITED("edited by a person", Subject.NONE, Operand.NONE, false),
  TAGGED("has the tag", Subject.TAG, Operand.NONE, false),
  MARKED("words marked as", Subject.SPAN_TYPE, Operand.NONE, false),
  ANNOTATOR("decided by", Subject.NONE, Operand.TEXT, false),
  SQL("SQL expression", Subject.NONE, Operand.SQL, false);

  /** What it is asked of. */
  public enum Subject {
    NONE,
    ANY_TRACK,
    TRACK,
    /** A track whose captions can be compared with images. */
    SCORED_TRACK,
    NUMBER_COLUMN,
    ORIGIN,
    FLAG,
    IMAGE_STATUS,
    VERDICT,
    TAG,
    SPAN_TYPE
  }

  /** What is written behind it. */
  public enum Operand {
    NONE,
    TEXT,
    PATTERN,
    COUNT,
    NUMBER,
    SHARE,
    SQL
  }

  private final String title;
  private final Subject subject;
  private final Operand operand;
  private final boolean compares;

  ConditionKind(String title, Subject subject, Operand operand, boolean compares) {
    this.title = title;
    this.subject = subject;
    this.operand = operand;
    this.compares = compares;
  }

  /** What to call it. */
  public String title() {
    return title;
  }

  /** What it is asked of. */
  public Subject subject() {
    return subject;
  }

  /** What is written behind it. */
  public Operand operand() {
    return operand;
  }

  /** Whether it compares numbers. */
  public boolean compares() {
    return compares;
  }

  @Override
  public String toString() {
    return title;
  }
}
