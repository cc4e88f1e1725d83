package io.capbench.engine.tokenizer;

/** Cuts captions into a model's tokens. Thread-safe. */
public interface ClipTokenizer extends AutoCloseable {
  /** What it is, in words for people: "OpenAI BPE, bpe_simple_vocab_16e6.txt.gz". */
  String name();

  /** L, how many tokens an encoded caption has. */
  int contextLength();

  /**
   * Encodes a caption; one that is too long loses its end, as the published models do.
   *
   * @param caption any text, also none at all
   */
  EncodedCaption encode(String caption);

  /** Frees what is held outside of Java's heap; not to be used afterwards. */
  @Override
  void close();
}
