package io.capbench.storage.export;

import io.capbench.storage.export.CaptionPolicy.Chosen;
import io.capbench.storage.export.ParquetTable.Column;
import io.capbench.storage.export.ParquetTable.ColumnType;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that stand in a sample's JSON and in the shard's parquet: the uid and every caption
 * track, then img2dataset's own, then where the sample comes from and how alike captions and image
 * are.
 */
final class SampleFields {
  static final String ROW_KEY = "capbench_row_key";

  private static final String SUCCESS = "success";
  private static final String FAILED = "failed_to_download";
  private static final String TRACK_PREFIX = "track_";

  private static final List<Column> IMG2DATASET =
      List.of(
          new Column("caption", ColumnType.TEXT),
          new Column("url", ColumnType.TEXT),
          new Column("key", ColumnType.TEXT),
          new Column("status", ColumnType.TEXT),
          new Column("error_message", ColumnType.TEXT),
          new Column("width", ColumnType.INT),
          new Column("height", ColumnType.INT),
          new Column("original_width", ColumnType.INT),
          new Column("original_height", ColumnType.INT),
          new Column("exif", ColumnType.TEXT),
          new Column("sha256", ColumnType.TEXT));

  private static final List<Column> ORIGIN =
      List.of(
          new Column("capbench_caption_source", ColumnType.TEXT),
          new Column("capbench_verdict", ColumnType.TEXT),
          new Column("capbench_annotator", ColumnType.TEXT),
          new Column("capbench_shard", ColumnType.TEXT),
          new Column("capbench_row", ColumnType.LONG),
          new Column(ROW_KEY, ColumnType.TEXT));

  /**
   * A row with the caption it leaves with.
   *
   * @param key the sample's key in the export
   * @param similarities by name, as far as they are known
   */
  record Sample(
      String key,
      CaptionRow row,
      Chosen caption,
      @Nullable Decision decision,
      Map<String, Double> similarities) {}

  private final List<CaptionTrack> tracks;
  private final List<String> similarities;
  private final List<Column> columns = new ArrayList<>();

  /**
   * Fields.
   *
   * @param similarities names of the similarities that are told
   */
  SampleFields(ColumnMapping mapping, List<String> similarities) {
    this.tracks = mapping.tracks();
    this.similarities = List.copyOf(similarities);
    Set<String> taken = new HashSet<>(Set.of("uid"));
    IMG2DATASET.forEach(column -> taken.add(column.name()));
    ORIGIN.forEach(column -> taken.add(column.name()));
    columns.add(new Column("uid", ColumnType.TEXT));
    for (CaptionTrack track : tracks) {
      String name = track.name();
      // A track called "caption" must not hide the caption that was chosen.
      while (!taken.add(name.toLowerCase(Locale.ROOT))) {
        name = TRACK_PREFIX + name;
      }
      columns.add(new Column(name, ColumnType.TEXT));
    }
    columns.addAll(IMG2DATASET);
    columns.addAll(ORIGIN);
    for (String similarity : similarities) {
      String name = "similarity_" + similarity;
      while (!taken.add(name.toLowerCase(Locale.ROOT))) {
        name = "capbench_" + name;
      }
      columns.add(new Column(name, ColumnType.DOUBLE));
    }
  }

  List<Column> columns() {
    return Collections.unmodifiableList(columns);
  }

  /** The values of a sample that stands in the tar; without an image if it is text only. */
  @Nullable Object[] ofSuccess(Sample sample, @Nullable ImageBytes image) {
    if (image == null) {
      return values(sample, SUCCESS, null, null, null, null);
    }
    return values(sample, SUCCESS, null, image.width(), image.height(), Sha256.of(image.bytes()));
  }

  /** The values of a sample whose image is not there. */
  @Nullable Object[] ofFailure(Sample sample, String reason) {
    return values(sample, FAILED, reason, null, null, null);
  }

  private @Nullable Object[] values(
      Sample sample,
      String status,
      @Nullable String error,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable String sha256) {
    CaptionRow row = sample.row();
    @Nullable Decision decision = sample.decision();
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    values.add(row.uid());
    tracks.forEach(track -> values.add(row.caption(track.name())));
    values.add(sample.caption().text());
    values.add(row.image().name().isEmpty() ? null : row.image().name());
    values.add(sample.key());
    values.add(status);
    values.add(error);
    values.add(width);
    values.add(height);
    values.add(width);
    values.add(height);
    values.add(width == null ? null : "{}");
    values.add(sha256);
    values.add(sample.caption().source());
    values.add(decision == null || decision.verdict() == null ? null : decision.verdict().id());
    values.add(decision == null || !decision.decided() ? null : decision.annotator());
    values.add(row.shard());
    values.add(row.key().row());
    values.add(row.key().toString());
    similarities.forEach(name -> values.add(sample.similarities().get(name)));
    return values.toArray();
  }

  /** The values by the names of their columns, in order. */
  Map<String, @Nullable Object> named(@Nullable Object[] values) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      fields.put(columns.get(i).name(), values[i]);
    }
    return fields;
  }
}
