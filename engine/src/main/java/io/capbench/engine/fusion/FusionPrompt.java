package io.capbench.engine.fusion;

import io.capbench.resources.Resource;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The text that a model is given, with a place for each of the two captions. It is the input format
 * of a checkpoint: another wording gives other captions.
 *
 * @param template with {@link #RAW} and {@link #SYNTHETIC} in it, once each and in this order
 */
public record FusionPrompt(String template) {
  /** Stands for the raw alt-text. */
  public static final String RAW = "{raw}";

  /** Stands for the synthetic caption. */
  public static final String SYNTHETIC = "{synthetic}";

  private static final long MAX_BYTES = 100_000;

  /** Shorter pieces of a template are in captions too. */
  private static final int MARKER_LENGTH = 4;

  /**
   * Checks the template.
   *
   * @throws CapbenchException if a caption has no place in it, or more than one
   */
  public FusionPrompt {
    int raw = template.indexOf(RAW);
    int synthetic = template.indexOf(SYNTHETIC);
    if (raw < 0
        || synthetic < raw
        || template.indexOf(RAW, raw + 1) >= 0
        || template.indexOf(SYNTHETIC, synthetic + 1) >= 0) {
      throw new CapbenchException(
          "A prompt has to have {raw} and then {synthetic} in it, once each, where the two captions"
              + " stand.");
    }
  }

  /** The input format of CapsFus-LLaMA. */
  public static FusionPrompt capsFusion() {
    try (InputStream in = Resource.url("prompts/capsfusion.txt").openStream()) {
      return new FusionPrompt(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CapbenchException(
          "Capbench's own prompt cannot be read: " + e.getMessage() + ". Install Capbench again.",
          e);
    }
  }

  /**
   * Reads a prompt of the user's. One line break at the end of the file is not part of it, since
   * editors add it.
   *
   * @throws CapbenchException if the file cannot be read, is no UTF-8 text, or lacks a caption
   */
  public static FusionPrompt read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new CapbenchException(
            file
                + " is longer than 100 kB, so it is no prompt. Name a text with {raw} and then"
                + " {synthetic} in it.");
      }
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return new FusionPrompt(text.replaceFirst("\\r?\\n\\z", ""));
    } catch (CharacterCodingException e) {
      throw new CapbenchException(
          "The prompt " + file + " is no text in UTF-8. Save it in that encoding.", e);
    } catch (IOException e) {
      throw new CapbenchException(
          "Cannot read the prompt " + file + ". Check the name and that you may read it.", e);
    }
  }

  /** The prompt of two captions; what stands in them is not looked at. */
  public String of(String raw, String synthetic) {
    int first = template.indexOf(RAW);
    int second = template.indexOf(SYNTHETIC);
    return template.substring(0, first)
        + raw
        + template.substring(first + RAW.length(), second)
        + synthetic
        + template.substring(second + SYNTHETIC.length());
  }

  /** Identifies the wording, lower-case hex. */
  public String sha256() {
    return Sha256.of(template);
  }

  /**
   * What tells the parts of the prompt apart, such as "Sentence 2:": in a caption, it would make
   * the model take a piece of it for something else.
   */
  Set<String> markers() {
    int first = template.indexOf(RAW);
    int second = template.indexOf(SYNTHETIC);
    String before = template.substring(0, first);
    String between = template.substring(first + RAW.length(), second);
    String after = template.substring(second + SYNTHETIC.length()).strip();
    Set<String> markers = new LinkedHashSet<>();
    Stream.of(lastLine(before), lastLine(between), after.lines().findFirst().orElse(""))
        .map(String::strip)
        .filter(piece -> piece.length() >= MARKER_LENGTH)
        .filter(piece -> piece.codePoints().anyMatch(Character::isLetter))
        .forEach(markers::add);
    return markers;
  }

  /** The marker that one of the captions has, if there is one. */
  Optional<String> markerIn(CaptionPair captions) {
    List<String> texts = List.of(captions.raw(), captions.synthetic());
    return markers().stream()
        .filter(marker -> texts.stream().anyMatch(text -> text.contains(marker)))
        .findFirst();
  }

  /**
   * Why nothing good can come of these captions: one is missing, or is taken for something else.
   */
  Optional<String> objection(CaptionPair captions) {
    CaptionPair stripped = captions.stripped();
    if (stripped.raw().isEmpty() || stripped.synthetic().isEmpty()) {
      return Optional.of(missing(stripped.raw().isEmpty() ? "raw" : "synthetic"));
    }
    return markerIn(captions)
        .map(marker -> "A caption contains \"" + marker + "\", which is part of the prompt");
  }

  /** What is said of a row without one of the captions: "raw" or "synthetic". */
  static String missing(String caption) {
    return "There is no " + caption + " caption, so there is nothing to merge";
  }

  private static String lastLine(String text) {
    return text.substring(text.lastIndexOf('\n') + 1);
  }
}
