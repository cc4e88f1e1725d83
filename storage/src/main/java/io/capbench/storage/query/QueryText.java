package io.capbench.storage.query;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Conditions and orders as the SQL that a person would write, and back. This is the one definition
 * of what they mean: storage runs the very text. Thread-safe.
 *
 * <p>{@code read(write(filters))} equals {@code filters} if their tracks are in the mapping, no two
 * tracks share a column, and every free expression is one.
 */
public final class QueryText {
  private final QueryWriter writer;
  private final QueryReader reader;

  /**
   * Texts for one mapping.
   *
   * @param mapping says which column a track is; tracks it does not have are taken for columns
   */
  public QueryText(ColumnMapping mapping) {
    this(mapping, SqlNames::column);
  }

  /**
   * Texts for one mapping over columns that may be no text. What this writes may not be read back.
   *
   * @param text makes an expression of type VARCHAR of the name of a track's column
   */
  public QueryText(ColumnMapping mapping, UnaryOperator<String> text) {
    List<CaptionTrack> tracks = mapping.tracks();
    reader = new QueryReader(tracks);
    writer = new QueryWriter(tracks, text, reader);
  }

  /**
   * One expression that holds where all of the filters hold; empty if there are none.
   *
   * @param filters free expressions among them stand as they are, in parentheses where they need
   *     them
   */
  public String write(List<RowFilter> filters) {
    return writer.filters(filters);
  }

  /**
   * The filters that an expression consists of. Conditions joined by AND come one by one; what has
   * no form of its own comes as {@link RowFilter.Sql}, to the letter.
   *
   * @param sql what a person wrote, right or wrong; blank for no filters
   */
  public List<RowFilter> read(String sql) {
    return reader.filters(sql);
  }

  /** What stands behind ORDER BY. */
  public String write(RowOrder order) {
    return writer.order(order);
  }

  /**
   * The order that a text says.
   *
   * @param sql what a person wrote, right or wrong; what has no form of its own comes as {@link
   *     RowOrder.Sql}
   */
  public RowOrder readOrder(String sql) {
    return reader.order(sql);
  }
}
