package io.capbench.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.engine.weights.ModelAdvice;
import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.query.RowQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The bundled sample, what is true of it, and the models that come with it. */
public final class SampleWorld {
  private static final AppHome HOME = AppHome.find();

  private final List<JsonNode> truth = new ArrayList<>();

  /** Reads what is true of it. */
  public SampleWorld() throws IOException {
    for (String line : Files.readAllLines(HOME.sample().resolveSibling("truth.jsonl"))) {
      truth.add(new ObjectMapper().readTree(line));
    }
  }

  /** The repository. */
  public AppHome home() {
    return HOME;
  }

  /** The file of the rows. */
  public Path rows() {
    return HOME.sample();
  }

  /** The model for grounding. */
  public Path clip() {
    return Objects.requireNonNull(HOME.sampleClip(), "samples/models/sample-clip");
  }

  /** The model for fusing. */
  public Path fuser() {
    return Objects.requireNonNull(HOME.sampleFuser(), "samples/models/sample-fuser");
  }

  /** What its maker says of a model. */
  public static String note(Path model) {
    return Objects.requireNonNull(ModelAdvice.of(model).note(), "note");
  }

  /** What is true of a row. */
  public JsonNode truth(int row) {
    return truth.get(row);
  }

  /** The captions and the picture of the first rows. */
  public List<CaptionRow> first(int rows, Path cache) {
    try (Dataset dataset = open(cache);
        RowView view =
            dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
      return view.page(0, rows);
    }
  }

  /** Writes the picture of a row to a file. */
  public void picture(int row, Path file, Path cache) throws IOException {
    CaptionRow found = first(row + 1, cache).get(row);
    try (Dataset dataset = open(cache)) {
      Files.write(file, dataset.images().read(found.image()).bytes());
    } catch (ImageException e) {
      throw new IOException(e);
    }
  }

  private Dataset open(Path cache) {
    return new DatasetOpener(cache).open(List.of(rows()), JobContext.unwatched());
  }

  /**
   * Whether a point lies in the box of a thing.
   *
   * @param x fraction of the picture's width
   * @param y fraction of its height
   */
  public boolean inBox(int row, String colour, String kind, double x, double y) {
    JsonNode picture = truth(row);
    double left = x * picture.path("width").intValue();
    double top = y * picture.path("height").intValue();
    for (JsonNode object : picture.path("objects")) {
      JsonNode box = object.path("box");
      if (object.path("kind").textValue().equals(kind)
          && object.path("colour").textValue().equals(colour)) {
        return left >= box.path(0).intValue()
            && left <= box.path(0).intValue() + box.path(2).intValue()
            && top >= box.path(1).intValue()
            && top <= box.path(1).intValue() + box.path(3).intValue();
      }
    }
    throw new IllegalArgumentException("There is no " + colour + " " + kind + " in row " + row);
  }
}
