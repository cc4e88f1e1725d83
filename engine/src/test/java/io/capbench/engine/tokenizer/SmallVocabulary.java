package io.capbench.engine.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** Vocabularies of a few words, in the files in which the large ones are published. */
final class SmallVocabulary {
  static final List<String> PAIRS =
      List.of("c a", "ca t</w>", "d o", "do g</w>", "Ã ©</w>", "a f", "t h", "th e</w>", "ca f");

  private SmallVocabulary() {}

  static void writeOpenAi(Path folder) throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve(BpeFiles.OPENAI)))) {
      String text = "\"bpe#version: 0.2\n" + String.join("\n", PAIRS) + "\n";
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  static void writeHuggingFace(Path folder) throws IOException {
    Map<String, Integer> ids = new TreeMap<>();
    for (char letter : ByteAlphabet.letters()) {
      ids.put(String.valueOf(letter), ids.size());
      ids.put(letter + "</w>", ids.size());
    }
    for (String pair : PAIRS) {
      ids.put(pair.replace(" ", ""), ids.size());
    }
    ids.put("<|startoftext|>", ids.size());
    ids.put("<|endoftext|>", ids.size());
    new ObjectMapper().writeValue(folder.resolve("vocab.json").toFile(), ids);
    Files.writeString(
        folder.resolve("merges.txt"), "#version: 0.2\n" + String.join("\n", PAIRS) + "\n");
  }

  static void writeWordPieces(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("vocab.txt"),
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\ncat\n##s\ncafe\n,\n");
  }
}
