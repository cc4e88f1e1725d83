package io.capbench.storage.dataset;

import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.Bucket;
import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.Facet;
import io.capbench.storage.query.RowFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;

/** The facets that one pass over the rows counts: everything whose groups are known beforehand. */
final class FacetPlan {
  private static final int[] WORDS = {1, 5, 10, 15, 20, 30, 40, 60, 100, 200};
  private static final int TENTHS = 10;

  /** Steps of similarity up to 0.5: what image and text models give lies between. */
  private static final int SIMILARITIES = 10;

  private static final double TWENTIETHS = 20;
  private static final Set<String> ORIGINS = Set.of("raw", "synthetic", "both", "neither");

  /**
   * A group to count.
   *
   * @param condition what holds for its rows, over the columns of the inner query
   */
  private record Group(String label, String condition, List<RowFilter> filters) {}

  /**
   * What rows have that is not known beforehand.
   *
   * @param notes the tags and types of spans to count
   * @param scored the tracks whose similarity to count
   * @param flags what detectors found in captions that models made
   */
  record Known(DecisionMirror.Notes notes, List<String> scored, List<FusedFlags> flags) {}

  /**
   * What detectors found in a column of captions that a model made.
   *
   * @param flags ids of the detectors
   */
  record FusedFlags(FusedColumn column, List<String> flags) {}

  private record Planned(String id, String title, List<Group> groups) {}

  private final List<String> columns = new ArrayList<>();
  private final List<Planned> facets = new ArrayList<>();

  /**
   * Plans facets.
   *
   * @param values what is measured of the rows; none if it is not known
   * @param known what else there is to count
   */
  FacetPlan(
      ColumnMapping mapping, List<ColumnInfo> columns, List<RowMeasure.Value> values, Known known) {
    for (CaptionTrack track : mapping.tracks()) {
      addWords(track, Condition.asText(track.column(), columns));
    }
    List<Group> flags = new ArrayList<>();
    for (RowMeasure.Value value : values) {
      if (value.group().equals(AddedNames.PROVENANCE) && ORIGINS.contains(value.name())) {
        addShare(value.name());
      } else if (value.group().equals(AddedNames.FLAGS)) {
        String column = column("flags." + Sql.identifier(value.name()));
        flags.add(
            new Group(
                value.name().replace('_', ' '),
                column,
                List.of(new RowFilter.Flagged(value.name()))));
      }
    }
    if (!flags.isEmpty()) {
      facets.add(new Planned("flags", "Found by detectors", flags));
    }
    known.flags().forEach(this::addFusedFlags);
    known.scored().forEach(this::addSimilarity);
    addDecisions();
    addNotes("tags", "Tags", known.notes().tags(), RowFilter.Tagged::new);
    addNotes("span_types", "Marked words", known.notes().spanTypes(), RowFilter.SpanOf::new);
    if (mapping.imageKind() != ImageKind.NONE) {
      addImageStatus();
    }
  }

  private void addWords(CaptionTrack track, String text) {
    String words = column("words(" + text + ")");
    List<Group> groups = new ArrayList<>();
    groups.add(
        new Group(
            "none",
            "(" + words + " IS NULL OR " + words + " = 0)",
            List.of(new RowFilter.Not(new RowFilter.Words(track.name(), Comparison.AT_LEAST, 1)))));
    for (int i = 0; i < WORDS.length; i++) {
      List<RowFilter> filters = new ArrayList<>();
      filters.add(new RowFilter.Words(track.name(), Comparison.AT_LEAST, WORDS[i]));
      if (i == WORDS.length - 1) {
        groups.add(new Group(WORDS[i] + "+", words + " >= " + WORDS[i], filters));
      } else {
        int last = WORDS[i + 1] - 1;
        filters.add(new RowFilter.Words(track.name(), Comparison.AT_MOST, last));
        String condition = words + " BETWEEN " + WORDS[i] + " AND " + last;
        groups.add(new Group(WORDS[i] + "–" + last, condition, filters));
      }
    }
    facets.add(new Planned("words:" + track.name(), "Words in " + track.name(), groups));
  }

