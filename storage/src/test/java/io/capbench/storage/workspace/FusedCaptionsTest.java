package io.capbench.storage.workspace;

import static io.capbench.storage.workspace.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class FusedCaptionsTest {
  private static final FusionColumns PARENTS = new FusionColumns("alt", "blip");
  private static final FuserIdentity IDENTITY =
      new FuserIdentity("c0".repeat(32), "d0".repeat(32), "bf16", "beams=3");

  @TempDir Path folder;
  private Workspace workspace;
  private FusedCaptions fusions;
  private KnownFuser fuser;

  @BeforeEach
  void open() {
    workspace = Workspace.open(folder.resolve("w.capbench"));
    fusions = workspace.fusions();
    fuser = fusions.use(IDENTITY, "capsfus");
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  private static Fusion fused(RowKey key, String text) {
    String parents = Fusion.parentsHash("raw " + key.row(), "seen " + key.row());
    return new Fusion(key, parents, text, -0.5, "eos", List.of("empty", "prompt_leak"), null);
  }

  private static Fusion failed(RowKey key, String reason) {
    return Fusion.failed(key, Fusion.parentsHash("raw " + key.row(), null), reason);
  }

  private static FuserIdentity other(String decoding) {
    return new FuserIdentity("c0".repeat(32), "d0".repeat(32), "bf16", decoding);
  }

  @Test
  void captionsAndReasonsSurviveReopening() {
    List<Fusion> put =
        List.of(
            fused(row(1).key(), "one"),
            failed(row(2).key(), "There is no synthetic caption"),
            new Fusion(row(3).key(), "ab".repeat(16), "", null, "length", List.of(), null));
    fusions.put(fuser, PARENTS, put);
    workspace.close();
    workspace = Workspace.open(folder.resolve("w.capbench"));
    List<RowKey> keys = List.of(row(1).key(), row(2).key(), row(3).key(), row(4).key());
    assertThat(workspace.fusions().of(fuser, PARENTS, keys).values())
        .containsExactlyInAnyOrderElementsOf(put);
    assertThat(workspace.fusions().fusers()).containsExactly(fuser);
  }

  @Test
  void anotherFuserColumnOrShardIsAnotherCaption() {
    fusions.put(fuser, PARENTS, List.of(fused(row(1).key(), "one")));
    Set<RowKey> key = Set.of(row(1).key());
    assertThat(fusions.of(fusions.use(other("beams=1"), "capsfus"), PARENTS, key)).isEmpty();
    assertThat(fusions.of(fuser, new FusionColumns("alt", "cogvlm"), key)).isEmpty();
    assertThat(fusions.of(fuser, new FusionColumns("text", "blip"), key)).isEmpty();
    assertThat(fusions.of(fuser, PARENTS, Set.of(row(Rows.SECOND_SHARD, 1).key()))).isEmpty();
    assertThat(fusions.of(fuser, PARENTS, key)).hasSize(1);
  }

  @Test
  void theLaterCaptionOfARowHolds() {
    fusions.put(fuser, PARENTS, List.of(failed(row(1).key(), "No answer")));
    fusions.put(fuser, PARENTS, List.of(fused(row(1).key(), "one")));
    assertThat(fusions.of(fuser, PARENTS, Set.of(row(1).key())).values())
        .containsExactly(fused(row(1).key(), "one"));
  }

  @Test
  void aFuserIsNamedAfterModelAndPrecisionAndKeepsItsLabel() {
    assertThat(fuser.label()).isEqualTo("fused (capsfus, bf16)");
    KnownFuser twin = fusions.use(other("beams=1"), "CapsFus");
    assertThat(twin.label()).isEqualTo("fused (CapsFus, bf16) 2");
    FuserIdentity endpoint = new FuserIdentity("e0".repeat(32), "d0".repeat(32), "", "beams=1");
    assertThat(fusions.use(endpoint, " ").label()).isEqualTo("fused (model)");
    assertThat(fusions.use(IDENTITY, "moved")).isEqualTo(fuser);
    assertThat(fusions.fusers()).hasSize(3).startsWith(fuser, twin);
  }

  @Test
  void whatWasMadeOfTheSameCaptionsIsFoundInWhateverShard() {
    fusions.put(fuser, PARENTS, List.of(fused(row(1).key(), "one")));
    fusions.put(fuser, PARENTS, List.of(failed(row(2).key(), "No answer")));
    assertThat(fusions.ofSameParents(fuser, Fusion.parentsHash("raw 1", "seen 1")))
        .hasValueSatisfying(found -> assertThat(found.text()).isEqualTo("one"));
    assertThat(fusions.ofSameParents(fuser, Fusion.parentsHash("raw 1", "seen 2"))).isEmpty();
    assertThat(fusions.ofSameParents(fuser, Fusion.parentsHash("raw 2", null))).isEmpty();
    KnownFuser twin = fusions.use(other("beams=1"), "capsfus");
    assertThat(fusions.ofSameParents(twin, Fusion.parentsHash("raw 1", "seen 1"))).isEmpty();
  }

  @Test
  void twoCaptionsNeverHaveTheHashOfTwoOthers() {
    assertThat(Fusion.parentsHash("a", "b"))
        .isNotEqualTo(Fusion.parentsHash("ab", ""))
        .isNotEqualTo(Fusion.parentsHash("b", "a"))
        .isNotEqualTo(Fusion.parentsHash("a1:b", null));
    assertThat(Fusion.parentsHash("a", null)).isNotEqualTo(Fusion.parentsHash("a", ""));
  }

  @Test
  void whatWasWrittenSinceIsHandedOverOnceAcrossBatches() {
    List<Fusion> many =
        LongStream.range(0, 2_345).mapToObj(i -> fused(row(i).key(), "text " + i)).toList();
    fusions.put(fuser, PARENTS, many);
    fusions.put(fuser, PARENTS, List.of(fused(row(Rows.SECOND_SHARD, 3).key(), "elsewhere")));
    FusionSeries series = new FusionSeries(fuser, PARENTS);
    List<Fusion> seen = new ArrayList<>();
    long last = fusions.forEachSince(series, Rows.FIRST_SHARD, 0, seen::add);
    assertThat(seen).isEqualTo(many);
    seen.clear();
    Fusion again = fused(row(7).key(), "again");
    fusions.put(fuser, PARENTS, List.of(again));
    last = fusions.forEachSince(series, Rows.FIRST_SHARD, last, seen::add);
    assertThat(seen).containsExactly(again);
    seen.clear();
    assertThat(fusions.forEachSince(series, Rows.FIRST_SHARD, last, seen::add)).isEqualTo(last);
    assertThat(seen).isEmpty();
  }

  @Test
  void seriesAreThoseOfTheShardsInTheOrderInWhichTheyWereBegun() {
    KnownFuser twin = fusions.use(other("beams=1"), "capsfus");
    fusions.put(twin, PARENTS, List.of(fused(row(1).key(), "one")));
    fusions.put(fuser, PARENTS, List.of(fused(row(1).key(), "two")));
    fusions.put(fuser, PARENTS, List.of(fused(row(Rows.SECOND_SHARD, 1).key(), "three")));
    assertThat(fusions.series(Set.of(Rows.FIRST_SHARD, Rows.SECOND_SHARD)))
        .containsExactly(new FusionSeries(twin, PARENTS), new FusionSeries(fuser, PARENTS));
    assertThat(fusions.series(Set.of(Rows.SECOND_SHARD)))
        .containsExactly(new FusionSeries(fuser, PARENTS));
    assertThat(fusions.series(Set.of())).isEmpty();
  }

  @Test
  void allOfABatchIsKeptOrNothing() {
    Fusion broken = new Fusion(row(2).key(), "no hash", "two", null, "eos", List.of(), null);
    assertThatThrownBy(
            () -> fusions.put(fuser, PARENTS, List.of(fused(row(1).key(), "one"), broken)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(fusions.of(fuser, PARENTS, Set.of(row(1).key()))).isEmpty();
    assertThat(fusions.series(Set.of(Rows.FIRST_SHARD))).isEmpty();
  }

  @Test
  void aCaptionHasATextOrAReason() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fusion.failed(row(1).key(), "ab".repeat(16), null));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Fusion(row(1).key(), "ab".repeat(16), "a", null, null, List.of("a b"), null));
  }
}
