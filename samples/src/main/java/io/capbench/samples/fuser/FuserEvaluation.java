package io.capbench.samples.fuser;

import io.capbench.engine.fusion.CaptionPair;
import io.capbench.engine.fusion.Finish;
import io.capbench.engine.fusion.FusedCaption;
import io.capbench.engine.fusion.Fuser;
import io.capbench.engine.fusion.FusionSink;
import io.capbench.engine.fusion.KeyedPair;
import io.capbench.engine.text.Flag;
import io.capbench.samples.caption.FusionPair;
import io.capbench.samples.caption.PairWriter;
import io.capbench.samples.fuser.Judge.Verdict;
import io.capbench.storage.job.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Measures a fuser on pairs that training never shows: other scenes, unseen names, brands and codes
 * throughout, and main things in unseen colours for every second pair.
 */
final class FuserEvaluation {
  private static final int EXAMPLES = 4000;
  private static final int SHOWN = 20;

  private final List<FusionPair> pairs;
  private final Judge judge;

  /**
   * An evaluation.
   *
   * @param pairs how many
   */
  FuserEvaluation(long seed, int pairs) {
    this(
        LongStream.range(0, pairs).mapToObj(new PairWriter(seed, true)::pair).toList(),
        new Judge(
            LongStream.range(0, EXAMPLES).mapToObj(new PairWriter(seed, false)::pair).toList()));
  }

  FuserEvaluation(List<FusionPair> pairs, Judge judge) {
    this.pairs = List.copyOf(pairs);
    this.judge = judge;
  }

  /**
   * So many of so many.
   *
   * @param good how many were right
   * @param of how many there were
   */
  record Rate(int good, int of) {
    Rate plus(boolean right) {
      return new Rate(good + (right ? 1 : 0), of + 1);
    }

    /** 0..1; 1 of none. */
    double share() {
      return of == 0 ? 1 : (double) good / of;
    }
  }

  /**
   * What was measured.
   *
   * @param rates what was asked, and in how many pairs it was right
   * @param facts the same for every kind of fact
   * @param failures some captions that are not right, for people
   */
  record Figures(Map<String, Rate> rates, Map<String, Rate> facts, List<String> failures) {}

  /** Fuses all pairs and judges what comes of them. */
  Figures measure(Fuser fuser, JobContext context) {
    Map<String, Rate> rates = new TreeMap<>();
    Map<String, Rate> facts = new TreeMap<>();
    List<String> failures = new ArrayList<>();
    FusionSink<Integer> sink =
        new FusionSink<>() {
          private int done;

          @Override
          public void fused(Integer key, FusedCaption caption) {
            FusionPair pair = pairs.get(key);
            Verdict verdict = judge.judge(pair, caption.text());
            boolean ended = caption.finish() == Finish.EOS;
            count(rates, verdict, ended);
            verdict.kept().forEach(fact -> add(facts, fact.kind(), true));
            verdict.lost().forEach(fact -> add(facts, fact.kind(), false));
            if (!good(verdict) && failures.size() < SHOWN) {
              failures.add(told(pair, caption.text(), verdict));
            }
            context.progress(++done, pairs.size(), "pairs");
          }

          @Override
          public void failed(Integer key, String reason) {
            throw new IllegalStateException("pair " + key + ": " + reason);
          }
        };
    List<KeyedPair<Integer>> keyed = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      FusionPair pair = pairs.get(i);
      keyed.add(new KeyedPair<>(i, new CaptionPair(pair.raw(), pair.synthetic())));
    }
    fuser.fuseAll(keyed.iterator(), sink, context);
    return new Figures(rates, facts, failures);
  }

  private static void count(Map<String, Rate> rates, Verdict verdict, boolean ended) {
    add(rates, "all facts of both parents kept", verdict.lost().isEmpty());
    add(rates, "nothing that is in neither parent", nothingInvented(verdict));
    verdict.corrected().ifPresent(right -> add(rates, "mistakes corrected", right));
    add(rates, "no plain concatenation", !verdict.flags().contains(Flag.CONCATENATION));
    add(rates, "no prompt leak", !verdict.flags().contains(Flag.PROMPT_LEAK));
    add(rates, "comes to an end", ended && !verdict.flags().contains(Flag.TRUNCATED));
  }

  private static boolean nothingInvented(Verdict verdict) {
    return verdict.invented().isEmpty() && !verdict.flags().contains(Flag.INVENTED_NUMBER);
  }

  private static boolean good(Verdict verdict) {
    return verdict.lost().isEmpty() && nothingInvented(verdict) && verdict.corrected().orElse(true);
  }

  private static void add(Map<String, Rate> rates, String name, boolean right) {
    rates.put(name, rates.getOrDefault(name, new Rate(0, 0)).plus(right));
  }

  private static String told(FusionPair pair, String caption, Verdict verdict) {
    return "raw: "
        + pair.raw()
        + "\nsynthetic: "
        + pair.synthetic()
        + "\nfused: "
        + caption
        + "\nlost "
        + verdict.lost()
        + ", invented "
        + verdict.invented()
        + ", corrected "
        + verdict.corrected()
        + ", flags "
        + verdict.flags();
  }
}
