package io.capbench.engine.fusion;

import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Hypothesis;
import io.capbench.engine.llama.DecoderLimits;
import io.capbench.engine.llama.DecodingListener;
import io.capbench.engine.llama.LlamaConfig;
import io.capbench.engine.llama.LlamaDecoder;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.Prompt;
import io.capbench.engine.tokenizer.LlamaTokenizer;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Merges captions with a LLaMA model on this machine, as {@code capsfusion_inference.py} does with
 * transformers 4.28: the same text and tokens, as far as arithmetic of the same precision gives the
 * same order of candidates. Rows are judged one by one, as in batches of one. One call at a time.
 */
public final class LocalFuser implements Fuser {
  /** Prompts looked at, per row in flight, to find those of similar length. */
  private static final int LOOK_AHEAD = 8;

  private final LlamaModel model;
  private final LlamaTokenizer tokenizer;
  private final FusionPrompt prompt;
  private final PromptTruncation truncation;
  private final LocalOptions options;
  private final DecodingOptions decoding;
  private final FuserDescription description;
  private final Set<Integer> marks;
  private @Nullable LlamaDecoder single;

  /**
   * Takes a loaded model over.
   *
   * @param loaded closed by this, also if this throws
   * @throws CapbenchException if the prompt does not fit
   */
  LocalFuser(Loaded loaded, FusionPrompt prompt, LocalOptions options) {
    this.model = loaded.model();
    this.tokenizer = loaded.tokenizer();
    this.prompt = prompt;
    this.options = options;
    try {
      PromptTokenizer tokens = PromptTokenizer.of(tokenizer);
      this.truncation =
          new PromptTruncation(prompt, tokens, options.promptTokens(), options.strictOriginal());
      LlamaConfig.SpecialTokens special = model.config().tokens();
      this.marks = new HashSet<>(special.ends());
      this.marks.add(special.begin());
      LocalOptions.Search search = options.search();
      this.decoding =
          new DecodingOptions(
              search.beams(),
              search.maxNewTokens(),
              search.scoring(),
              search.lengthPenalty(),
              search.earlyStopping(),
              1,
              special.ends());
      this.description =
          new FuserDescription(
              loaded.name(),
              loaded.sha256(),
              loaded.dtype(),
              model.device().name(),
              prompt.sha256(),
              options.decoding());
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  /** A model in memory, with what belongs to it. */
  record Loaded(
      LlamaModel model, LlamaTokenizer tokenizer, String name, String sha256, String dtype) {

    void close() {
      try {
        model.close();
      } finally {
        tokenizer.close();
      }
    }
  }

  @Override
  public FuserDescription description() {
    return description;
  }

  @Override
  public FusedCaption fuse(CaptionPair captions, Consumer<String> part, JobContext context) {
    FittedPrompt fitted = truncation.fit(captions);
    unknown(fitted)
        .ifPresent(
            reason -> {
              throw new CapbenchException(reason + ".");
            });
    objection(captions, fitted)
        .ifPresent(
            reason -> {
              throw new CapbenchException(
                  reason + ". --strict-original merges them as the original does.");
            });
    Single result = new Single(fitted, part);
    single().decode(List.of(prompt(0, fitted)).iterator(), result, context);
    return result.caption();
  }

  /** Kept open: what all prompts begin with is computed once. */
  private LlamaDecoder single() {
    LlamaDecoder decoder = single;
    if (decoder == null) {
      decoder = new LlamaDecoder(model, decoding, new DecoderLimits(1, options.promptTokens(), 1));
      single = decoder;
    }
    return decoder;
  }

  @Override
  public <K> void fuseAll(Iterator<KeyedPair<K>> pairs, FusionSink<K> sink, JobContext context) {
    int rows =
        options.rows() == LocalOptions.SUITABLE_ROWS
            ? LlamaDecoder.suitableRows(model, decoding, options.promptTokens())
            : options.rows();
    DecoderLimits limits = new DecoderLimits(rows, options.promptTokens(), rows * LOOK_AHEAD);
    Many<K> many = new Many<>(pairs, sink);
    try (LlamaDecoder decoder = new LlamaDecoder(model, decoding, limits)) {
      decoder.decode(many, many, context);
    }
  }

  private Prompt prompt(int id, FittedPrompt fitted) {
    return new Prompt(
        id, fitted.tokens(), Math.max(options.promptTokens(), fitted.tokens().size()));
  }

  /** Why a prompt cannot be given to the model, if it cannot. */
  private Optional<String> unknown(FittedPrompt fitted) {
    int vocabulary = model.config().sizes().vocabulary();
    return fitted.tokens().stream().anyMatch(token -> token >= vocabulary)
        ? Optional.of(
            "The tokenizer makes tokens of the captions that the model does not know:"
                + " tokenizer.json belongs to another model; take the one published with the model")
        : Optional.empty();
  }

  /** Why these captions had better not be merged, if so. */
  private Optional<String> objection(CaptionPair captions, FittedPrompt fitted) {
    if (options.strictOriginal()) {
      return Optional.empty();
    }
    List<Integer> text =
        fitted.tokens().subList(Math.min(1, fitted.tokens().size()), fitted.tokens().size());
    if (text.stream().anyMatch(marks::contains)) {
      return Optional.of("A caption contains a mark that begins or ends texts for the model");
    }
    return prompt.objection(captions);
  }

  private FusedCaption caption(FittedPrompt fitted, Hypothesis found) {
    Double score = found.score();
    return new FusedCaption(
        tokenizer.decode(found.tokens(), false),
        found.tokens(),
        score == null ? Double.NaN : score,
        fitted.tokens().size(),
        found.finish() == Hypothesis.Finish.EOS ? Finish.EOS : Finish.LENGTH);
  }

  /** Why a text is none, if it is none. */
  private Optional<String> defect(Hypothesis found) {
    Double score = found.score();
    if (score != null && !Double.isFinite(score)) {
      return Optional.of(
          "The model gives numbers that are none (NaN): its weights are damaged, or too large for"
              + " the precision it computes in; try bf16 or f32");
    }
    return found.tokens().stream()
        .filter(token -> token >= tokenizer.size())
        .findFirst()
        .map(
            token ->
                "The model says token "
                    + token
                    + ", but its tokenizer.json knows 0 to "
                    + (tokenizer.size() - 1)
                    + " only: it belongs to another model; take the one published with the model");
  }

  @Override
  public void close() {
    try {
      if (single != null) {
        single.close();
      }
    } finally {
      try {
        model.close();
      } finally {
        tokenizer.close();
      }
    }
  }

  /** Follows one row. */
  private final class Single implements DecodingListener {
    private final FittedPrompt fitted;
    private final Consumer<String> part;
    private @Nullable Hypothesis found;

    Single(FittedPrompt fitted, Consumer<String> part) {
      this.fitted = fitted;
      this.part = part;
    }

    @Override
    public void grown(int id, List<Integer> tokens) {
      part.accept(tokenizer.decode(tokens, false));
    }

    @Override
    public void finished(int id, List<Hypothesis> results) {
      found = results.get(0);
    }

    FusedCaption caption() {
      Hypothesis result = found;
      if (result == null) {
        throw new IllegalStateException("The decoder ends when all rows are finished");
      }
      defect(result)
          .ifPresent(
              reason -> {
                throw new CapbenchException(reason + ".");
              });
      return LocalFuser.this.caption(fitted, result);
    }
  }

  /** Turns pairs into prompts as the decoder asks for them, and its texts into captions. */
  private final class Many<K> implements Iterator<Prompt>, DecodingListener {
    private final Iterator<KeyedPair<K>> pairs;
    private final FusionSink<K> sink;
    private final Map<Integer, Row<K>> rows = new HashMap<>();
    private final Map<List<Integer>, Row<K>> underWay = new HashMap<>();
    private int ids;
    private @Nullable Prompt next;

    Many(Iterator<KeyedPair<K>> pairs, FusionSink<K> sink) {
      this.pairs = pairs;
      this.sink = sink;
    }

    @Override
    public boolean hasNext() {
      while (next == null && pairs.hasNext()) {
        KeyedPair<K> pair = pairs.next();
        FittedPrompt fitted = truncation.fit(pair.captions());
        Optional<String> objection = unknown(fitted).or(() -> objection(pair.captions(), fitted));
        Row<K> same = underWay.get(fitted.tokens());
        if (objection.isPresent()) {
          sink.failed(pair.key(), objection.get());
        } else if (same != null) {
          same.keys().add(pair.key());
        } else {
          // Numbers of rows long gone come again: there are never so many in flight.
          int id = ids++ & Integer.MAX_VALUE;
          Row<K> row = new Row<>(new ArrayList<>(List.of(pair.key())), fitted);
          rows.put(id, row);
          underWay.put(fitted.tokens(), row);
          next = prompt(id, fitted);
        }
      }
      return next != null;
    }

    @Override
    public Prompt next() {
      Prompt prompt = hasNext() ? next : null;
      if (prompt == null) {
        throw new NoSuchElementException();
      }
      next = null;
      return prompt;
    }

    @Override
    public void finished(int id, List<Hypothesis> results) {
      Row<K> row = rows.remove(id);
      if (row == null) {
        throw new IllegalStateException("A row finishes once");
      }
      underWay.remove(row.fitted().tokens());
      Optional<String> defect = defect(results.get(0));
      for (K key : row.keys()) {
        if (defect.isPresent()) {
          sink.failed(key, defect.get());
        } else {
          sink.fused(key, caption(row.fitted(), results.get(0)));
        }
      }
    }
  }

  /** A prompt on its way, and all whose captions make it. */
  private record Row<K>(List<K> keys, FittedPrompt fitted) {}
}
