package io.capbench.engine.llama;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person and a script are told of a language model's folder. What cannot be known, because
 * something is missing or wrong, is null.
 *
 * @param name the folder's name
 * @param folder where it is
 * @param architecture as its configuration calls it; empty if it says nothing
 * @param parameters number of weights
 * @param dtype what they are stored as: "F32", "F16", "BF16"
 * @param layers how many
 * @param width numbers of a token between layers
 * @param vocabulary how many tokens it knows
 * @param tokenizer what makes text of its tokens
 * @param sha256 identifies weights, configuration and tokenizer, lower-case hex
 * @param device where it would run: "cpu", "gpu0"
 * @param memory what each precision needs; empty if the weights are not a model's
 * @param problems everything that is missing, wrong or odd, what keeps it from running first
 * @param usable false if a problem keeps it from running on any machine
 * @param seconds of one pass of one token; null if it was not tried, because it is not usable or
 *     does not fit here
 */
public record LlamaReport(
    String name,
    Path folder,
    String architecture,
    @Nullable Long parameters,
    @Nullable String dtype,
    @Nullable Integer layers,
    @Nullable Integer width,
    @Nullable Integer vocabulary,
    @Nullable String tokenizer,
    @Nullable String sha256,
    String device,
    List<Memory> memory,
    List<String> problems,
    boolean usable,
    @Nullable Double seconds) {

  /** Copies the lists. */
  public LlamaReport {
    memory = List.copyOf(memory);
    problems = List.copyOf(problems);
  }

  /**
   * What a precision needs, and whether it was seen to work.
   *
   * @param precision its name on the command line
   * @param bytes of memory: weights and what is computed with besides
   * @param fits whether the device has as much
   * @param seconds of passing a prompt through the first layer and the output layer; null if that
   *     was not tried or failed
   * @param problem why it failed; null if it did not
   */
  public record Memory(
      String precision,
      long bytes,
      boolean fits,
      @Nullable Double seconds,
      @Nullable String problem) {}
}
