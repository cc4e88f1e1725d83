package io.capbench.engine.fusion;

import io.capbench.engine.llama.RandomLlama;
import io.capbench.engine.weights.TensorType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Writes folders of small language models with random weights and a tokenizer of 700 tokens. */
final class TinyFuser {
  private TinyFuser() {}

  /** Writes a model whose vocabulary has that size. */
  static Path write(Path folder, int vocabulary, long seed) throws IOException {
    Files.createDirectories(folder);
    Files.copy(tokenizer().resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    new RandomLlama().with("vocab_size", vocabulary).write(folder, TensorType.F32, seed);
    return folder;
  }

  /** The folder with the tokenizer. */
  static Path tokenizer() {
    try {
      return Path.of(
          Objects.requireNonNull(TinyFuser.class.getResource("/golden/llama_tokenizer/own_vocab"))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
