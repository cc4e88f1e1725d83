package io.capbench.engine.score;

import io.capbench.engine.pixels.PixelTensor;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ContentDigest;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.workspace.Score;
import io.capbench.storage.workspace.ScoreColumns;
import io.capbench.storage.workspace.ScoredModel;
import io.capbench.storage.workspace.Scores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares the captions of rows with their images and keeps the scores in a workspace. Scores are
 * on the disk after every batch of images, so that a scoring that was stopped goes on where it was.
 */
public final class CaptionScorer {
  private static final int PAGE = 500;
  private static final double NANOS = 1e9;

  /** Batches of images that are prepared while the model looks at one. */
  private static final int BATCHES_AHEAD = 2;

  private final JointSpace space;
  private final Scores scores;

  /**
   * A scorer.
   *
   * @param space the model; the caller closes it
   * @param scores where scores are kept
   */
  public CaptionScorer(JointSpace space, Scores scores) {
    this.space = space;
    this.scores = scores;
  }

  /**
   * Scores rows. Images are read and prepared on threads of their own while the model works on this
   * one. An image that cannot be read is a reason beside the row, which is tried again next time.
   *
   * @throws io.capbench.storage.model.CapbenchException if a shard cannot be read, scores cannot be
   *     written, or there is not enough memory; scores that were found stay
   * @throws java.util.concurrent.CancellationException if cancelled, with the same effect
   */
  public ScoreReport score(ScoreRequest request, JobContext context) {
    long start = System.nanoTime();
    ScoredModel model = scores.use(space.model().sha256(), space.model().name());
    Run run = new Run(request, model, context);
    run.rows();
    return run.report((System.nanoTime() - start) / NANOS);
  }

  /** One scoring on its way. */
  private final class Run {
    private final ScoreRequest request;
    private final ScoredModel model;
    private final JobContext context;
    private final CaptionPlaces captions = new CaptionPlaces(space);
    private final Map<CaptionTrack, List<Score>> found = new LinkedHashMap<>();
    private long rows;
    private long scored;
    private long reused;
    private long kept;
    private long failed;
    private long blank;

    Run(ScoreRequest request, ScoredModel model, JobContext context) {
      this.request = request;
      this.model = model;
      this.context = context;
    }

    void rows() {
      long size = request.rows().size();
      try (ImagesAhead images = new ImagesAhead(space, request.images(), scores, model, context)) {
        for (long from = 0; from < size; from += PAGE) {
          for (PendingRow row : pending(request.rows().page(from, PAGE))) {
            context.checkCancelled();
            while (images.waiting() > BATCHES_AHEAD * space.batch()) {
              batch(images);
            }
            images.ask(row);
          }
          context.progress(rows, size, "rows");
        }
        while (images.waiting() > 0) {
          batch(images);
        }
      }
    }

    /** The rows that lack a score; the others are counted. */
    private List<PendingRow> pending(List<CaptionRow> page) {
      List<RowKey> keys = page.stream().map(CaptionRow::key).toList();
      Map<CaptionTrack, Map<RowKey, Score>> known = new HashMap<>();
      if (!request.again()) {
        request.tracks().forEach(track -> known.put(track, scores.of(model, columns(track), keys)));
      }
      List<PendingRow> pending = new ArrayList<>();
      for (CaptionRow row : page) {
        List<CaptionTrack> lacking = new ArrayList<>();
        for (CaptionTrack track : request.tracks()) {
          String caption = row.caption(track.name());
          if (caption == null || caption.isBlank()) {
            blank++;
          } else if (holds(known.getOrDefault(track, Map.of()).get(row.key()), caption)) {
            kept++;
          } else {
            lacking.add(track);
          }
        }
        if (lacking.isEmpty()) {
          rows++;
        } else {
          pending.add(new PendingRow(row, lacking));
        }
      }
      return pending;
    }

    private static boolean holds(@Nullable Score score, String caption) {
      return score != null
          && score.similarity() != null
          && score.captionHash().equals(ContentDigest.of(caption));
    }

    private ScoreColumns columns(CaptionTrack track) {
      String image = request.mapping().imageColumn();
      if (image == null) {
        throw new IllegalStateException("The request has checked that");
      }
      return new ScoreColumns(track.column(), image);
    }

    /** Takes rows until the model has a batch of images to look at, or none wait any more. */
    private void batch(ImagesAhead images) {
      List<PreparedRow> seen = new ArrayList<>();
      while (seen.size() < space.batch() && images.waiting() > 0) {
        context.checkCancelled();
        PreparedRow row = images.take();
        rows++;
        row.reused().forEach((track, similarity) -> add(row, track, similarity, null));
        reused += row.reused().size();
        if (row.pixels() != null) {
          seen.add(row);
        } else if (row.reason() != null) {
          refuse(row, row.reason());
        }
        context.progress(rows, request.rows().size(), "rows");
      }
      if (!seen.isEmpty()) {
        compare(seen);
      }
      found.forEach((track, list) -> scores.put(model, columns(track), list));
      found.clear();
    }

    private void refuse(PreparedRow row, String reason) {
      for (CaptionTrack track : lacking(row)) {
        add(row, track, null, reason);
        failed++;
      }
    }

    private static List<CaptionTrack> lacking(PreparedRow row) {
      return row.row().tracks().stream().filter(track -> !row.reused().containsKey(track)).toList();
    }

    private void compare(List<PreparedRow> seen) {
      List<PixelTensor> pixels = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (PreparedRow row : seen) {
        PixelTensor prepared = row.pixels();
        if (prepared != null) {
          pixels.add(prepared);
        }
        lacking(row).forEach(track -> texts.add(row.row().caption(track)));
      }
      float[][] images = space.images(pixels);
      Map<String, float[]> places = captions.of(texts);
      for (int i = 0; i < images.length; i++) {
        PreparedRow row = seen.get(i);
        for (CaptionTrack track : lacking(row)) {
          double similarity = cosine(images[i], places.get(row.row().caption(track)));
          if (Double.isFinite(similarity)) {
            add(row, track, similarity, null);
            scored++;
          } else {
            add(row, track, null, "The model gives no number for this image and caption");
            failed++;
          }
        }
      }
    }

    private void add(
        PreparedRow row, CaptionTrack track, @Nullable Double similarity, @Nullable String reason) {
      String caption = ContentDigest.of(row.row().caption(track));
      found
          .computeIfAbsent(track, unknown -> new ArrayList<>())
          .add(new Score(row.row().row().key(), caption, row.imageHash(), similarity, reason));
    }

    ScoreReport report(double seconds) {
      return new ScoreReport(model, rows, scored, reused, kept, failed, blank, seconds);
    }
  }

  /** Of two vectors of length 1, with the digits that single precision has. */
  private static double cosine(float[] image, float @Nullable [] caption) {
    if (caption == null) {
      throw new IllegalStateException("Every caption of the batch was read");
    }
    double sum = 0;
    for (int d = 0; d < image.length; d++) {
      sum += (double) image[d] * caption[d];
    }
    return Double.parseDouble(Float.toString((float) sum));
  }
}
