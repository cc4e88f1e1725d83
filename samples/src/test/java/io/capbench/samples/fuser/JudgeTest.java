package io.capbench.samples.fuser;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.text.Flag;
import io.capbench.samples.caption.Fault;
import io.capbench.samples.caption.FusionPair;
import io.capbench.samples.caption.FusionPair.Fact;
import io.capbench.samples.caption.FusionPair.Mistake;
import io.capbench.samples.fuser.Judge.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Planted answers: each is wrong in one way, and only that is found. */
final class JudgeTest {
  private static final FusionPair PAIR =
      new FusionPair(
          "Buy Zolvix QX-12 Coffee Mug Red, $24.99",
          "a blue mug sitting on a desk next to a blue kite.",
          "Pictured is the Zolvix QX-12 Coffee Mug, listed at $24.99, a red mug sitting on a desk"
              + " next to a blue kite.",
          List.of(
              new Fact("brand", "Zolvix"),
              new Fact("code", "QX-12"),
              new Fact("price", "$24.99"),
              new Fact("object", "red mug"),
              new Fact("object", "blue kite"),
              new Fact("place", "on a desk")),
          Optional.of(new Mistake(Fault.ATTRIBUTE, "blue mug", "red mug")));

  private final Judge judge = new Judge(List.of(PAIR));

  @Test
  void theCaptionThatWasToBeSaidIsRight() {
    Verdict verdict = judge.judge(PAIR, PAIR.fused());

    assertThat(verdict.kept()).isEqualTo(PAIR.facts());
    assertThat(verdict.lost()).isEmpty();
    assertThat(verdict.invented()).isEmpty();
    assertThat(verdict.corrected()).contains(true);
    assertThat(verdict.flags()).isEmpty();
  }

  @Test
  void aFactIsLostIfOneLetterIsWrongOrMissing() {
    assertThat(lost("Zolvix", "Zolvik")).containsExactly("brand");
    assertThat(lost("QX-12", "QX-1")).containsExactly("code");
    assertThat(lost("QX-12", "QX-123")).containsExactly("code");
    assertThat(lost("$24.99", "$24.9")).containsExactly("price");
    assertThat(lost("blue kite", "kite")).containsExactly("object");
    assertThat(lost(" on a desk", "")).containsExactly("place");
    assertThat(lost("Zolvix", "ZOLVIX")).isEmpty();
  }

  @Test
  void wordsOfNeitherParentAreInventedUnlessTheyJoinFacts() {
    assertThat(said("sitting", "sitting with a giraffe").invented()).containsExactly("giraffe");
    assertThat(said("listed at", "pictured").invented()).isEmpty();
    assertThat(said("$24.99", "$24.99 or $37.50").flags()).containsExactly(Flag.INVENTED_NUMBER);
  }

  @Test
  void aMistakeIsCorrectedIfTheRightIsThereAndTheWrongIsNot() {
    assertThat(said("red mug", "blue mug").corrected()).contains(false);
    assertThat(said("red mug", "mug").corrected()).contains(false);
    assertThat(said("red mug", "red mug and a blue mug").corrected()).contains(false);
  }

  @Test
  void theWrongWordMayBeRightElsewhere() {
    FusionPair pair =
        new FusionPair(
            "Zolvix kite",
            "a hat next to a hat box",
            "A kite next to a hat box.",
            List.of(new Fact("object", "hat box")),
            Optional.of(new Mistake(Fault.OBJECT, "hat", "kite")));

    assertThat(judge.judge(pair, "A kite next to a hat box.").corrected()).contains(true);
    assertThat(judge.judge(pair, "A kite and a hat next to a hat box.").corrected())
        .contains(false);
  }

  @Test
  void twoOfAThingAreNotOne() {
    FusionPair pair =
        new FusionPair(
            "Zolvix mug",
            "two red mugs on a desk",
            "A red mug on a desk.",
            List.of(new Fact("object", "red mug")),
            Optional.of(new Mistake(Fault.COUNT, "two red", "red")));

    assertThat(judge.judge(pair, "A red mug on a desk.").corrected()).contains(true);
    assertThat(judge.judge(pair, "Two red mugs on a desk.").corrected()).contains(false);
    assertThat(judge.judge(pair, "Two red mug on a desk.").corrected()).contains(false);
  }

  @Test
  void detectorsAreAsked() {
    assertThat(judge.judge(PAIR, PAIR.raw() + " " + PAIR.synthetic()).flags())
        .contains(Flag.CONCATENATION);
    assertThat(judge.judge(PAIR, PAIR.fused() + " It has detailed real-world information.").flags())
        .contains(Flag.PROMPT_LEAK);
  }

  private List<String> lost(String words, String instead) {
    return said(words, instead).lost().stream().map(Fact::kind).toList();
  }

  private Verdict said(String words, String instead) {
    assertThat(PAIR.fused()).contains(words);
    return judge.judge(PAIR, PAIR.fused().replace(words, instead));
  }
}
