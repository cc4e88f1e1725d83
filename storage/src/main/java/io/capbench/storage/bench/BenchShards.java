package io.capbench.storage.bench;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shards of CapsFusion's shape with made-up captions, whose lengths are like those of the real
 * ones: {@code image_url, laion_2b, laion_coco, capsfusion}. The same number of rows gives the same
 * captions everywhere.
 */
public final class BenchShards {
  private static final int WORDS = 8_000;
  private static final long SEED = 7;
  private static final double HASHES = 0x1p64;

  private final Path folder;
  private final long rows;

  /**
   * Nothing is made yet.
   *
   * @param folder where the shards are, or will be
   * @param rows rows of every shard
   */
  public BenchShards(Path folder, long rows) {
    this.folder = folder;
    this.rows = rows;
  }

  /** Rows of every shard. */
  public long rows() {
    return rows;
  }

  /**
   * The shard with row groups of that many rows.
   *
   * @param rowsInGroup at least 2,048
   */
  public Path grouped(int rowsInGroup) {
    return folder.resolve("rows-" + rows + "-groups-of-" + rowsInGroup + ".parquet");
  }

  /** The same rows as a JSON file, one object a line. */
  public Path json() {
    return folder.resolve("rows-" + rows + ".jsonl");
  }

  /**
   * Makes what is not there yet.
   *
   * @throws CapbenchException if the disk cannot be written
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public void make(List<Integer> rowsInGroups, JobContext context) {
    List<Path> missing = new ArrayList<>(rowsInGroups.stream().map(this::grouped).toList());
    missing.add(json());
    missing.removeIf(Files::exists);
    if (missing.isEmpty()) {
      return;
    }
    try (Connection connection = BareQueries.connect(folder);
        Statement statement = connection.createStatement()) {
      JobContext.Registration wake = context.onCancel(() -> BareQueries.cancel(statement));
      try {
        make(statement, rowsInGroups, missing, context);
      } finally {
        wake.close();
      }
    } catch (SQLException | IOException e) {
      context.checkCancelled();
      throw new CapbenchException(
          "The shards of the benchmark cannot be made in "
              + folder
              + ": "
              + e.getMessage()
              + "; free the disk or name another folder with --dir",
          e);
    }
  }

  private void make(
      Statement statement, List<Integer> rowsInGroups, List<Path> missing, JobContext context)
      throws SQLException, IOException {
    long files = rowsInGroups.size() + 2L;
    context.progress(0, files, "files");
    statement.execute("SET VARIABLE words = [" + words() + "]");
    statement.execute("CREATE TABLE shard AS " + select());
    long done = 1;
    for (int group : rowsInGroups) {
      context.checkCancelled();
      context.progress(done++, files, "files");
      write(
          statement,
          missing,
          grouped(group),
          "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + group);
    }
    write(statement, missing, json(), "FORMAT json");
    context.progress(files, files, "files");
  }

  private static void write(Statement statement, List<Path> missing, Path file, String options)
      throws SQLException, IOException {
    if (missing.contains(file)) {
      Path part = file.resolveSibling(file.getFileName() + ".part");
      statement.execute("COPY shard TO " + BareQueries.literal(part) + " (" + options + ")");
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * The same file under many names, which a dataset takes for as many shards.
   *
   * @throws CapbenchException if this file system has no links
   */
  public List<Path> links(Path file, int count) {
    List<Path> links = new ArrayList<>();
    try {
      Path linked = Files.createDirectories(folder.resolve("links"));
      for (int i = 0; i < count; i++) {
        Path link = linked.resolve(i + "-" + file.getFileName());
        if (!Files.exists(link)) {
          Files.createLink(link, file);
        }
        links.add(link);
      }
      return links;
    } catch (IOException | UnsupportedOperationException e) {
      throw new CapbenchException(
          folder + " cannot hold links (" + e + "); name a folder on another disk with --dir", e);
    }
  }

  private static String words() {
    return new Words(WORDS, SEED)
        .all().stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
  }

  // Word counts as in the official example data: means of about 11, 9 and 23, long tails.
  private String select() {
    return "SELECT 'https://images.example.org/' || md5(i::VARCHAR) || '.jpg' AS image_url, "
        + text("3 + floor(24 * pow(" + uniform("i + 11") + ", 2.2))", 100)
        + " AS laion_2b, "
        + text("6 + hash(i + 13) % 7", 300)
        + " AS laion_coco, "
        + text("12 + floor(34 * pow(" + uniform("i + 17") + ", 2))", 500)
        + " AS capsfusion FROM range("
        + rows
        + ") AS t(i)";
  }

  private static String text(String words, int salt) {
    return "list_aggregate(list_transform(range(CAST("
        + words
        + " AS BIGINT)), lambda j: getvariable('words')[1 + CAST(floor("
        + WORDS
        + " * pow("
        + uniform("i * 1000 + j * 7 + " + salt)
        + ", 3)) AS INTEGER)]), 'string_agg', ' ')";
  }

  private static String uniform(String number) {
    return "(hash(" + number + ") / " + HASHES + ")";
  }
}
