package io.capbench.samples.fuser;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.fusion.CaptionPair;
import io.capbench.engine.fusion.Finish;
import io.capbench.engine.fusion.FusedCaption;
import io.capbench.engine.fusion.Fuser;
import io.capbench.engine.fusion.FuserDescription;
import io.capbench.engine.fusion.FusionSink;
import io.capbench.engine.fusion.KeyedPair;
import io.capbench.samples.caption.FusionPair;
import io.capbench.samples.caption.PairWriter;
import io.capbench.samples.fuser.FuserEvaluation.Figures;
import io.capbench.samples.fuser.FuserEvaluation.Rate;
import io.capbench.storage.job.JobContext;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FuserEvaluationTest {
  private static final List<FusionPair> PAIRS =
      IntStream.range(0, 300).mapToObj(new PairWriter(5, true)::pair).toList();

  @Test
  void theCaptionsThatWereToBeSaidAreAllRight() {
    Figures figures = measure(PAIRS.stream().map(FusionPair::fused).toList());

    assertThat(figures.failures()).isEmpty();
    assertThat(figures.rates()).allSatisfy((name, rate) -> assertThat(rate.share()).isEqualTo(1));
    assertThat(figures.facts().values()).allSatisfy(rate -> assertThat(rate.share()).isEqualTo(1));
    assertThat(figures.rates().get("all facts of both parents kept")).isEqualTo(new Rate(300, 300));
    long mistakes = PAIRS.stream().filter(pair -> pair.mistake().isPresent()).count();
    assertThat(figures.rates().get("mistakes corrected").of()).isEqualTo((int) mistakes);
  }

  @Test
  void oneWrongCaptionIsOneWrong() {
    List<String> captions =
        IntStream.range(0, 300)
            .mapToObj(i -> i == 7 ? "A giraffe." : PAIRS.get(i).fused())
            .toList();

    Figures figures = measure(captions);

    assertThat(figures.rates().get("all facts of both parents kept")).isEqualTo(new Rate(299, 300));
    assertThat(figures.rates().get("nothing that is in neither parent"))
        .isEqualTo(new Rate(299, 300));
    assertThat(figures.failures()).singleElement().asString().contains("giraffe");
  }

  @Test
  void theCaptionerAloneIsFarFromRight() {
    Figures figures = measure(PAIRS.stream().map(FusionPair::synthetic).toList());

    assertThat(figures.rates().get("all facts of both parents kept").share()).isLessThan(0.2);
    assertThat(figures.rates().get("mistakes corrected").share()).isZero();
    assertThat(figures.failures()).hasSize(20);
  }

  @Test
  void bothOneBehindTheOtherIsNoFusion() {
    Figures figures =
        measure(PAIRS.stream().map(pair -> pair.raw() + ". " + pair.synthetic()).toList());

    assertThat(figures.rates().get("no plain concatenation").share()).isLessThan(0.05);
  }

  private static Figures measure(List<String> captions) {
    return new FuserEvaluation(PAIRS, new Judge(PAIRS))
        .measure(new Prompter(captions), JobContext.unwatched());
  }

  /** Says what it is told to say. */
  private record Prompter(List<String> captions) implements Fuser {
    @Override
    public FuserDescription description() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FusedCaption fuse(CaptionPair pair, Consumer<String> part, JobContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <K> void fuseAll(Iterator<KeyedPair<K>> pairs, FusionSink<K> sink, JobContext context) {
      int next = 0;
      while (pairs.hasNext()) {
        sink.fused(
            pairs.next().key(),
            new FusedCaption(captions.get(next++), List.of(1), Double.NaN, 1, Finish.EOS));
      }
    }

    @Override
    public void close() {}
  }
}
