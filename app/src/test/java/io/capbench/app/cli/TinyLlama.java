package io.capbench.app.cli;

import io.capbench.engine.llama.RandomLlama;
import io.capbench.engine.weights.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes folders of small language models with random weights that read and write bytes. */
final class TinyLlama {
  /** Three marks and the bytes. */
  private static final int VOCABULARY = 3 + 256;

  private TinyLlama() {}

  static Path write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
    new RandomLlama().with("vocab_size", VOCABULARY).write(folder, TensorType.F32, seed);
    return folder;
  }

  private static String tokenizer() {
    String bytes =
        IntStream.range(0, 256)
            .mapToObj(i -> String.format(Locale.ROOT, "\"<0x%02X>\": %d", i, i + 3))
            .collect(Collectors.joining(", "));
    String marks =
        List.of("<unk>", "<s>", "</s>").stream()
            .map(
                mark ->
                    "{\"id\": %d, \"content\": \"%s\", \"single_word\": false, \"lstrip\": false,"
                            .formatted(List.of("<unk>", "<s>", "</s>").indexOf(mark), mark)
                        + " \"rstrip\": false, \"normalized\": false, \"special\": true}")
            .collect(Collectors.joining(", "));
    return """
        {"version": "1.0", "added_tokens": [%s],
         "decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]},
         "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
           "vocab": {"<unk>": 0, "<s>": 1, "</s>": 2, %s}, "merges": []}}
        """
        .formatted(marks, bytes);
  }
}
