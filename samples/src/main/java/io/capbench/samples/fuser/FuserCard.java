package io.capbench.samples.fuser;

import io.capbench.samples.fuser.FuserEvaluation.Figures;
import io.capbench.samples.fuser.FuserEvaluation.Rate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the fuser's model card. */
final class FuserCard {
  private static final double MEGABYTE = 1e6;
  private static final double PERCENT = 100;

  private final Facts facts;

  /**
   * What the card tells beside the figures.
   *
   * @param parameters how many numbers the weights have
   * @param bytes of the weights' file
   * @param minutes that the training took
   * @param pairs that were measured
   * @param seconds of one caption: the median, and the longest
   */
  record Facts(
      FuserTrainer.Recipe recipe,
      long parameters,
      long bytes,
      long minutes,
      int pairs,
      List<Double> seconds) {
    /** Copies the list. */
    Facts {
      seconds = List.copyOf(seconds);
    }
  }

  FuserCard(Facts facts) {
    this.facts = facts;
  }

  /** All of it. */
  String text(Figures figures) {
    FuserFiles.Size size = facts.recipe().size();
    return """
        # Sample fuser

        **A demonstration model that only knows the sample world.** It merges a raw alt-text and a \
        captioner's sentence into one caption, so that Capbench can show what fusing is without a \
        download. On captions of the real web it fails: it repeats what it does not know, letter by \
        letter, and loses its way. For those there is CapsFus-LLaMA; [docs/fusion.md](../../../docs/fusion.md) \
        tells how to use it.

        It is a LLaMA of %d layers, width %d, %d heads, feed-forward width %d and tied embeddings: \
        %,d parameters, %.1f MB in bfloat16, in the layout of Hugging Face. Its words are whole; \
        everything else is spelled byte by byte, so names and codes that nobody has seen can be \
        copied. `fusion_prompt.txt` is what it is given; `generation_config.json` says that text is \
        looked for greedily, `capbench.json` what Capbench tells people of it.

        It was made by `io.capbench.samples.fuser.FuserProgram` from generated pairs alone, %,d \
        steps of %d, seed %d, in %d minutes of wall time; no text of people is in it. \
        [samples/README.md](../../README.md) tells how to make it again. \
        `training-log.jsonl` is the training's log, and this its loss:

        ![Loss](loss.svg)

        ## Measured

        On %,d pairs that training never shows: other scenes; names, brands, codes and lettering of \
        unseen words throughout; every second main thing in a colour that was held out for it.

        %s
        One caption takes %.2f s (median; %.2f s at most) after warming up, on the machine and with the \
        threads that the training had.

        A fact is kept if its words stand in the caption, capitals aside. A word counts as invented if \
        it stands in neither parent and is none of those that join facts in the captions the model \
        learned from ("featured", "pictured"). A mistake is one of the captioner that the alt-text \
        contradicts: the main thing's colour, noun or number; it is corrected if what is right is there \
        and what is wrong is not.
        """
        .formatted(
            size.layers(),
            size.width(),
            size.heads(),
            size.feedForward(),
            facts.parameters(),
            facts.bytes() / MEGABYTE,
            facts.recipe().steps(),
            facts.recipe().rows(),
            facts.recipe().seed(),
            facts.minutes(),
            facts.pairs(),
            tables(figures),
            facts.seconds().get(0),
            facts.seconds().get(1));
  }

  /** The figures as tables. */
  static String tables(Figures figures) {
    return table("captions", figures.rates())
        + "\n"
        + table("facts kept, by kind", figures.facts());
  }

  private static String table(String title, Map<String, Rate> rates) {
    StringBuilder table = new StringBuilder("| " + title + " | share | of |\n|---|---|---|\n");
    rates.forEach(
        (name, rate) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %.1f %% | %,d |%n",
                    name,
                    PERCENT * rate.share(),
                    rate.of())));
    return table.toString();
  }
}
