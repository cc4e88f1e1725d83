package io.capbench.engine.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.engine.cleaning.CaptionCleaner;
import io.capbench.engine.cleaning.TracedText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Any tokenizer that Hugging Face's library knows, cleaned and laid out as open_clip's HFTokenizer
 * does, or in the layout of CLIPS.
 */
final class HuggingFaceClipTokenizer implements ClipTokenizer {
  private final String name;
  private final int contextLength;
  private final TokenLayout layout;
  private final HuggingFaceTokenizer tokenizer;
  private final CaptionCleaner cleaner = new CaptionCleaner(false);

  /**
   * Starts the library with a tokenizer.
   *
   * @param file that it came from, for people
   * @param tokenizer what stands in a tokenizer.json
   * @throws io.capbench.storage.model.CapbenchException if the library does not start or does not
   *     know the tokenizer
   */
  HuggingFaceClipTokenizer(Path file, JsonNode tokenizer, int contextLength, TokenLayout layout) {
    this.name = "Hugging Face tokenizer, " + file.getFileName();
    this.contextLength = contextLength;
    this.layout = layout;
    this.tokenizer = HuggingFaceLibrary.start(file, tokenizer);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int contextLength() {
    return contextLength;
  }

  @Override
  public EncodedCaption encode(String caption) {
    TracedText text = cleaner.clean(caption);
    Encoding encoding = tokenizer.encode(text.text(), layout == TokenLayout.CLIP, false);
    List<Token> tokens = tokens(encoding, text);
    return layout == TokenLayout.CLIP
        ? Token.between(tokens, contextLength)
        : Token.forClips(tokens, contextLength);
  }

  private static List<Token> tokens(Encoding encoding, TracedText text) {
    int[] units = unitOfCharacter(text.text());
    long[] ids = encoding.getIds();
    CharSpan[] spans = encoding.getCharTokenSpans();
    long[] marks = encoding.getSpecialTokenMask();
    List<Token> tokens = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      CharSpan span = spans[i];
      if (marks[i] != 0 || span == null || span.getStart() >= span.getEnd()) {
        tokens.add(Token.mark((int) ids[i]));
      } else {
        int first = units[span.getStart()];
        int last = units[span.getEnd()] - 1;
        tokens.add(new Token((int) ids[i], text.start(first), text.end(last)));
      }
    }
    return tokens;
  }

  /** Where the characters begin in UTF-16, and where the text ends. */
  private static int[] unitOfCharacter(String text) {
    int[] units = new int[text.codePointCount(0, text.length()) + 1];
    int at = 0;
    for (int i = 0; i < units.length; i++) {
      units[i] = at;
      at += at < text.length() ? Character.charCount(text.codePointAt(at)) : 0;
    }
    return units;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
