package io.capbench.storage.export;

import io.capbench.storage.export.SampleFields.Sample;
import io.capbench.storage.image.ImageBytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One shard of a WebDataset in the layout of img2dataset: {@code 00000.tar}, {@code 00000.parquet},
 * {@code 00000_stats.json}. The last is written last and says that the shard is whole.
 */
final class ShardWriter implements AutoCloseable {
  private static final int ROW_GROUP = 10_000;
  private static final int MILLIS = 3;

  private final Path folder;
  private final String name;
  private final SampleFields fields;
  private final SampleJson json = new SampleJson();
  private final ParquetTable table;
  private final SampleTar tar;
  private final Instant start = Instant.now();
  private final SortedMap<String, Long> failures = new TreeMap<>();
  private int count;

  /**
   * Begins a shard.
   *
   * @param folder an existing folder
   * @param name the shard's number with its leading zeros
   */
  ShardWriter(Path folder, String name, SampleFields fields) {
    this.folder = folder;
    this.name = name;
    this.fields = fields;
    this.table = new ParquetTable(folder.resolve(name + ".parquet"), fields.columns(), ROW_GROUP);
    try {
      this.tar = new SampleTar(folder.resolve(name + ".tar"));
    } catch (RuntimeException e) {
      table.close();
      throw e;
    }
  }

  /** Number of rows, failed ones among them. */
  int count() {
    return count;
  }

  /** Adds a sample; without an image it is text only. */
  void add(Sample sample, @Nullable ImageBytes image) {
    @Nullable Object[] values = fields.ofSuccess(sample, image);
    SortedMap<String, byte[]> members = new TreeMap<>();
    members.put("txt", sample.caption().text().getBytes(StandardCharsets.UTF_8));
    members.put("json", json.bytes(fields.named(values)));
    if (image != null) {
      members.put(image.format().extension(), image.bytes());
    }
    try {
      tar.add(sample.key(), members);
    } catch (IOException e) {
      throw PartFile.cannotWrite(folder.resolve(name + ".tar"), e);
    }
    table.addRow(values);
    count++;
  }

  /** Notes a row whose image is not there: it stands in the parquet only. */
  void addFailure(Sample sample, String reason) {
    table.addRow(fields.ofFailure(sample, reason));
    failures.merge(reason, 1L, Long::sum);
    count++;
  }

  /** Puts the shard on the disk and returns the files that are the same on every run. */
  List<ExportedFile> finish() {
    Path parquet = folder.resolve(name + ".parquet");
    try {
      ExportedFile tarFile = tar.finish();
      table.finish();
      ExportedFile parquetFile =
          new ExportedFile(name + ".parquet", Files.size(parquet), Sha256.of(parquet));
      PartFile.write(folder.resolve(name + "_stats.json"), json.bytes(stats()));
      return List.of(tarFile, parquetFile);
    } catch (IOException e) {
      throw PartFile.cannotWrite(folder.resolve(name + ".tar"), e);
    }
  }

  private Map<String, Object> stats() {
    long failed = failures.values().stream().mapToLong(Long::longValue).sum();
    Map<String, Long> statuses = new LinkedHashMap<>();
    statuses.put("success", count - failed);
    statuses.putAll(failures);
    Instant end = Instant.now();
    Map<String, Object> stats = new LinkedHashMap<>();
    stats.put("count", count);
    stats.put("successes", count - failed);
    stats.put("failed_to_download", failed);
    stats.put("failed_to_resize", 0);
    stats.put("duration", BigDecimal.valueOf(Duration.between(start, end).toMillis(), MILLIS));
    stats.put("start_time", epochSeconds(start));
    stats.put("end_time", epochSeconds(end));
    stats.put("status_dict", statuses);
    return stats;
  }

  /** Seconds since 1970 with three digits, written without an exponent. */
  private static BigDecimal epochSeconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), MILLIS);
  }

  /** Removes what was not finished. */
  @Override
  public void close() {
    try {
      tar.close();
    } finally {
      table.close();
    }
  }
}
