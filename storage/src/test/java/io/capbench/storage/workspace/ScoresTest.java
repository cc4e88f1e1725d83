package io.capbench.storage.workspace;

import static io.capbench.storage.workspace.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ContentDigest;
import io.capbench.storage.model.RowKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoresTest {
  private static final ScoreColumns ALT = new ScoreColumns("alt", "url");
  private static final String IMAGE = ContentDigest.of(new byte[] {1, 2});

  @TempDir Path folder;
  private Workspace workspace;
  private Scores scores;
  private ScoredModel model;

  @BeforeEach
  void open() {
    workspace = Workspace.open(folder.resolve("w.capbench"));
    scores = workspace.scores();
    model = scores.use("c0".repeat(32), "ViT-B-16");
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  private static Score score(RowKey key, double similarity) {
    return new Score(key, ContentDigest.of("text " + key.row()), IMAGE, similarity, null);
  }

  private static Score failed(RowKey key, String reason) {
    return new Score(key, ContentDigest.of("text " + key.row()), null, null, reason);
  }

  @Test
  void scoresAndReasonsSurviveReopening() {
    List<Score> put =
        List.of(score(row(1).key(), 0.25), failed(row(2).key(), "The image is no picture"));
    scores.put(model, ALT, put);
    workspace.close();
    workspace = Workspace.open(folder.resolve("w.capbench"));
    List<RowKey> keys = List.of(row(1).key(), row(2).key(), row(3).key());
    assertThat(workspace.scores().of(model, ALT, keys))
        .hasSize(2)
        .containsEntry(row(1).key(), put.get(0))
        .containsEntry(row(2).key(), put.get(1));
  }

  @Test
  void anotherModelColumnOrImageIsAnotherScore() {
    scores.put(model, ALT, List.of(score(row(1).key(), 0.25)));
    ScoredModel other = scores.use("d0".repeat(32), "other");
    Set<RowKey> key = Set.of(row(1).key());
    assertThat(scores.of(other, ALT, key)).isEmpty();
    assertThat(scores.of(model, new ScoreColumns("blip", "url"), key)).isEmpty();
    assertThat(scores.of(model, new ScoreColumns("alt", "image"), key)).isEmpty();
    assertThat(scores.of(model, ALT, Set.of(row(Rows.SECOND_SHARD, 1).key()))).isEmpty();
    assertThat(scores.of(model, ALT, key)).hasSize(1);
  }

  @Test
  void theLaterScoreOfARowHolds() {
    scores.put(model, ALT, List.of(failed(row(1).key(), "No answer")));
    scores.put(model, ALT, List.of(score(row(1).key(), 0.5)));
    assertThat(scores.of(model, ALT, Set.of(row(1).key())).values())
        .containsExactly(score(row(1).key(), 0.5));
  }

  @Test
  void theModelUsedLastComesFirstAndKeepsItsLabel() {
    ScoredModel twin = scores.use("d0".repeat(32), "vit-b-16");
    assertThat(twin.label()).isEqualTo("vit-b-16-2");
    assertThat(scores.models()).containsExactly(twin, model);
    assertThat(scores.use("c0".repeat(32), "moved")).isEqualTo(model);
    assertThat(scores.models()).containsExactly(model, twin);
  }

  @Test
  void theScoreOfTheSameCaptionAndImageIsFoundInWhateverShard() {
    scores.put(model, ALT, List.of(score(row(1).key(), 0.25), failed(row(2).key(), "Damaged")));
    String text = ContentDigest.of("text 1");
    assertThat(scores.ofSameContent(model, text, IMAGE)).hasValue(0.25);
    assertThat(scores.ofSameContent(model, text, ContentDigest.of("another image"))).isEmpty();
    assertThat(scores.ofSameContent(model, ContentDigest.of("another text"), IMAGE)).isEmpty();
    assertThat(scores.ofSameContent(model, ContentDigest.of("text 2"), IMAGE)).isEmpty();
    ScoredModel other = scores.use("d0".repeat(32), "other");
    assertThat(scores.ofSameContent(other, text, IMAGE)).isEmpty();
  }

  @Test
  void everySimilarityIsHandedOverOnceInTheOrderOfRowsAcrossBatches() {
    List<Score> many =
        LongStream.range(0, 12_345).mapToObj(i -> score(row(i).key(), i / 20_000.0)).toList();
    scores.put(model, ALT, many);
    scores.put(model, ALT, List.of(failed(row(7).key(), "Damaged")));
    scores.put(model, ALT, List.of(score(row(Rows.SECOND_SHARD, 3).key(), -1)));
    List<Long> rows = new ArrayList<>();
    scores.forEach(
        new ScoreSeries(model, ALT),
        Rows.FIRST_SHARD,
        (row, similarity) -> {
          assertThat(similarity).isEqualTo(row / 20_000.0);
          rows.add(row);
        });
    assertThat(rows).isEqualTo(LongStream.range(0, 12_345).filter(i -> i != 7).boxed().toList());
  }

  @Test
  void seriesNameWhatWasScoredInTheseShards() {
    scores.put(model, ALT, List.of(score(row(1).key(), 0.25)));
    scores.put(model, ALT, List.of(score(row(Rows.SECOND_SHARD, 1).key(), 0.25)));
    ScoredModel later = scores.use("d0".repeat(32), "later");
    ScoreColumns blip = new ScoreColumns("blip", "url");
    scores.put(later, blip, List.of(score(row(1).key(), 0.25)));
    assertThat(scores.series(Rows.BOTH))
        .containsExactly(new ScoreSeries(later, blip), new ScoreSeries(model, ALT));
    assertThat(scores.series(Set.of(Rows.SECOND_SHARD)))
        .containsExactly(new ScoreSeries(model, ALT));
    assertThat(scores.series(Set.of("ee".repeat(32)))).isEmpty();
  }

  @Test
  void theVersionTellsOfWritesHereAndElsewhere() {
    Scores.Version before = scores.version();
    assertThat(scores.version()).isEqualTo(before);
    scores.put(model, ALT, List.of(score(row(1).key(), 0.25)));
    Scores.Version own = scores.version();
    assertThat(own).isNotEqualTo(before);
    try (Workspace other = Workspace.open(folder.resolve("w.capbench"))) {
      other.scores().put(model, ALT, List.of(score(row(2).key(), 0.25)));
    }
    assertThat(scores.version()).isNotEqualTo(own);
  }

  @Test
  void aBatchThatFailsLeavesNothing() {
    ScoredModel unknown = new ScoredModel(99, "e0".repeat(32), "unknown");
    assertThatThrownBy(() -> scores.put(unknown, ALT, List.of(score(row(1).key(), 0.25))))
        .isInstanceOf(CapbenchException.class);
    assertThat(scores.series(Rows.BOTH)).isEmpty();
  }

  @Test
  void aScoreHasASimilarityOrAReason() {
    String text = ContentDigest.of("text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Score(row(1).key(), text, null, null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Score(row(1).key(), text, null, 0.5, "both"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Score(row(1).key(), text, null, Double.NaN, null));
  }
}
