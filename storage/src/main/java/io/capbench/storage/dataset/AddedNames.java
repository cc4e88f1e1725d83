package io.capbench.storage.dataset;

import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.query.SqlToken;
import io.capbench.storage.query.SqlToken.Kind;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Capbench adds to the columns of a dataset, and how expressions speak of it. A dataset may
 * have columns of the same names: then {@code flags.empty} is Capbench's, and {@code flags} alone
 * or {@code "flags"} the dataset's.
 */
final class AddedNames {
  static final String DECISION = "decision";
  static final String PROVENANCE = "provenance";
  static final String FLAGS = "flags";
  static final String IMAGE_STATUS = "image_status";
  static final String SIMILARITY = "similarity";

  private static final List<String> ALL =
      List.of(DECISION, PROVENANCE, FLAGS, IMAGE_STATUS, SIMILARITY);

  /**
   * Which similarities a query reads.
   *
   * @param named their names as the query writes them
   * @param all whether it may read others too
   */
  record Similarities(Set<String> named, boolean all) {

    /** These, and others too. */
    Similarities and(Collection<String> others) {
      Set<String> more = new LinkedHashSet<>(named);
      more.addAll(others);
      return new Similarities(more, all);
    }
  }

  /** A beginning that no column's name has, for names that must not meet a column. */
  private final String prefix;

  private final Set<String> own;

  AddedNames(List<ColumnInfo> columns) {
    own =
        columns.stream()
            .map(column -> column.name().toLowerCase(Locale.ROOT))
            .filter(ALL::contains)
            .collect(Collectors.toUnmodifiableSet());
    StringBuilder unused = new StringBuilder("hit_");
    while (columns.stream()
        .anyMatch(
            column ->
                column.name().regionMatches(true, 0, unused.toString(), 0, unused.length()))) {
      unused.append('_');
    }
    prefix = unused.toString();
  }

  /** A name that no column of the dataset has. */
  String unused(String name) {
    return prefix + name;
  }

  /** What stands for a column while Capbench's own of that name is there. */
  String standIn(String column) {
    return unused("own_" + column.toLowerCase(Locale.ROOT));
  }

  /** Which of them a query reads. */
  Set<String> of(RowQuery query) {
    Set<String> needed = new HashSet<>();
    query.filters().forEach(filter -> collect(filter, needed));
    RowOrder order = query.order();
    if (order instanceof RowOrder.ByShare) {
      needed.add(PROVENANCE);
    } else if (order instanceof RowOrder.ByDecision) {
      needed.add(DECISION);
    } else if (order instanceof RowOrder.BySimilarity) {
      needed.add(SIMILARITY);
    } else if (order instanceof RowOrder.Sql sql) {
      collect(sql.expressions(), needed);
    }
    return needed;
  }

  private void collect(RowFilter filter, Set<String> needed) {
    if (filter instanceof RowFilter.Not not) {
      collect(not.filter(), needed);
    } else if (filter instanceof RowFilter.Sql sql) {
      collect(sql.expression(), needed);
    } else if (filter instanceof RowFilter.Share) {
      needed.add(PROVENANCE);
    } else if (filter instanceof RowFilter.Flagged) {
      needed.add(FLAGS);
    } else if (filter instanceof RowFilter.ImageIs) {
      needed.add(IMAGE_STATUS);
    } else if (filter instanceof RowFilter.Similarity) {
      needed.add(SIMILARITY);
    } else if (filter instanceof RowFilter.Decided
        || filter instanceof RowFilter.Edited
        || filter instanceof RowFilter.DecidedBy
        || filter instanceof RowFilter.Tagged
        || filter instanceof RowFilter.SpanOf) {
      needed.add(DECISION);
    }
  }

  private void collect(String sql, Set<String> needed) {
    List<SqlToken> tokens = SqlToken.of(sql);
    for (int i = 0; i < tokens.size(); i++) {
      for (String name : ALL) {
        if (isMeant(tokens, i, name) && (!own.contains(name) || isAdded(tokens, i))) {
          needed.add(name);
        }
      }
    }
  }

  /** Which similarities a query reads. */
  Similarities similarities(RowQuery query) {
    Set<String> named = new LinkedHashSet<>();
    boolean all = false;
    for (RowFilter filter : query.filters()) {
      all |= similarities(filter, named);
    }
    RowOrder order = query.order();
    if (order instanceof RowOrder.BySimilarity by) {
      named.add(by.name());
    } else if (order instanceof RowOrder.Sql sql) {
      all |= similarities(sql.expressions(), named);
    }
    return new Similarities(named, all);
  }

  private boolean similarities(RowFilter filter, Set<String> named) {
    if (filter instanceof RowFilter.Not not) {
      return similarities(not.filter(), named);
    } else if (filter instanceof RowFilter.Similarity similarity) {
      named.add(similarity.name());
    } else if (filter instanceof RowFilter.Sql sql) {
      return similarities(sql.expression(), named);
    }
    return false;
  }

  private boolean similarities(String sql, Set<String> named) {
    List<SqlToken> tokens = SqlToken.of(sql);
    boolean all = false;
    for (int i = 0; i < tokens.size(); i++) {
      if (isMeant(tokens, i, SIMILARITY)) {
        boolean field = isAdded(tokens, i) && i + 2 < tokens.size();
        if (field) {
          named.add(tokens.get(i + 2).text());
        }
        all |= !field && !own.contains(SIMILARITY);
      }
    }
    return all;
  }

  /** Whether a token is that name, and not a field of something. */
  private static boolean isMeant(List<SqlToken> tokens, int i, String name) {
    return tokens.get(i).isName(name) && (i == 0 || !tokens.get(i - 1).isSymbol("."));
  }

  /** Whether it is Capbench's where the dataset has a column of that name too. */
  private static boolean isAdded(List<SqlToken> tokens, int i) {
    return tokens.get(i).kind() == Kind.NAME
        && i + 1 < tokens.size()
        && tokens.get(i + 1).isSymbol(".");
  }

  /**
   * An expression as DuckDB is to run it: with the stand-ins of columns, and with the place of the
   * row in what is shuffled.
   *
   * @param needed what the query reads of what Capbench adds
   */
  String resolve(String sql, Set<String> needed) {
    List<SqlToken> tokens = SqlToken.of(sql);
    StringBuilder resolved = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      String instead = null;
      int end = token.end();
      if (token.isWord("shuffled") && i + 1 < tokens.size() && tokens.get(i + 1).isSymbol("(")) {
        instead = "hash(file_index, file_row_number, ";
        end = tokens.get(i + 1).end();
      }
      for (String name : ALL) {
        if (isMeant(tokens, i, name)
            && own.contains(name)
            && needed.contains(name)
            && !isAdded(tokens, i)) {
          instead = Sql.identifier(standIn(name));
        }
      }
      if (instead != null) {
        resolved.append(sql, copied, token.start()).append(instead);
        copied = end;
      }
    }
    return resolved.append(sql, copied, sql.length()).toString();
  }
}
