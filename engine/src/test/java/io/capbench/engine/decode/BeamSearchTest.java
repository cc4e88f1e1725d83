package io.capbench.engine.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.capbench.engine.decode.Hypothesis.Finish;
import io.capbench.storage.model.CapbenchException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules that recorded runs seldom reach; the runs themselves are in GenerationGoldenTest. */
final class BeamSearchTest {
  private static final int END = 9;

  @Test
  void anEndedTextIsScoredByThePaddedPromptAndItsTokensWithoutTheEnd() {
    BeamSearch search = new BeamSearch(options(Scoring.HF428, false, 1), 10);
    search.advance(candidates("0:5:-1.0 0:6:-2.0 0:7:-3 0:8:-4"));
    search.advance(candidates("0:9:-1.5 1:9:-2.5 0:4:-7 0:3:-8"));

    assertThat(search.advance(candidates("0:9:-9 1:1:-10 0:2:-11 0:3:-12"))).isEmpty();
    Hypothesis best = search.results().get(0);
    assertThat(best.tokens()).containsExactly(5, END);
    assertThat(best.finish()).isEqualTo(Finish.EOS);
    assertThat(best.score()).isCloseTo(-1.5 / 11, within(1e-12));
  }

  @Test
  void todaysScoreCountsWhatWasGeneratedWithTheEnd() {
    BeamSearch search = new BeamSearch(options(Scoring.HF447, true, 2), 10);
    search.advance(candidates("0:5:-1 0:6:-2 0:7:-3 0:8:-4"));

    assertThat(search.advance(candidates("0:9:-1.5 1:9:-2.5 0:4:-7 0:3:-8"))).isEmpty();
    assertThat(search.results().get(0).score()).isCloseTo(-1.5 / 4, within(1e-12));
  }

