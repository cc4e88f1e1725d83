package io.capbench.engine.fusion;

import io.capbench.engine.tokenizer.LlamaTokenizer;
import java.util.List;

/** Counts and cuts the tokens of prompts. */
public interface PromptTokenizer {

  /**
   * The tokens of a text.
   *
   * @param marked whether with the mark of the beginning, as a model is given it
   */
  List<Integer> encode(String text, boolean marked);

  /** The text of tokens, marks written out. */
  String decode(List<Integer> tokens);

  /** A model's own tokenizer, which stays the caller's. */
  static PromptTokenizer of(LlamaTokenizer tokenizer) {
    return new PromptTokenizer() {
      @Override
      public List<Integer> encode(String text, boolean marked) {
        return tokenizer.encode(text, marked);
      }

      @Override
      public String decode(List<Integer> tokens) {
        return tokenizer.decode(tokens, true);
      }
    };
  }
}
