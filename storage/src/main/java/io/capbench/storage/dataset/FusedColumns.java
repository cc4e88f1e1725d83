package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.query.SqlToken;
import io.capbench.storage.workspace.FusedCaptions;
import io.capbench.storage.workspace.Fusion;
import io.capbench.storage.workspace.FusionSeries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The captions that models made of a dataset's rows, as columns and tracks beside its own. Their
 * names stay when more are made; they are like the dataset's own for filters, orders and rows, and
 * beside a column stand {@code NAME flags}, a list, and {@code NAME error}. Thread-safe; methods
 * may read the workspace.
 */
public final class FusedColumns {
  private final List<ColumnInfo> own;
  private final Set<String> fingerprints;
  private volatile @Nullable FusedCaptions source;
  private volatile Set<String> leftOut = Set.of();

  /**
   * None yet.
   *
   * @param own the dataset's columns
   * @param fingerprints of its shards
   */
  FusedColumns(List<ColumnInfo> own, Set<String> fingerprints) {
    this.own = List.copyOf(own);
    this.fingerprints = Set.copyOf(fingerprints);
  }

  /** Takes these captions from now on, all of them as tracks. */
  public void use(FusedCaptions captions) {
    use(captions, Set.of());
  }

  /**
   * Takes these captions from now on.
   *
   * @param without names of the columns that are no tracks unless they are asked for
   */
  public void use(FusedCaptions captions, Set<String> without) {
    source = captions;
    leftOut = Set.copyOf(without);
  }

  /** The names of all of them, in the order in which they were begun. */
  public List<String> names() {
    return all().stream().map(FusedColumn::name).toList();
  }

  /** Where the captions are. */
  FusedCaptions source() {
    return Objects.requireNonNull(source, "there are no columns without it");
  }

  /** The columns, in the order in which they were begun. */
  List<FusedColumn> all() {
    FusedCaptions known = source;
    if (known == null) {
      return List.of();
    }
    Set<String> taken = new HashSet<>();
    own.forEach(column -> taken.add(column.name().toLowerCase(Locale.ROOT)));
    List<FusedColumn> columns = new ArrayList<>();
    Set<Long> fusers = new HashSet<>();
    for (FusionSeries series : known.series(fingerprints)) {
      String label = series.fuser().label();
      // A fuser that merged other columns too says which.
      String wanted =
          fusers.add(series.fuser().id())
              ? label
              : label + ": " + series.columns().raw() + " + " + series.columns().synthetic();
      FusedColumn column = new FusedColumn(wanted, series);
      for (int number = 2; isTaken(column, taken); number++) {
        column = new FusedColumn(wanted + " " + number, series);
      }
      column.names().forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
      columns.add(column);
    }
    return columns;
  }

  private static boolean isTaken(FusedColumn column, Set<String> taken) {
    return column.names().stream().anyMatch(name -> taken.contains(name.toLowerCase(Locale.ROOT)));
  }

  /** The column that is the first fused track of a mapping, if one of these is. */
  Optional<FusedColumn> firstOf(ColumnMapping mapping) {
    return mapping
        .first(TrackRole.FUSED)
        .flatMap(track -> all().stream().filter(column -> column.is(track)).findFirst());
  }

  /** Those that a mapping has as tracks. */
  List<FusedColumn> of(ColumnMapping mapping) {
    return all().stream().filter(column -> mapping.tracks().stream().anyMatch(column::is)).toList();
  }

  /**
   * What came of rows, by the name of the track and the row: caption, flags, or the reason why
   * there is none. Only tracks of a mapping that a model made; rows that none was asked for are
   * absent.
   */
  public Map<String, Map<RowKey, Fusion>> made(ColumnMapping mapping, Collection<RowKey> keys) {
    Map<String, Map<RowKey, Fusion>> made = new LinkedHashMap<>();
    List<FusedColumn> columns = all();
    for (CaptionTrack track : mapping.tracks()) {
      for (FusedColumn column : columns) {
        if (column.is(track)) {
          FusionSeries series = column.series();
          made.put(track.name(), source().of(series.fuser(), series.columns(), keys));
        }
      }
    }
    return made;
  }

  /**
   * The mapping with a track of role fused for every column that it has none for and that is not
   * left out. Views show captions as they are when a page is read.
   */
  public ColumnMapping addTo(ColumnMapping mapping) {
    Set<String> without = leftOut;
    return addTo(mapping, all().stream().filter(column -> !without.contains(column.name())));
  }

