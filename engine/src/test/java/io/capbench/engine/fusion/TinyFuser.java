package io.capbench.engine.fusion;

import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.llama.RandomLlama;
import io.capbench.engine.weights.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes folders of small language models with random weights and a tokenizer of 700 tokens. */
final class TinyFuser {
  private TinyFuser() {}

  /** Writes a model whose vocabulary has that size. */
  static Path write(Path folder, int vocabulary, long seed) throws IOException {
    Files.createDirectories(folder);
    Path tokenizer = GoldenFiles.path("llama_tokenizer/own_vocab/tokenizer.json");
    Files.copy(tokenizer, folder.resolve("tokenizer.json"));
    new RandomLlama().with("vocab_size", vocabulary).write(folder, TensorType.F32, seed);
    return folder;
  }
}
