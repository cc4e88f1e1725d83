package io.capbench.storage.export;

import io.capbench.storage.export.CaptionPolicy.Chosen;
import io.capbench.storage.export.SampleFields.Sample;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.ShardInfo;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports chosen rows as a WebDataset in the layout of img2dataset. Two exports of the same rows,
 * decisions and choices are the same, byte for byte, except for the times in the stats files.
 */
public final class WebDatasetExporter {
  private static final Logger log = LoggerFactory.getLogger(WebDatasetExporter.class);
  private static final int PAGE = 500;
  private static final int AHEAD = 16;
  private static final int MANIFEST_VERSION = 1;
  private static final double NANOS = 1e9;

  /**
   * Exports. One page of rows and a few pictures are in memory at a time; pictures are read ahead,
   * several at once, and written in the order of the rows.
   *
   * @throws io.capbench.storage.model.CapbenchException if the folder may not be used or written,
   *     or the shards cannot be read; shards that are finished stay, without a manifest
   * @throws java.util.concurrent.CancellationException if cancelled, with the same effect
   */
  public ExportReport export(ExportRequest request, JobContext context) {
    long start = System.nanoTime();
    Path folder = request.target().folder().toAbsolutePath().normalize();
    List<ShardInfo> sources = request.source().info().shards();
    new ExportFolder(folder).prepare(sources, request.target().overwrite());
    Run run = new Run(request, folder);
    run.rows(context);
    Path manifest = folder.resolve("manifest.json");
    PartFile.write(manifest, new SampleJson().bytes(run.manifest()));
    return new ExportReport(
        run.samples,
        run.shards,
        run.files.stream().mapToLong(ExportedFile::bytes).sum(),
        run.dropped,
        (System.nanoTime() - start) / NANOS,
        manifest);
  }

  /** One export on its way. */
  private static final class Run {
    private final ExportRequest request;
    private final Path folder;
    private final SampleKeys keys;
    private final SampleFields fields;
    private final boolean textOnly;
    private final Map<String, Long> dropped = new TreeMap<>();
    private final List<ExportedFile> files = new ArrayList<>();
    private final Queue<Planned> planned = new ArrayDeque<>();
    private @Nullable ShardWriter shard;
    private long gone;
    private int shards;
    private long samples;

    private record Planned(
        CaptionRow row,
        @Nullable Decision decision,
        Chosen caption,
        Map<String, Double> similarities) {}

    Run(ExportRequest request, Path folder) {
      this.request = request;
      this.folder = folder;
      this.keys = new SampleKeys(request.target().samplesPerShard());
      this.fields =
          new SampleFields(
              request.source().info().mapping(), request.source().similarities().names());
      this.textOnly = request.source().info().mapping().imageColumn() == null;
    }

    void rows(JobContext context) {
      long size = request.source().rows().size();
      try (PicturesAhead pictures = new PicturesAhead(request.source().images(), context)) {
        for (long from = 0; from < size; from += PAGE) {
          List<CaptionRow> page = request.source().rows().page(from, PAGE);
          List<RowKey> rowKeys = page.stream().map(CaptionRow::key).toList();
          Map<RowKey, Decision> decisions = request.source().decisions().apply(rowKeys);
          Map<RowKey, Map<String, Double>> similarities =
              request.source().similarities().values().apply(rowKeys);
          for (CaptionRow row : page) {
            context.checkCancelled();
            while (planned.size() >= AHEAD || pictures.heavy()) {
              writeNext(pictures);
              context.progress(++gone, size, "rows");
              context.checkCancelled();
            }
            Map<String, Double> similar = similarities.getOrDefault(row.key(), Map.of());
            if (!plan(row, decisions.get(row.key()), similar, pictures)) {
              context.progress(++gone, size, "rows");
            }
          }
        }
        while (!planned.isEmpty()) {
          context.checkCancelled();
          writeNext(pictures);
          context.progress(++gone, size, "rows");
        }
        finishShard();
      } finally {
        if (shard != null) {
          shard.close();
        }
      }
    }

    /** Decides whether a row leaves, and has its picture read if it does. */
    private boolean plan(
        CaptionRow row,
        @Nullable Decision decision,
        Map<String, Double> similarities,
        PicturesAhead pictures) {
      Optional<String> reason = request.choice().selection().reasonToDrop(decision);
      Optional<Chosen> caption =
          reason.isPresent() ? Optional.empty() : request.choice().captions().choose(row, decision);
      if (caption.isEmpty()) {
        drop(reason.orElse("no-caption"));
        return false;
      }
      if (!textOnly) {
        pictures.ask(row.image());
      }
      return planned.add(new Planned(row, decision, caption.get(), similarities));
    }

    /** Writes the row that was planned first. */
    private void writeNext(PicturesAhead pictures) {
      Planned row = planned.remove();
      ShardWriter writer = shard;
      if (writer == null) {
        writer = new ShardWriter(folder, keys.shard(shards), fields);
        shard = writer;
      }
      String key = keys.sample(shards, writer.count());
      Sample sample = new Sample(key, row.row(), row.caption(), row.decision(), row.similarities());
      write(writer, sample, pictures);
      if (writer.count() == request.target().samplesPerShard()) {
        finishShard();
      }
    }

    private void write(ShardWriter writer, Sample sample, PicturesAhead pictures) {
      @Nullable ImageBytes image = null;
      if (!textOnly) {
        try {
          image = pictures.take();
        } catch (ImageException e) {
          log.debug("No image for {}: {}", sample.row().key(), e.getMessage());
          String reason = reason(e);
          writer.addFailure(sample, reason);
          drop(reason);
          return;
        }
      }
      writer.add(sample, image);
      samples++;
    }

    private static String reason(ImageException e) {
      return "image-" + e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void drop(String reason) {
      dropped.merge(reason, 1L, Long::sum);
    }

    private void finishShard() {
      ShardWriter writer = shard;
      if (writer != null) {
        files.addAll(writer.finish());
        writer.close();
        shard = null;
        shards++;
      }
    }

    /** Everything that the export depends on and led to, and no times. */
    Map<String, Object> manifest() {
      Map<String, Object> manifest = new LinkedHashMap<>();
      manifest.put("version", MANIFEST_VERSION);
      manifest.put("dataset", request.source().info().name());
      manifest.put("source", request.source().info().shards().stream().map(Run::source).toList());
      manifest.put("selection", request.choice().selection().id());
      manifest.put("query", request.choice().description());
      manifest.put("captions", request.choice().captions().text());
      manifest.put("samples_per_shard", request.target().samplesPerShard());
      manifest.put("samples", samples);
      manifest.put("shards", shards);
      manifest.put("dropped", dropped);
      manifest.put("files", files.stream().map(Run::file).toList());
      return manifest;
    }

    private static Map<String, @Nullable Object> source(ShardInfo shard) {
      Map<String, @Nullable Object> source = new LinkedHashMap<>();
      source.put("name", shard.path().getFileName().toString());
      source.put("fingerprint", shard.fingerprint());
      source.put("rows", shard.rows());
      return source;
    }

    private static Map<String, Object> file(ExportedFile exported) {
      Map<String, Object> file = new LinkedHashMap<>();
      file.put("name", exported.name());
      file.put("bytes", exported.bytes());
      file.put("sha256", exported.sha256());
      return file;
    }
  }
}
