package io.capbench.storage.export;

import io.capbench.storage.dataset.RowView;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.DatasetInfo;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.ShardInfo;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A dataset with two tracks, its pictures and its decisions, in memory. */
final class MemoryDataset {
  static final String FINGERPRINT = "c3".repeat(32);

  final List<CaptionRow> rows = new ArrayList<>();
  final Map<RowKey, Decision> decisions = new HashMap<>();
  final Map<String, ImageBytes> images = new HashMap<>();
  final Map<String, Reason> failures = new HashMap<>();
  final List<Integer> pages = new ArrayList<>();
  List<CaptionTrack> tracks =
      List.of(
          new CaptionTrack("alt", TrackRole.RAW, "alt"),
          new CaptionTrack("fused", TrackRole.FUSED, "fused"));
  ImageKind imageKind = ImageKind.FILE;
  Path shard = Path.of("nowhere", "shard.parquet");

  /** Adds rows that are called "alt N" and "fused N" and have a JPEG. */
  MemoryDataset rows(int count) {
    for (int i = 0; i < count; i++) {
      row(Map.of("alt", "alt " + rows.size(), "fused", "fused " + rows.size()));
    }
    return this;
  }

  CaptionRow row(Map<String, String> captions) {
    int number = rows.size();
    String name = number + ".jpg";
    CaptionRow row =
        new CaptionRow(
            new RowKey(FINGERPRINT, number),
            "shard.parquet",
            "%064x".formatted(number + 1_000),
            imageKind == ImageKind.NONE
                ? new ImageRef.None()
                : new ImageRef.File(Path.of("images", name), name),
            new LinkedHashMap<>(captions));
    rows.add(row);
    image(number, Format.JPEG);
    return row;
  }

  void image(int number, Format format) {
    byte[] bytes = ("picture " + number).getBytes(StandardCharsets.UTF_8);
    images.put(number + ".jpg", new ImageBytes(bytes, format, 40 + number, 30));
  }

  void decide(int number, Verdict verdict, String preferred, String edited) {
    RowKey key = rows.get(number).key();
    decisions.put(
        key,
        new Decision(
            key,
            verdict,
            preferred,
            edited == null ? null : "fused",
            edited,
            "Ada",
            Instant.ofEpochMilli(1_000)));
  }

  DatasetInfo info() {
    return new DatasetInfo(
        "memory",
        List.of(new ShardInfo(shard, rows.size(), 1, 100, FINGERPRINT, null)),
        List.of(),
        new ColumnMapping(tracks, imageKind == ImageKind.NONE ? null : "file", imageKind));
  }

  ExportRequest.Source source() {
    return new ExportRequest.Source(
        view(),
        info(),
        this::read,
        keys -> {
          Map<RowKey, Decision> found = new HashMap<>(decisions);
          found.keySet().retainAll(keys);
          return found;
        });
  }

  private ImageBytes read(ImageRef image) throws ImageException {
    if (failures.containsKey(image.name())) {
      throw new ImageException(failures.get(image.name()), "Cannot read " + image.name());
    }
    return images.get(image.name());
  }

  private RowView view() {
    return new RowView() {
      @Override
      public long size() {
        return rows.size();
      }

      @Override
      public List<CaptionRow> page(long from, int limit) {
        pages.add(limit);
        return rows.subList((int) from, (int) Math.min(rows.size(), from + limit));
      }

      @Override
      public OptionalLong positionOf(RowKey key) {
        return OptionalLong.of(key.row());
      }

      @Override
      public void close() {}
    };
  }
}
