package io.capbench.samples.fuser;

import io.capbench.engine.fusion.FusionPrompt;
import io.capbench.engine.llama.TrainingText;
import io.capbench.samples.caption.FusionPair;
import io.capbench.samples.caption.PairWriter;
import io.capbench.samples.world.Dice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the fuser learns from: pairs without end, each seen once, in batches of similar length. A
 * batch follows from its number alone.
 */
final class FuserPairs {
  /** What the model is given; short, since its world is small. */
  static final FusionPrompt PROMPT =
      new FusionPrompt("Sentence 1: {raw}\nSentence 2: {synthetic}\nNew Sentence:");

  /** Batches whose pairs are sorted by length together. */
  private static final int BLOCK = 8;

  /** How often some words of a pair are spelled that could be whole. */
  private static final double SPELLED = 0.3;

  private static final int SPELLED_WORDS = 3;

  private final long seed;
  private final int rows;
  private final int longest;
  private final PairWriter writer;
  private final WordTokenizer tokenizer;
  private List<List<TrainingText>> block = List.of();
  private long blockNumber = -1;

  /**
   * Batches.
   *
   * @param rows pairs of a batch
   * @param longest tokens; longer texts are passed over
   */
  FuserPairs(long seed, int rows, int longest, WordTokenizer tokenizer) {
    this.seed = seed;
    this.rows = rows;
    this.longest = longest;
    this.writer = new PairWriter(seed, false);
    this.tokenizer = tokenizer;
  }

  /** All texts of many pairs, for a tokenizer to learn words from; other pairs than a batch has. */
  static Stream<String> texts(long seed, int pairs) {
    PairWriter writer = new PairWriter(Dice.mixed(seed, 11), false);
    return LongStream.range(0, pairs)
        .mapToObj(writer::pair)
        .map(p -> PROMPT.of(p.raw(), p.synthetic()) + " " + p.fused());
  }

  /** The batch of a step, from 1. */
  List<TrainingText> batch(long step) {
    long number = (step - 1) / BLOCK;
    if (number != blockNumber) {
      block = block(number);
      blockNumber = number;
    }
    return block.get((int) ((step - 1) % BLOCK));
  }

  private List<List<TrainingText>> block(long number) {
    Dice dice = new Dice(Dice.mixed(Dice.mixed(seed, 12), number));
    List<TrainingText> texts = new ArrayList<>();
    long pair = number * BLOCK * rows;
    for (int i = 0; i < BLOCK * rows; i++) {
      TrainingText text = text(writer.pair(pair + i), dice);
      if (text.tokens().size() <= longest) {
        texts.add(text);
      }
    }
    texts.sort(Comparator.comparingInt(text -> text.tokens().size()));
    List<List<TrainingText>> batches = new ArrayList<>();
    for (int i = 0; i < BLOCK; i++) {
      batches.add(texts.subList(texts.size() * i / BLOCK, texts.size() * (i + 1) / BLOCK));
    }
    return dice.shuffled(batches);
  }

  private TrainingText text(FusionPair pair, Dice dice) {
    Set<String> spelled = new HashSet<>();
    if (dice.chance(SPELLED)) {
      List<String> words = List.of((pair.raw() + " " + pair.synthetic()).split("[^\\p{L}]+", -1));
      int count = dice.between(1, SPELLED_WORDS);
      for (int i = 0; i < count; i++) {
        spelled.add(dice.pick(words).toLowerCase(Locale.ROOT));
      }
    }
    return text(pair, tokenizer, spelled);
  }

  /** A pair as the model sees it. */
  static TrainingText text(FusionPair pair, WordTokenizer tokenizer, Set<String> spelled) {
    List<Integer> tokens = new ArrayList<>();
    tokens.add(WordTokenizer.BEGIN);
    tokens.addAll(tokenizer.encode(PROMPT.of(pair.raw(), pair.synthetic()), spelled));
    int given = tokens.size();
    tokens.addAll(tokenizer.encode(" " + pair.fused(), spelled));
    tokens.add(WordTokenizer.END);
    return new TrainingText(tokens, given);
  }
}
