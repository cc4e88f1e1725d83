package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.workspace.FusedCaptions;
import io.capbench.storage.workspace.Fusion;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A view whose rows have the captions that models made of them, as they are when it is read. */
final class FusedView implements RowView {
  private final RowView rows;
  private final ColumnMapping mapping;
  private final FusedCaptions source;
  private final Map<String, FusedColumn> columns = new HashMap<>();

  /**
   * Takes a view over.
   *
   * @param fused the columns of the mapping that are not in the shards
   */
  FusedView(RowView rows, ColumnMapping mapping, FusedCaptions source, List<FusedColumn> fused) {
    this.rows = rows;
    this.mapping = mapping;
    this.source = source;
    for (CaptionTrack track : mapping.tracks()) {
      fused.stream()
          .filter(column -> column.is(track))
          .forEach(column -> columns.put(track.name(), column));
    }
  }

  /** The view without those captions. */
  RowView rows() {
    return rows;
  }

  @Override
  public long size() {
    return rows.size();
  }

  @Override
  public List<CaptionRow> page(long from, int limit) {
    List<CaptionRow> page = rows.page(from, limit);
    List<RowKey> keys = page.stream().map(CaptionRow::key).toList();
    Map<String, Map<RowKey, Fusion>> fused = new HashMap<>();
    columns.forEach(
        (track, column) ->
            fused.put(track, source.of(column.series().fuser(), column.series().columns(), keys)));
    return page.stream().map(row -> with(row, fused)).toList();
  }

  private CaptionRow with(CaptionRow row, Map<String, Map<RowKey, Fusion>> fused) {
    Map<String, String> captions = new LinkedHashMap<>();
    for (CaptionTrack track : mapping.tracks()) {
      Fusion fusion = fused.getOrDefault(track.name(), Map.of()).get(row.key());
      String text = fusion == null ? row.caption(track.name()) : fusion.text();
      if (text != null) {
        captions.put(track.name(), text);
      }
    }
    return new CaptionRow(row.key(), row.shard(), row.contentHash(), row.image(), captions);
  }

  @Override
  public OptionalLong positionOf(RowKey key) {
    return rows.positionOf(key);
  }

  @Override
  public boolean settled() {
    return rows.settled();
  }

  @Override
  public void close() {
    rows.close();
  }
}
