package io.capbench.samples.clip;

import io.capbench.engine.explain.GroundingMethod;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the model's card: what it is, what was measured, how it was made. */
final class ClipCard {
  private static final String NOT_COUNTED = "-";

  private final ClipTrainer.Settings settings;
  private final ClipResult result;
  private final List<ClipResult> ablations;

  /** A card of a training, and of others that it is compared with. */
  ClipCard(ClipTrainer.Settings settings, ClipResult result, List<ClipResult> ablations) {
    this.settings = settings;
    this.result = result;
    this.ablations = List.copyOf(ablations);
  }

  /** The card, in Markdown. */
  String text() {
    return String.join(
        "\n", what(), pointing(), telling(), ablations.isEmpty() ? "" : compared(), training());
  }

  private String what() {
    SampleClip shape = settings.shape();
    return String.format(
        Locale.ROOT,
        """
        # sample-clip

        **A demonstration model.** It shows how grounding works in Capbench, offline and at once, and knows nothing but the drawn pictures of the [sample world](../../sample-world/README.md): 33 kinds of things, 12 colours, 11 places. On photos, and on words that the sample does not use, what it says has no meaning. Its pictures and texts are made by a program; nothing in it comes from anywhere else.

        A CLIP model in the layout of open_clip: pictures of %d x %d pixels (both sides are made to fit) in patches of %d, width %d, %d + %d layers, a joint space of %d, %,d numbers. Texts have up to %d tokens; every word that it knows is one token, every other word is `[UNK]`.

        | file | what it is |
        |---|---|
        | `open_clip_model.safetensors` | weights, single precision |
        | `open_clip_config.json` | shape, and how pictures are prepared |
        | `tokenizer.json` | its words |
        | `capbench.json` | what Capbench tells people of it, and how it is best looked with |
        | `training-log.jsonl`, `loss.svg` | the training, a line every 20 steps |
        """,
        shape.imageSize(),
        shape.imageSize(),
        shape.patchSize(),
        shape.width(),
        shape.visionLayers(),
        shape.textLayers(),
        shape.embedDim(),
        result.parameters(),
        SampleClip.CONTEXT);
  }

  private String pointing() {
    StringBuilder text =
        new StringBuilder(
            """
            ## Where it looks

            The pointing game: a sub-caption such as "a red teapot", without a word on where it stands, and whether the map's highest patch lies in the thing's box. Percent, on 1,000 scenes that no training saw; on those of their things whose colour and kind were never together in training; on the same scenes with words on their things that no training shows; and on the 300 pictures of the sample, which the training did not see either.

            | map | fresh scenes | held-out combinations | unseen lettering | sample |
            |---|---|---|---|---|
            """);
    for (GroundingMethod method : ClipResult.METHODS) {
      row(text, method.id(), method.id());
    }
    row(text, "the middle of the picture", Answers.CENTRE);
    row(text, "any patch", Answers.RANDOM);
    row(text, "share of the picture that the box has", Answers.BOX_AREA);
    return text.toString();
  }

  private void row(StringBuilder text, String words, String name) {
    text.append("| ").append(words);
    text.append(" | ").append(percent(result.fresh(name)));
    text.append(" | ").append(percent(result.fresh(Answers.HELD_OUT + name)));
    text.append(" | ").append(percent(result.lettered().getOrDefault(name, Double.NaN)));
    text.append(" | ").append(percent(result.sample().getOrDefault(name, Double.NaN)));
    text.append(" |\n");
  }

