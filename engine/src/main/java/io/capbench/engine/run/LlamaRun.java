package io.capbench.engine.run;

import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Hypothesis;
import io.capbench.engine.decode.SharedBatch;
import io.capbench.engine.llama.DecoderLimits;
import io.capbench.engine.llama.LlamaDecoder;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.Prompt;
import io.capbench.engine.llama.PromptLogits;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs a language model on given tokens and writes its logits, and what it generates if wanted. */
public final class LlamaRun {
  /** Rows computed at the same time. */
  private static final int ROWS = 8;

  private final LlamaModel model;
  private final @Nullable DecodingOptions generation;

  /**
   * Prepares a run.
   *
   * @param model stays the caller's
   * @param generation how text is generated, or null if none is
   */
  public LlamaRun(LlamaModel model, @Nullable DecodingOptions generation) {
    this.model = model;
    this.generation = generation;
  }

  /**
   * Runs.
   *
   * @param inputs a safetensors file with input_ids [B, L], and attention_mask [B, L] where tokens
   *     are hidden
   * @param outputs the safetensors file to write; one of that name is replaced. It has logits [B,
   *     L, V], 0 where tokens are hidden; if text is generated also sequences [B, *], the prompts
   *     and what follows, filled up on the right, and, of several beams, sequences_scores [B]
   * @param context is told how far it is, and ends it
   * @throws CapbenchException if the tensors do not fit the model, files cannot be read or written,
   *     or there is not enough memory
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public void run(Path inputs, Path outputs, JobContext context) {
    GivenPrompts given = GivenPrompts.read(inputs, model.config().sizes().vocabulary());
    Map<TensorInfo, ByteBuffer> results = new LinkedHashMap<>();
    if (generation != null) {
      given.checkLeftPadded();
      generate(given, generation, results, context);
    }
    logits(given, results, context);
    SafetensorsWriter.write(
        outputs, List.copyOf(results.keySet()), info -> Objects.requireNonNull(results.get(info)));
  }

  private void logits(GivenPrompts given, Map<TensorInfo, ByteBuffer> results, JobContext context) {
    long vocabulary = model.config().sizes().vocabulary();
    ByteBuffer all =
        add(results, "logits", TensorType.F32, given.rows(), given.width(), vocabulary);
    PromptLogits logits = new PromptLogits(model);
    int longest = given.longest();
    for (int row = 0; row < given.rows(); row++) {
      context.checkCancelled();
      float[] found = logits.of(given.tokens(row), longest);
      int next = 0;
      for (int column = 0; column < given.width(); column++) {
        for (int i = 0; i < vocabulary; i++) {
          all.putFloat(given.shown(row, column) ? found[next++] : 0);
        }
      }
      context.progress(row + 1L, given.rows(), "rows");
    }
    all.flip();
  }

  private void generate(
      GivenPrompts given,
      DecodingOptions options,
      Map<TensorInfo, ByteBuffer> results,
      JobContext context) {
    int rows = given.rows();
    SharedBatch batch = new SharedBatch(rows, given.longest());
    Map<Integer, Hypothesis> texts = new TreeMap<>();
    DecoderLimits limits = new DecoderLimits(Math.min(ROWS, rows), given.width(), 1);
    try (LlamaDecoder decoder = new LlamaDecoder(model, options, limits)) {
      decoder.decode(
          IntStream.range(0, rows)
              .mapToObj(row -> new Prompt(row, given.tokens(row), given.width(), batch))
              .iterator(),
          (row, found) -> texts.put(row, found.get(0)),
          context);
    }
    int longest = texts.values().stream().mapToInt(text -> text.tokens().size()).max().orElse(0);
    int padding = Math.max(0, model.config().tokens().padding());
    ByteBuffer sequences =
        add(results, "sequences", TensorType.I64, rows, (long) given.width() + longest);
    texts.forEach(
        (row, text) -> {
          for (long token : given.padded(row)) {
            sequences.putLong(token);
          }
          for (int i = 0; i < longest; i++) {
            sequences.putLong(i < text.tokens().size() ? text.tokens().get(i) : padding);
          }
        });
    sequences.flip();
    if (options.beams() > 1) {
      ByteBuffer scores = add(results, "sequences_scores", TensorType.F32, rows);
      texts
          .values()
          .forEach(text -> scores.putFloat(Objects.requireNonNull(text.score()).floatValue()));
      scores.flip();
    }
  }

  private static ByteBuffer add(
      Map<TensorInfo, ByteBuffer> results, String name, TensorType type, long... shape) {
    TensorInfo info = new TensorInfo(name, type, Arrays.stream(shape).boxed().toList());
    if (info.byteLength() > Integer.MAX_VALUE) {
      throw new CapbenchException(
          name
              + " would have the shape "
              + info.shape()
              + ", more than 2 GB. Give fewer rows at a time.");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) info.byteLength()).order(ByteOrder.LITTLE_ENDIAN);
    results.put(info, bytes);
    return bytes;
  }
}
