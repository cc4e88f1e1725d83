package io.capbench.storage.dataset;

import io.capbench.storage.image.WebImages;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.DatasetInfo;
import io.capbench.storage.model.ShardInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens datasets: parquet, JSON, JSON-lines, CSV and TSV files, folders of parquet files, and
 * folders of images with a {@code metadata.jsonl}. Datasets are only read. Thread-safe.
 */
public final class DatasetOpener {
  private static final Logger LOG = LoggerFactory.getLogger(DatasetOpener.class);
  private static final Pattern NUMBER =
      Pattern.compile("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*");

  private final Path cache;
  private final WebImages web;
  private final @Nullable RowMeasure measure;

  /**
   * An opener of any number of datasets. Images on the web are fetched from public addresses only.
   *
   * @param cache folder for imported JSON, for images from the web and for what queries spill; made
   *     if it is missing
   */
  public DatasetOpener(Path cache) {
    this(cache, false);
  }

  /**
   * An opener of any number of datasets.
   *
   * @param cache folder for imported JSON and CSV, for images from the web and for what queries
   *     spill; made if it is missing
   * @param privateAddresses whether images are also fetched from this machine and its network,
   *     which a dataset from elsewhere could then make requests to
   */
  public DatasetOpener(Path cache, boolean privateAddresses) {
    this(cache, privateAddresses, null);
  }

  /**
   * An opener of any number of datasets whose rows can be measured.
   *
   * @param cache folder for imported JSON and CSV, for images from the web, for measured values and
   *     for what queries spill; made if it is missing
   * @param privateAddresses whether images are also fetched from this machine and its network
   * @param measure what filters and orders call {@code provenance} and {@code flags}; null if there
   *     is nothing of the kind
   */
  public DatasetOpener(Path cache, boolean privateAddresses, @Nullable RowMeasure measure) {
    this.measure = measure;
    this.cache = cache;
    this.web = new WebImages(cache.resolve("images"), privateAddresses);
  }

  /**
   * Opens files and folders as one dataset. Reads footers only, except of JSON and CSV, which are
   * read as a whole and imported into the cache the first time. Files that cannot be read are
   * listed with the reason in {@link DatasetInfo#shards()}, and the others open. A dataset in which
   * no caption is found opens with a mapping without tracks; see {@link Dataset#missingTracks()}.
   *
   * @param paths files and folders, at least one
   * @return to be closed by the caller
   * @throws CapbenchException if no file can be read, naming the cause and the remedy
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public Dataset open(List<Path> paths, JobContext context) {
    if (paths.isEmpty()) {
      throw new CapbenchException("No dataset was named; name a file or a folder");
    }
    List<SourceFile> sources = SourceFile.find(paths);
    DuckDatabase database = new DuckDatabase(cache);
    boolean opened = false;
    try {
      ShardOpener opener = new ShardOpener(database, cache);
      List<Shard> shards = new ArrayList<>();
      List<ShardInfo> infos = new ArrayList<>();
      Columns columns = new Columns();
      for (SourceFile source : sources) {
        context.checkCancelled();
        try {
          Shard shard = opener.open(source, context);
          columns.add(shard);
          shards.add(shard);
          infos.add(shard.info());
        } catch (CapbenchException e) {
          LOG.warn("{}", e.getMessage());
          infos.add(
              new ShardInfo(source.path(), 0, 0, length(source.path()), null, e.getMessage()));
        }
        context.progress(infos.size(), sources.size(), "files");
      }
      if (shards.isEmpty()) {
        throw noneReadable(infos);
      }
      Dataset dataset =
          new Dataset(
              database,
              shards,
              name(paths),
              infos,
              List.copyOf(columns.byName.values()),
              web,
              new Measures(database, cache, measure, shards));
      opened = true;
      return dataset;
    } finally {
      if (!opened) {
        database.close();
      }
    }
  }

  private static CapbenchException noneReadable(List<ShardInfo> infos) {
    String first = String.valueOf(infos.get(0).error());
    return new CapbenchException(
        infos.size() == 1
            ? first
            : "None of " + infos.size() + " files can be read. The first: " + first);
  }

  private static long length(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      LOG.debug("The length of {} is not known", file, e);
      return 0;
    }
  }

  private static String name(List<Path> paths) {
    Path first = paths.get(0).toAbsolutePath().normalize();
    String name = String.valueOf(first.getFileName() == null ? first : first.getFileName());
    return paths.size() == 1 ? name : name + " + " + (paths.size() - 1);
  }

  /** The columns of all shards so far, in the spelling of the first that has them. */
  private static final class Columns {
    private final Map<String, ColumnInfo> byName = new LinkedHashMap<>();
    private final Map<String, Shard> firstWith = new LinkedHashMap<>();

    void add(Shard shard) {
      for (ColumnInfo column : shard.columns()) {
        ColumnInfo known = byName.get(key(column));
        if (known != null && !compatible(known.type(), column.type())) {
          throw clash(shard, column, known);
        }
      }
      for (ColumnInfo column : shard.columns()) {
        byName.putIfAbsent(key(column), column);
        firstWith.putIfAbsent(key(column), shard);
      }
    }

    private CapbenchException clash(Shard shard, ColumnInfo column, ColumnInfo known) {
      return new CapbenchException(
          String.format(
              "%s has %s in column %s, where %s has %s; its rows are left out. Convert the column,"
                  + " or open the file by itself",
              shard.info().path(),
              column.type(),
              column.name(),
              Objects.requireNonNull(firstWith.get(key(column))).name(),
              known.type()));
    }

    private static boolean compatible(String a, String b) {
      return a.equals(b) || (NUMBER.matcher(a).matches() && NUMBER.matcher(b).matches());
    }

    private static String key(ColumnInfo column) {
      return column.name().toLowerCase(Locale.ROOT);
    }
  }
}
