package io.capbench.samples.fuser;

import io.capbench.engine.text.Detectors;
import io.capbench.engine.text.Flag;
import io.capbench.engine.text.Origin;
import io.capbench.engine.text.OriginToken;
import io.capbench.engine.text.ProvenanceAnalyzer;
import io.capbench.samples.caption.Fault;
import io.capbench.samples.caption.FusionPair;
import io.capbench.samples.caption.FusionPair.Fact;
import io.capbench.samples.caption.FusionPair.Mistake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what is right and wrong with a fused caption whose pair is known. */
final class Judge {
  private final ProvenanceAnalyzer provenance = new ProvenanceAnalyzer();
  private final Detectors detectors = new Detectors();
  private final Set<String> glue = new HashSet<>();

  /**
   * A judge.
   *
   * @param examples whose fused captions show the words that join facts ("features", "pictured")
   *     and stand in neither parent; nothing else may
   */
  Judge(List<FusionPair> examples) {
    examples.forEach(example -> glue.addAll(strange(example, example.fused())));
  }

  /**
   * What was found.
   *
   * @param kept the facts that are there
   * @param lost the facts that are not
   * @param invented words that stand in neither parent
   * @param corrected whether the mistake of the captioner is gone and what is right is there; empty
   *     if it made none
   * @param flags of the detectors
   */
  record Verdict(
      List<Fact> kept,
      List<Fact> lost,
      List<String> invented,
      Optional<Boolean> corrected,
      Set<Flag> flags) {}

  /** Judges a caption. */
  Verdict judge(FusionPair pair, String caption) {
    String text = caption.toLowerCase(Locale.ROOT);
    List<Fact> kept = new ArrayList<>();
    List<Fact> lost = new ArrayList<>();
    for (Fact fact : pair.facts()) {
      (contains(text, fact.text()) ? kept : lost).add(fact);
    }
    List<String> invented = new ArrayList<>(strange(pair, caption));
    invented.removeAll(glue);
    return new Verdict(
        kept,
        lost,
        invented,
        pair.mistake().map(mistake -> corrected(pair, mistake, text)),
        detectors.detect(pair.raw(), pair.synthetic(), caption));
  }

  private static boolean corrected(FusionPair pair, Mistake mistake, String text) {
    String rest = text;
    if (mistake.fault() == Fault.OBJECT) {
      for (Fact fact : pair.facts()) {
        // The wrong word may be right elsewhere, as the name of another thing.
        rest = words(fact.text()).matcher(rest).replaceAll(" ");
      }
    }
    return contains(text, mistake.right()) && !contains(rest, mistake.wrong());
  }

  /** Whether words stand in a text of small letters. */
  private static boolean contains(String text, String words) {
    return words(words).matcher(text).find();
  }

  /** Words with nothing that would make them other words around them. */
  private static Pattern words(String words) {
    String small = Pattern.quote(words.toLowerCase(Locale.ROOT));
    return Pattern.compile("(?<![\\p{L}\\p{N}])" + small + "(?![\\p{L}\\p{N}])");
  }

  private List<String> strange(FusionPair pair, String caption) {
    return provenance.analyze(pair.raw(), pair.synthetic(), caption).tokens().stream()
        .filter(token -> token.origin() == Origin.NEITHER)
        .map(OriginToken::text)
        .map(text -> text.toLowerCase(Locale.ROOT))
        .toList();
  }
}
