package io.capbench.engine.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.explain.PatchMap;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelevanceComparisonTest {
  @TempDir private Path folder;

  @BeforeEach
  void makeAModel() {
    RandomClip.SMALL.write(folder);
  }

  private ClipModel load() {
    return new ClipLoader(folder.resolve("cache"))
        .load(folder, DeviceChoice.CPU, null, JobContext.unwatched());
  }

  @Test
  void bothWaysGiveTheSameMaps() {
    try (ClipModel model = load();
        RelevanceComparison comparison = new RelevanceComparison(model, 3)) {
      RelevanceComparison.Own own = comparison.own();
      assertThat(own.maps()).hasSize(3).allSatisfy(maps -> assertThat(maps).hasSize(4));
      assertThat(own.maps().get(0)).doesNotHaveDuplicates();
      assertThat(comparison.notebook(own, JobContext.unwatched())).isPositive();
      assertThat(comparison.forward()).isPositive();
    }
  }

  @Test
  void otherMapsAreNoticed() {
    try (ClipModel model = load();
        RelevanceComparison comparison = new RelevanceComparison(model, 2)) {
      List<List<PatchMap>> swapped = new ArrayList<>(comparison.own().maps());
      Collections.reverse(swapped);
      RelevanceComparison.Own other = new RelevanceComparison.Own(swapped, 1);
      assertThatThrownBy(() -> comparison.notebook(other, JobContext.unwatched()))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("compare nothing");
    }
  }

  @Test
  void theModelIsTheSameEveryTime() {
    try (ClipModel first = load();
        RelevanceComparison comparison = new RelevanceComparison(first, 1)) {
      RandomClip.SMALL.write(folder.resolve("again"));
      try (ClipModel second =
              new ClipLoader(folder)
                  .load(folder.resolve("again"), DeviceChoice.CPU, null, JobContext.unwatched());
          RelevanceComparison other = new RelevanceComparison(second, 1)) {
        assertThat(other.own().maps()).isEqualTo(comparison.own().maps());
      }
      assertThat(first.description().parameters() * Float.BYTES)
          .isEqualTo(RandomClip.SMALL.bytes());
    }
  }
}
