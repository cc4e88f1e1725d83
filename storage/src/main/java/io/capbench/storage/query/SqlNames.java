package io.capbench.storage.query;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names and strings as SQL text. */
final class SqlNames {
  /** What Capbench adds to a dataset's columns. A column of the same name is written in quotes. */
  static final Set<String> ADDED = Set.of("decision", "provenance", "flags", "image_status");

  /** DuckDB's words that are not always taken for a column's name where they stand for one. */
  private static final Set<String> WORDS =
      Set.of(
          """
          all analyse analyze and anti any array as asc asof asymmetric at authorization between
          bigint binary bit boolean both by case cast char character check coalesce collate
          collation column columns concurrently constraint create cross dec decimal default
          deferrable desc describe distinct do else end except exists extract false fetch float for
          foreign freeze from full generated glob group grouping grouping_id having ilike in
          initially inner inout int integer intersect interval into is isnull join lambda lateral
          leading left like limit map national natural nchar none not notnull null nullif numeric
          offset on only or order out outer overlaps overlay pivot pivot_longer pivot_wider placing
          position positional precision primary qualify real references returning right row select
          semi setof show similar smallint some struct substring summarize symmetric table
          tablesample then time timestamp to trailing treat trim true try_cast tuple union unique
          unpack unpivot using values varchar variadic verbose when where window with xmlattributes
          xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
          xmlserialize xmltable
          current_catalog current_date current_role current_schema current_time current_timestamp
          current_user localtime localtimestamp session_user user rowid nulls first last\
          """
              .split("\\s+"));

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private SqlNames() {}

  /** A column of a dataset, in quotes where it needs them. */
  static String column(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ADDED.contains(lower) || WORDS.contains(lower) ? quoted(name) : field(name);
  }

  /** A field of a struct, behind whose dot every word is a name. */
  static String field(String name) {
    boolean plain = PLAIN.matcher(name).matches() && !WORDS.contains(name.toLowerCase(Locale.ROOT));
    return plain ? name : quoted(name);
  }

  /** A string, whatever is in it. */
  static String string(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    // DuckDB ends a statement at the character 0.
    return text.indexOf('\0') < 0 ? quoted : "(" + quoted.replace("\0", "' || chr(0) || '") + ")";
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