  /** The mapping with such a track for one column, left out or not. */
  public ColumnMapping addTo(ColumnMapping mapping, FusionSeries series) {
    return addTo(mapping, all().stream().filter(column -> column.series().equals(series)));
  }

  /** The track of such captions as {@link #addTo} has it; none before the first is kept. */
  public Optional<CaptionTrack> trackOf(ColumnMapping mapping, FusionSeries series) {
    return all().stream()
        .filter(column -> column.series().equals(series))
        .findFirst()
        .flatMap(
            column ->
                addTo(mapping, Stream.of(column)).tracks().stream().filter(column::is).findFirst());
  }

  private static ColumnMapping addTo(ColumnMapping mapping, Stream<FusedColumn> columns) {
    List<CaptionTrack> tracks = new ArrayList<>(mapping.tracks());
    for (FusedColumn column : columns.toList()) {
      if (tracks.stream().noneMatch(column::is)) {
        String name = column.name();
        for (int number = 2; isTrack(tracks, name); number++) {
          name = column.name() + " " + number;
        }
        tracks.add(new CaptionTrack(name, TrackRole.FUSED, column.name()));
      }
    }
    return new ColumnMapping(tracks, mapping.imageColumn(), mapping.imageKind());
  }

  /** The mapping without such tracks: what also fits the shards if they are written anew. */
  public ColumnMapping takeFrom(ColumnMapping mapping) {
    List<FusedColumn> columns = all();
    List<CaptionTrack> tracks =
        mapping.tracks().stream()
            .filter(track -> columns.stream().noneMatch(column -> column.is(track)))
            .toList();
    return new ColumnMapping(tracks, mapping.imageColumn(), mapping.imageKind());
  }

  private static boolean isTrack(List<CaptionTrack> tracks, String name) {
    return tracks.stream().anyMatch(track -> track.name().equals(name));
  }

  /** Which of them a query reads. */
  List<FusedColumn> of(RowQuery query, ColumnMapping mapping) {
    Set<String> texts = new LinkedHashSet<>();
    query.filters().forEach(filter -> collect(filter, mapping, texts));
    RowOrder order = query.order();
    if (order instanceof RowOrder.ByColumn by) {
      texts.add(Sql.identifier(by.column()));
    } else if (order instanceof RowOrder.ByLength by) {
      addTrack(by.track(), mapping, texts);
    } else if (order instanceof RowOrder.ByWords by) {
      addTrack(by.track(), mapping, texts);
    } else if (order instanceof RowOrder.Sql sql) {
      texts.add(sql.expressions());
    }
    List<SqlToken> tokens = texts.stream().flatMap(sql -> SqlToken.of(sql).stream()).toList();
    return tokens.isEmpty()
        ? List.of()
        : all().stream()
            .filter(
                column ->
                    column.names().stream()
                        .anyMatch(name -> tokens.stream().anyMatch(token -> token.isName(name))))
            .toList();
  }

  private static void collect(RowFilter filter, ColumnMapping mapping, Set<String> texts) {
    if (filter instanceof RowFilter.Not not) {
      collect(not.filter(), mapping, texts);
    } else if (filter instanceof RowFilter.Sql sql) {
      texts.add(sql.expression());
    } else if (filter instanceof RowFilter.Value value) {
      texts.add(Sql.identifier(value.column()));
    } else if (filter instanceof RowFilter.Contains contains) {
      addTrack(contains.track(), mapping, texts);
    } else if (filter instanceof RowFilter.Matches matches) {
      addTrack(matches.track(), mapping, texts);
    } else if (filter instanceof RowFilter.Words words) {
      addTrack(words.track(), mapping, texts);
    } else if (filter instanceof RowFilter.Equal equal) {
      addTrack(equal.track(), mapping, texts);
    } else if (filter instanceof RowFilter.Missing missing) {
      addTrack(missing.track(), mapping, texts);
    }
  }

  private static void addTrack(@Nullable String name, ColumnMapping mapping, Set<String> texts) {
    mapping.tracks().stream()
        .filter(track -> name == null || track.name().equals(name))
        .forEach(track -> texts.add(Sql.identifier(track.column())));
  }
}
