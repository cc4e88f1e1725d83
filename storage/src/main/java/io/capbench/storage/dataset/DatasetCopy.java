package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ColumnInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes all rows of a dataset, in their order, with further columns beside their own. */
public final class DatasetCopy {
  private final DuckDatabase database;
  private final List<Shard> shards;
  private final List<ColumnInfo> columns;

  DatasetCopy(DuckDatabase database, List<Shard> shards, List<ColumnInfo> columns) {
    this.database = database;
    this.shards = shards;
    this.columns = columns;
  }

  /**
   * A column of the copy.
   *
   * @param name in the copy
   * @param from the column that it is made of
   * @param list whether that holds words with spaces between, and this is the list of them
   */
  public record CopiedColumn(String name, String from, boolean list) {
    /** A column that stays as it is. */
    public static CopiedColumn same(String name) {
      return new CopiedColumn(name, name, false);
    }

    private String sql(String table) {
      String cell = table + "." + Sql.identifier(from);
      String value =
          list
              ? "CASE WHEN %1$s = '' THEN []::VARCHAR[] ELSE string_split(%1$s, ' ') END"
                  .formatted(cell)
              : cell;
      return value + " AS " + Sql.identifier(name);
    }
  }

  /**
   * Writes the copy. The target appears when it is complete.
   *
   * @param target the file to write; one of that name is replaced
   * @param format what it is written as; JSON leaves columns of bytes out
   * @param own columns of the dataset
   * @param beside a parquet file with as many rows as the dataset, in the same order
   * @param added columns of that file
   * @throws CapbenchException if a shard cannot be read or the target not be written; one of that
   *     name then stays as it was
   * @throws java.util.concurrent.CancellationException if cancelled, with the same effect
   */
  public void write(
      Path target,
      CopyFormat format,
      List<CopiedColumn> own,
      Path beside,
      List<CopiedColumn> added,
      JobContext context) {
    Path whole = target.toAbsolutePath();
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    List<String> cells = new ArrayList<>();
    own.stream()
        .filter(column -> format.holdsBytes() || !holdsBytes(column.from()))
        .forEach(column -> cells.add(column.sql("own")));
    added.forEach(column -> cells.add(column.sql("beside")));
    // Both sides are read in their order, row by row, on one thread.
    String sql =
        "COPY (SELECT %s FROM %s AS own POSITIONAL JOIN read_parquet(%s) AS beside) TO %s (%s)"
            .formatted(
                String.join(", ", cells),
                Sql.parquet(shards.stream().map(Shard::parquet).toList()),
                Sql.file(beside),
                Sql.literal(part.toString()),
                format.sql());
    long rows = shards.stream().mapToLong(shard -> shard.info().rows()).sum();
    try {
      database.execute(sql, List.of(), context, rows, "rows");
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (SQLException e) {
      throw new CapbenchException(
          "Cannot write "
              + target
              + ": "
              + DuckErrors.sentence(e)
              + ". Check that the disk has room, that you may write to the folder, and that the"
              + " dataset's files are whole.",
          e);
    } catch (IOException e) {
      throw new CapbenchException(
          "Cannot write " + target + ". Check that you may write to its folder.", e);
    } finally {
      remove(part);
    }
  }

  private static void remove(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new CapbenchException("Cannot remove " + part + ". Remove it by hand.", e);
    }
  }

  private boolean holdsBytes(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .anyMatch(column -> column.type().contains("BLOB"));
  }

  /** A name that no column has, made of one that a column may have. */
  public static String free(String wanted, Collection<String> taken) {
    Set<String> all = new HashSet<>();
    taken.forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
    String name = wanted;
    while (all.contains(name.toLowerCase(Locale.ROOT))) {
      name = "input_" + name;
    }
    return name;
  }
}
