package io.capbench.engine.tokenizer;

/** What stands around a caption's tokens. */
public enum TokenLayout {
  /** Begin, tokens, end, zeros: OpenAI's CLIP and its kin, and BERT's [CLS] tokens [SEP] [PAD]. */
  CLIP,
  /** 1, tokens, 2, zeros, and 101 in the last place, whose features are the caption's: CLIPS. */
  CLIPS
}
