package io.capbench.storage.export;

import io.capbench.storage.dataset.RowView;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.model.DatasetInfo;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What to export, how and where to.
 *
 * @param source where rows, pictures, decisions and scores come from
 * @param choice which rows and captions leave
 * @param target where they go
 */
public record ExportRequest(Source source, Choice choice, Target target) {

  /**
   * Where rows, pictures, decisions and scores come from.
   *
   * @param rows the rows in the order in which they leave; the caller closes it
   * @param info the dataset they belong to; its mapping says which tracks and images there are
   * @param images reads their pictures
   * @param decisions what holds for given rows, such as {@code workspace.decisions()::current};
   *     called for a page of rows at a time
   * @param similarities what is told of how alike captions and images are
   */
  public record Source(
      RowView rows,
      DatasetInfo info,
      ImageSource images,
      Function<Collection<RowKey>, Map<RowKey, Decision>> decisions,
      Similarities similarities) {

    /** A source that tells no similarities. */
    public Source(
        RowView rows,
        DatasetInfo info,
        ImageSource images,
        Function<Collection<RowKey>, Map<RowKey, Decision>> decisions) {
      this(rows, info, images, decisions, Similarities.NONE);
    }
  }

  /**
   * How alike captions and images of the rows are.
   *
   * @param names what there is of each row; its field is {@code similarity_NAME}
   * @param values what given rows have of it, by name; called for a page of rows at a time
   */
  public record Similarities(
      List<String> names, Function<Collection<RowKey>, Map<RowKey, Map<String, Double>>> values) {
    /** Nothing. */
    public static final Similarities NONE = new Similarities(List.of(), keys -> Map.of());

    public Similarities {
      names = List.copyOf(names);
    }
  }

  /**
   * Which rows and captions leave.
   *
   * @param selection which rows, by decision
   * @param captions which caption of a row
   * @param description how the rows were found, such as filter and order, for the manifest only
   */
  public record Choice(
      DecisionSelection selection, CaptionPolicy captions, Map<String, String> description) {
    public Choice {
      description = Collections.unmodifiableMap(new TreeMap<>(description));
    }
  }

  /**
   * Where they go.
   *
   * @param folder made if it does not exist
   * @param samplesPerShard rows a shard at most, 1 to 1,000,000
   * @param overwrite whether an earlier export in the folder may be replaced
   */
  public record Target(Path folder, int samplesPerShard, boolean overwrite) {
    /** The number of samples a shard that img2dataset writes. */
    public static final int DEFAULT_SAMPLES_PER_SHARD = 10_000;

    private static final int MAX_SAMPLES_PER_SHARD = 1_000_000;

    public Target {
      if (samplesPerShard < 1 || samplesPerShard > MAX_SAMPLES_PER_SHARD) {
        throw new IllegalArgumentException(
            "A shard has 1 to 1,000,000 samples, not " + samplesPerShard);
      }
    }
  }
}