  private void addShare(String origin) {
    String share = column("provenance." + Sql.identifier(origin));
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < TENTHS; i++) {
      // The same numbers as in the filters, written in the same way: 0.3 is not three times 0.1.
      boolean last = i == TENTHS - 1;
      double from = i / (double) TENTHS;
      double to = (i + 1) / (double) TENTHS;
      Comparison end = last ? Comparison.AT_MOST : Comparison.LESS;
      groups.add(
          new Group(
              i * TENTHS + "–" + (i + 1) * TENTHS + " %",
              "(" + share + " >= " + from + " AND " + share + " " + end.sql() + " " + to + ")",
              List.of(
                  new RowFilter.Share(origin, Comparison.AT_LEAST, from),
                  new RowFilter.Share(origin, end, to))));
    }
    facets.add(new Planned("share:" + origin, "Share of words from " + origin, groups));
  }

  private void addFusedFlags(FusedFlags found) {
    String flags = Sql.identifier(found.column().flags());
    String error = Sql.identifier(found.column().error());
    List<Group> groups = new ArrayList<>();
    for (String flag : found.flags()) {
      String has = "list_contains(" + flags + ", " + Sql.literal(flag) + ")";
      groups.add(new Group(flag.replace('_', ' '), column(has), List.of(new RowFilter.Sql(has))));
    }
    String failed = error + " IS NOT NULL";
    groups.add(new Group("not fused", column(failed), List.of(new RowFilter.Sql(failed))));
    String name = found.column().name();
    facets.add(new Planned("flags:" + name, "Found in " + name, groups));
  }

  private void addSimilarity(String track) {
    String similarity = column("similarity." + Sql.identifier(track));
    List<Group> groups = new ArrayList<>();
    groups.add(
        new Group(
            "below 0",
            similarity + " < 0",
            List.of(new RowFilter.Similarity(track, Comparison.LESS, 0))));
    for (int i = 0; i < SIMILARITIES; i++) {
      double from = i / TWENTIETHS;
      double to = (i + 1) / TWENTIETHS;
      groups.add(
          new Group(
              from + "–" + to,
              "(" + similarity + " >= " + from + " AND " + similarity + " < " + to + ")",
              List.of(
                  new RowFilter.Similarity(track, Comparison.AT_LEAST, from),
                  new RowFilter.Similarity(track, Comparison.LESS, to))));
    }
    double most = SIMILARITIES / TWENTIETHS;
    groups.add(
        new Group(
            most + "+",
            similarity + " >= " + most,
            List.of(new RowFilter.Similarity(track, Comparison.AT_LEAST, most))));
    facets.add(new Planned("similarity:" + track, "Similarity of " + track, groups));
  }

  private void addDecisions() {
    String verdict = column("decision.verdict");
    String edited = column("decision.edited");
    List<Group> groups = new ArrayList<>();
    groups.add(new Group("undecided", verdict + " IS NULL", List.of(new RowFilter.Decided(null))));
    for (Verdict one : Verdict.values()) {
      groups.add(
          new Group(
              one.id().toLowerCase(Locale.ROOT),
              verdict + " = " + Sql.literal(one.id()),
              List.of(new RowFilter.Decided(one))));
    }
    groups.add(new Group("edited", edited, List.of(new RowFilter.Edited())));
    facets.add(new Planned("decision", "Decisions", groups));
  }

  private void addNotes(
      String list, String title, List<String> notes, Function<String, RowFilter> filter) {
    if (notes.isEmpty()) {
      return; // the facet would only say that there is such a thing
    }
    String column = column("decision." + list);
    List<Group> groups = new ArrayList<>();
    for (String note : notes) {
      groups.add(
          new Group(
              list.equals("tags") ? note : note.replace('_', ' '),
              "list_contains(" + column + ", " + Sql.literal(note) + ")",
              List.of(filter.apply(note))));
    }
    facets.add(new Planned(list, title, groups));
  }

  private void addImageStatus() {
    String status = column(AddedNames.IMAGE_STATUS);
    List<Group> groups = new ArrayList<>();
    for (ImageStatus one : ImageStatus.values()) {
      groups.add(
          new Group(
              one.id(),
              status + " = " + Sql.literal(one.id()),
              List.of(new RowFilter.ImageIs(one.id()))));
    }
    facets.add(new Planned("image_status", "Images", groups));
  }

  private String column(String expression) {
    String name = "v" + columns.size();
    columns.add(expression + " AS " + name);
    return name;
  }

  /** The query for one row: the number of rows, then one number for every group. */
  String select(String from, String where) {
    StringJoiner counts = new StringJoiner(", ");
    counts.add("count(*) AS c0");
    int next = 1;
    for (Planned facet : facets) {
      for (Group group : facet.groups()) {
        counts.add("count(*) FILTER (" + group.condition() + ") AS c" + next++);
      }
    }
    return "SELECT %s FROM (SELECT %s FROM %s WHERE %s)"
        .formatted(counts, String.join(", ", columns), from, where);
  }

  /** How many numbers the query gives. */
  int size() {
    return 1 + facets.stream().mapToInt(facet -> facet.groups().size()).sum();
  }

  /** The facets of such a row. */
  List<Facet> facets(long[] counts, boolean sampled) {
    List<Facet> counted = new ArrayList<>();
    int next = 1;
    for (Planned facet : facets) {
      List<Bucket> buckets = new ArrayList<>();
      for (Group group : facet.groups()) {
        buckets.add(new Bucket(group.label(), counts[next++], group.filters()));
      }
      counted.add(new Facet(facet.id(), facet.title(), buckets, counts[0], sampled));
    }
    return counted;
  }
}
