package io.capbench.app.bench;

import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.pixels.PixelTensor;
import io.capbench.engine.score.CaptionScorer;
import io.capbench.engine.score.ClipSpace;
import io.capbench.engine.score.JointSpace;
import io.capbench.engine.score.ScoreRequest;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Images a second of a scoring, from files to numbers in the workspace, against the two towers
 * alone on what is prepared already, in the same batches.
 */
final class ScoringCases {
  private static final ColumnMapping MAPPING =
      new ColumnMapping(
          List.of(new CaptionTrack("caption", TrackRole.SYNTHETIC, "caption")),
          "image",
          ImageKind.FILE);
  private static final int WORDS = 5;
  private static final double NANOS = 1e9;

  private final Path folder;
  private final int images;
  private final JobContext context;
  private final Consumer<String> say;
  private final List<String> captions = new ArrayList<>();

  ScoringCases(Path folder, int images, JobContext context, Consumer<String> say) {
    this.folder = folder;
    this.images = images;
    this.context = context;
    this.say = say;
  }

  BenchCase run(String name, Path model, ClipLoader loader, DeviceChoice device) {
    String what = "scoring " + images + " images of 512 x 512, " + name;
    say.accept(what);
    Path table = makeDataset();
    DatasetOpener opener = new DatasetOpener(folder.resolve("cache"));
    try (JointSpace space = ClipSpace.open(model, device, null, loader, context);
        Dataset dataset = opener.open(List.of(table), context)) {
      List<PixelTensor> prepared = prepare(space, space.batch());
      bare(space, prepared, space.batch()); // the first time is slower
      double before = bare(space, prepared, images);
      double own = scored(space, dataset, name);
      double after = bare(space, prepared, images);
      double bare = 2 / (1 / before + 1 / after);
      return BenchCase.against(what, own, "images/s", bare);
    }
  }

  private double scored(JointSpace space, Dataset dataset, String name) {
    Path file = folder.resolve("scores-" + name.replace('/', '-') + ".capbench");
    try {
      Files.deleteIfExists(file);
      try (Workspace workspace = Workspace.open(file);
          RowView rows = dataset.view(MAPPING, RowQuery.ALL, context)) {
        ScoreRequest request =
            new ScoreRequest(rows, MAPPING, MAPPING.tracks(), dataset.images(), false);
        long start = System.nanoTime();
        long scored = new CaptionScorer(space, workspace.scores()).score(request, context).scored();
        if (scored != images) {
          throw new CapbenchException("Of " + images + " captions only " + scored + " were scored");
        }
        return images / ((System.nanoTime() - start) / NANOS);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new CapbenchException(file + " cannot be removed: " + e + "; remove it", e);
    }
  }

  /** The towers alone, as often as scoring needs them. */
  private double bare(JointSpace space, List<PixelTensor> prepared, int count) {
    long start = System.nanoTime();
    for (int from = 0; from < count; from += prepared.size()) {
      context.checkCancelled();
      int size = Math.min(prepared.size(), count - from);
      space.images(prepared.subList(0, size));
      space.captions(captions.subList(from, from + size));
    }
    return count / ((System.nanoTime() - start) / NANOS);
  }

  private List<PixelTensor> prepare(JointSpace space, int count) {
    List<PixelTensor> prepared = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try {
        prepared.add(space.prepare(BenchImage.encoded(i)));
      } catch (ImageException e) {
        throw new CapbenchException("The image of the benchmark does not decode", e);
      }
    }
    return prepared;
  }

  private Path makeDataset() {
    Path table = folder.resolve("photos.jsonl");
    Random random = new Random(3);
    StringBuilder lines = new StringBuilder();
    captions.clear();
    try {
      Files.createDirectories(folder.resolve("photos"));
      for (int i = 0; i < images; i++) {
        Path photo = folder.resolve("photos").resolve(i + ".jpg");
        if (!Files.exists(photo)) {
          Files.write(photo, BenchImage.encoded(i).bytes());
        }
        String caption = caption(random);
        captions.add(caption);
        lines.append("{\"image\": \"photos/").append(i).append(".jpg\", \"caption\": \"");
        lines.append(caption).append("\"}\n");
      }
      return Files.writeString(table, lines);
    } catch (IOException e) {
      throw new CapbenchException(folder + " cannot be written: " + e + "; name another one", e);
    }
  }

  /** About as many tokens as a real one; the tokenizer of the benchmark knows letters only. */
  private static String caption(Random random) {
    StringBuilder caption = new StringBuilder();
    for (int word = 0; word < WORDS; word++) {
      for (int letter = 0; letter < WORDS; letter++) {
        caption.append((char) ('a' + random.nextInt(26)));
      }
      caption.append(word + 1 < WORDS ? " " : ".");
    }
    return caption.toString();
  }
}
