package io.capbench.storage.query;

/** How two numbers compare. */
public enum Comparison {
  LESS("<"),
  AT_MOST("<="),
  EQUAL("="),
  AT_LEAST(">="),
  MORE(">");

  private final String sql;

  Comparison(String sql) {
    this.sql = sql;
  }

  /** The operator in SQL, which is also how people read it. */
  public String sql() {
    return sql;
  }
}
