package io.capbench.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the tokenizer that lies beside a model's weights. */
public final class ClipTokenizers {
  private static final String VOCABULARY = "vocab.json";
  private static final String MERGES = "merges.txt";

  /**
   * Opens the tokenizer of a model's folder.
   *
   * @param folder with bpe_simple_vocab_16e6.txt.gz, vocab.json and merges.txt, tokenizer.json or
   *     vocab.txt; the first of them is taken, with {@link TokenLayout#CLIPS} only the last two
   * @param contextLength L, how many tokens the text tower reads, at least 3
   * @param vocabSize how many tokens the text tower knows
   * @param layout what stands around the caption's tokens
   * @return to be closed by the caller
   * @throws CapbenchException if there is none, or it does not fit
   */
  public ClipTokenizer open(Path folder, int contextLength, int vocabSize, TokenLayout layout) {
    Path openAi = folder.resolve(BpeFiles.OPENAI);
    Path vocabulary = folder.resolve(VOCABULARY);
    Path merges = folder.resolve(MERGES);
    Path huggingFace = folder.resolve(HuggingFaceFiles.TOKENIZER);
    Path wordPieces = folder.resolve(HuggingFaceFiles.WORD_PIECES);
    boolean bpe = layout == TokenLayout.CLIP;
    if (bpe && Files.isRegularFile(openAi)) {
      return checked(openAi, BpeFiles.openAi(openAi, contextLength), vocabSize);
    }
    if (bpe && Files.isRegularFile(vocabulary) && Files.isRegularFile(merges)) {
      BpeTokenizer tokenizer = BpeFiles.huggingFace(vocabulary, merges, contextLength);
      return checked(vocabulary, tokenizer, vocabSize);
    }
    if (Files.isRegularFile(huggingFace)) {
      JsonNode json = HuggingFaceFiles.tokenizer(huggingFace);
      return open(huggingFace, json, contextLength, vocabSize, layout);
    }
    if (Files.isRegularFile(wordPieces)) {
      JsonNode json = HuggingFaceFiles.wordPieces(wordPieces);
      return open(wordPieces, json, contextLength, vocabSize, layout);
    }
    throw missing(folder, layout);
  }

  private static ClipTokenizer checked(Path file, BpeTokenizer tokenizer, int vocabSize) {
    check(file, tokenizer.vocabularySize(), vocabSize);
    return tokenizer;
  }

  private static ClipTokenizer open(
      Path file, JsonNode tokenizer, int contextLength, int vocabSize, TokenLayout layout) {
    check(file, HuggingFaceFiles.size(tokenizer), vocabSize);
    return new HuggingFaceClipTokenizer(file, tokenizer, contextLength, layout);
  }

  private static void check(Path file, int size, int vocabSize) {
    if (size > vocabSize) {
      throw new CapbenchException(
          file
              + " knows "
              + size
              + " tokens, but the model's text tower only "
              + vocabSize
              + ", so it belongs to another model. Put the tokenizer there that was published with"
              + " the weights.");
    }
  }

  private static CapbenchException missing(Path folder, TokenLayout layout) {
    String remedy =
        layout == TokenLayout.CLIPS
            ? "Put the vocab.txt of bert-base-uncased there"
                + " (https://huggingface.co/google-bert/bert-base-uncased)."
            : "Put bpe_simple_vocab_16e6.txt.gz there (https://github.com/openai/CLIP, folder clip),"
                + " which OpenAI's, DreamLIP's and most open_clip models use, or the model's"
                + " tokenizer.json, or its vocab.json and merges.txt, from the page where it is"
                + " published.";
    return new CapbenchException(folder + " holds weights but no tokenizer. " + remedy);
  }
}