  @Test
  void anEndAmongTheSpareCandidatesDoesNotCount() {
    BeamSearch search = new BeamSearch(options(Scoring.HF447, true, 1), 4);

    List<Beam> beams = search.advance(candidates("0:9:-1 0:5:-2 0:9:-3 0:6:-4"));

    assertThat(beams).containsExactly(new Beam(0, 5, -2), new Beam(0, 6, -4));
    assertThat(search.best()).containsExactly(5);
    assertThatThrownBy(search::results).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void beamsThatAreOpenAtTheLimitCompeteWithoutAnEnd() {
    DecodingOptions options = new DecodingOptions(2, 2, Scoring.HF447, 1, false, 2, List.of(END));
    BeamSearch search = new BeamSearch(options, 4);
    search.advance(candidates("0:5:-1 0:6:-2 0:9:-3 0:8:-4"));

    assertThat(search.advance(candidates("1:3:-2.5 0:9:-3 0:4:-3.5 1:2:-9"))).isEmpty();
    assertThat(search.results())
        .extracting(Hypothesis::tokens)
        .containsExactly(List.of(6, 3), List.of(5, END));
    assertThat(search.results())
        .extracting(Hypothesis::finish)
        .containsExactly(Finish.LENGTH, Finish.EOS);
  }

  @Test
  void aFullPoolEndsTheRowOnlyWhenNothingBetterCanCome() {
    BeamSearch search = new BeamSearch(options(Scoring.HF447, false, 1), 4);
    search.advance(candidates("0:5:-1 0:6:-2 0:7:-3 0:8:-4"));

    // -9/2 and -9.5/2 are kept; -1.1/2 is better than either.
    assertThat(search.advance(candidates("0:9:-9 0:9:-9.5 0:4:-9.6 0:3:-9.7"))).hasSize(2);
    assertThat(search.advance(candidates("0:4:-9.7 1:4:-9.8 0:3:-9.9 1:3:-10"))).hasSize(2);
    assertThat(search.advance(candidates("0:9:-20 1:4:-21 0:3:-22 1:3:-23"))).isEmpty();
    assertThat(search.results().get(0).score()).isCloseTo(-4.5, within(1e-9));
  }

  @Test
  void rowsBeforeItInABatchLetARowOfTransformers428RunOn() {
    String first = "0:5:-1 0:6:-2 0:7:-3 0:8:-4";
    // Two ends are kept, the worse at -2.1 / 11; the next best could reach -2.2 / 12 or / 13.
    String second = "0:9:-2 1:9:-2.1 0:4:-2.2 0:3:-2.3";
    String third = "0:4:-2.35 0:5:-2.4 1:4:-2.45 1:5:-2.5";
    BeamSearch alone = new BeamSearch(options(Scoring.HF428, false, 1), 10);
    alone.advance(candidates(first));
    alone.advance(candidates(second));
    assertThat(alone.advance(candidates(third))).hasSize(2);
    assertThat(alone.advance(candidates("0:4:-2.7 0:5:-2.8 1:4:-2.9 1:5:-3"))).isEmpty();

    SharedBatch batch = new SharedBatch(3, 1);
    BeamSearch last = new BeamSearch(options(Scoring.HF428, false, 1), 10, batch, 2);
    last.advance(candidates(first));
    last.advance(candidates(second));
    last.advance(candidates(third));
    assertThat(last.advance(candidates("0:4:-2.7 0:5:-2.8 1:4:-2.9 1:5:-3"))).hasSize(2);
  }

  @Test
  void aBatchCountsRowsInTheStepInWhichTheyEndAndNoLonger() {
    SharedBatch batch = new SharedBatch(3, 1);
    batch.done(0, 4);

    assertThat(batch.runningBefore(0, 4)).isZero();
    assertThat(batch.runningBefore(2, 4)).isEqualTo(2);
    assertThat(batch.runningBefore(2, 5)).isEqualTo(1);
  }

  @Test
  void severalEndTokensNeedMoreCandidatesAndTheFirstStandsForAll() {
    DecodingOptions options = new DecodingOptions(2, 8, Scoring.HF447, 1, true, 1, List.of(END, 8));
    assertThat(options.candidates()).isEqualTo(6);
    BeamSearch search = new BeamSearch(options, 4);

    assertThat(search.advance(candidates("0:8:-1 0:9:-2 0:9:-3 0:8:-4 0:1:-5 0:2:-6"))).isEmpty();
    assertThat(search.results().get(0).tokens()).containsExactly(END);
  }

  @Test
  void endTokensThatLeaveNothingElseAreAnErrorThatNamesTheFile() {
    BeamSearch search = new BeamSearch(options(Scoring.HF447, false, 1), 4);
    assertThatThrownBy(() -> search.advance(candidates("0:9:-1 0:9:-2 0:9:-3 0:9:-4")))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("generation_config.json");
  }

  @Test
  void ofEqualTextsTheLastOneIsReturnedAndTheFirstIsDropped() {
    HypothesisPool pool = new HypothesisPool(2);
    pool.add(new Hypothesis(List.of(1), -1.0, Finish.EOS));
    pool.add(new Hypothesis(List.of(2), -1.0, Finish.EOS));
    assertThat(pool.best(1).get(0).tokens()).containsExactly(2);

    pool.add(new Hypothesis(List.of(3), -1.0, Finish.EOS));
    assertThat(pool.best(2)).extracting(Hypothesis::tokens).doesNotContain(List.of(3));
    pool.add(new Hypothesis(List.of(4), -0.5, Finish.EOS));
    assertThat(pool.best(2)).extracting(Hypothesis::tokens).containsExactly(List.of(4), List.of(2));
    assertThat(pool.worst()).isEqualTo(-1);
  }

  @Test
  void greedySearchStopsAtAnyEndOrAtTheLimit() {
    GreedySearch search = new GreedySearch(DecodingOptions.greedy(3, List.of(END, 8)));
    assertThat(search.advance(candidates("0:5:0"))).containsExactly(new Beam(0, 5, 0));
    assertThatThrownBy(search::results).isInstanceOf(IllegalStateException.class);
    assertThat(search.advance(candidates("0:8:0"))).isEmpty();
    assertThat(search.results()).containsExactly(new Hypothesis(List.of(5, 8), null, Finish.EOS));

    GreedySearch limited = new GreedySearch(DecodingOptions.greedy(1, List.of()));
    assertThat(limited.advance(candidates("0:9:0"))).isEmpty();
    assertThat(limited.results().get(0).finish()).isEqualTo(Finish.LENGTH);
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new DecodingOptions(0, 1, Scoring.HF428, 1, false, 1, List.of()))
        .hasMessageContaining("0 beams");
    assertThatThrownBy(() -> DecodingOptions.greedy(0, List.of())).hasMessageContaining("0 new");
    assertThatThrownBy(() -> new DecodingOptions(2, 1, Scoring.HF428, 1, false, 3, List.of()))
        .hasMessageContaining("cannot return 3");
    assertThatThrownBy(
            () -> new DecodingOptions(2, 1, Scoring.HF428, Double.NaN, false, 1, List.of()))
        .hasMessageContaining("length penalty");
    assertThatThrownBy(() -> Scoring.of("hf400")).hasMessageContaining("hf428 or hf447");
    assertThat(Scoring.of(" HF447")).isEqualTo(Scoring.HF447);
  }

  private static DecodingOptions options(Scoring scoring, boolean early, double penalty) {
    return new DecodingOptions(2, 8, scoring, penalty, early, 1, List.of(END));
  }

  /** "beam:token:score ..." */
  private static Candidates candidates(String text) {
    String[] all = text.split(" ", -1);
    int[] beams = new int[all.length];
    int[] tokens = new int[all.length];
    float[] scores = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      String[] one = all[i].split(":", -1);
      beams[i] = Integer.parseInt(one[0]);
      tokens[i] = Integer.parseInt(one[1]);
      scores[i] = Float.parseFloat(one[2]);
    }
    return new Candidates(beams, tokens, scores);
  }
}