  private String telling() {
    StringBuilder text =
        new StringBuilder(
            """
            ## What it tells apart

            A false sub-caption against the true ones of the same picture: how often it is less alike than every one of them, by the whole picture (the similarity that the window shows) and by the best patch. And how often a captioner's sentence finds its picture among 100 (and the picture its sentence).

            | question | percent | by the best patch | unseen lettering |
            |---|---|---|---|
            """);
    for (String name : List.of(Answers.ABSENT, Answers.WRONG_COLOUR, Answers.WRONG_KIND)) {
      text.append("| ").append(name).append(" | ").append(percent(result.fresh(name)));
      text.append(" | ").append(percent(result.fresh(Answers.BY_PATCH + name)));
      text.append(" | ").append(percent(result.lettered().getOrDefault(name, Double.NaN)));
      text.append(" |\n");
    }
    for (String name : List.of(Answers.TEXT_TO_IMAGE, Answers.IMAGE_TO_TEXT)) {
      text.append("| ").append(name).append(", first of 100 | ");
      text.append(percent(result.fresh(name))).append(" | - | ");
      text.append(percent(result.lettered().getOrDefault(name, Double.NaN))).append(" |\n");
    }
    text.append(
        String.format(
            Locale.ROOT,
            """

            Long captions with one invented sentence: at a margin of %.1f logits, which was chosen on 300 other scenes and stands in `capbench.json`, %.1f %% of the invented sentences are marked as weakly grounded, and %.1f %% of the true ones. What is invented is one of the fifteen things that the sample's captions invent; the training has said of them, too, that they are not there.
            """,
            result.margin(),
            result.inventedWeak(),
            result.trueWeak()));
    text.append(
        String.format(
            Locale.ROOT,
            """

            All maps of six sub-captions take %.2f s (median; %.2f s at most) after warming up, on the machine and with the threads that measured the above.
            """,
            result.time().median(),
            result.time().longest()));
    return text.toString();
  }

  private String compared() {
    String rows =
        ablations.stream()
            .map(
                one ->
                    String.format(
                        Locale.ROOT,
                        "| %s | %,d | %s | %s | %s | %s | %s | %s |",
                        one.local(),
                        one.steps(),
                        percent(one.fresh(GroundingMethod.PATCH_SIMILARITY.id())),
                        percent(one.fresh(GroundingMethod.RELEVANCE_ALL.id())),
                        percent(one.fresh(Answers.TEXT_TO_IMAGE)),
                        percent(one.fresh(Answers.ABSENT)),
                        percent(one.fresh(Answers.WRONG_COLOUR)),
                        percent(one.fresh(Answers.WRONG_KIND))))
            .collect(Collectors.joining("\n"));
    return """
        ## What teaches the patches

        The same training, shorter, with another loss for patches beside that of whole pictures: `grouping` is DreamLIP's, within each picture; `best-patch` holds the most alike patch of every picture of the batch against each other; `both` adds them up; `none` has whole pictures only.

        | loss of patches | steps | patch-similarity | relevance-all | text to image | absent | wrong colour | wrong kind |
        |---|---|---|---|---|---|---|---|
        """
        + rows
        + "\n";
  }

  private String training() {
    return String.format(
        Locale.ROOT,
        """
        ## How it was made

        %,d steps of %d pictures out of %,d, with %d true and %d false sub-captions each, seed %d, %d minutes of wall time. Loss: InfoNCE of whole pictures%s; and a sigmoid loss of whole pictures (SigLIP), so that what is false of one picture is less alike than what is true of any. Texts that are true of a picture are never held against it. Muon for the matrices of the blocks, AdamW for the rest. One pair of kind and colour in eleven was left out of pictures and texts. [samples/README.md](../../README.md) says how to make it again; the same seed gives the same pictures and texts, and the same weights on the same kind of processor.

        ![the loss](loss.svg)
        """,
        settings.steps(),
        settings.batch(),
        settings.scenes(),
        settings.texts().perScene(),
        settings.texts().falseOnes(),
        settings.seed(),
        result.minutes(),
        settings.texts().local() == LocalLoss.NONE
            ? ""
            : " and, for patches, " + settings.texts().local().id());
  }

  private static String percent(double value) {
    return Double.isNaN(value) ? NOT_COUNTED : String.format(Locale.ROOT, "%.1f", value);
  }
}
