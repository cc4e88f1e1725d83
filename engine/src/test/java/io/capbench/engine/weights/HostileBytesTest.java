package io.capbench.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.golden.GoldenFiles;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever bytes a file of weights has: it opens, or an exception names it. */
final class HostileBytesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "dreamlip_ckpt/pt_edge_cases.pt, 1500",
    "dreamlip_ckpt/pt_edge_cases.expected.safetensors, 1500",
    "dreamlip_ckpt/legacy_nonzip.pt, 300",
    "llama_mha/bin/pytorch_model.bin.index.json, 300",
  })
  void changedBytesNeverDoMoreThanBeNamed(String name, int rounds) throws IOException {
    byte[] whole = Files.readAllBytes(GoldenFiles.path(name));
    // Most of a large file is numbers, and any number is right.
    int interesting = Math.min(whole.length, 9000);
    int refused = 0;
    for (int seed = 0; seed < rounds; seed++) {
      Random random = new Random(seed);
      byte[] changed = whole.clone();
      for (int change = random.nextInt(1, 5); change > 0; change--) {
        int at = random.nextInt(interesting);
        switch (random.nextInt(4)) {
          case 0 -> changed[at] = (byte) random.nextInt(256);
          case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
          case 2 -> changed[at] = (byte) (random.nextBoolean() ? 0xff : 0);
          default -> {
            int from = random.nextInt(interesting);
            int length = Math.min(random.nextInt(1, 64), interesting - Math.max(at, from));
            System.arraycopy(whole, from, changed, at, length);
          }
        }
      }
      String file = Path.of(name).getFileName().toString();
      refused += refuses(Files.write(folder.resolve(file), changed), seed) ? 1 : 0;
    }
    assertThat(refused).isBetween(rounds / 10, rounds);
  }

  private static boolean refuses(Path file, int seed) {
    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      for (TensorInfo info : checkpoint.tensors()) {
        if (info.type().floating()) {
          assertThat(checkpoint.floats(info.name()).remaining())
              .isEqualTo((int) (info.elements() * 4));
        }
        assertThat(checkpoint.bytes(info.name()).remaining()).isEqualTo((int) info.byteLength());
      }
      return false;
    } catch (CapbenchException e) {
      assertThat(e).as("seed %d", seed).hasMessageContaining(file.getFileName().toString());
      return true;
    }
  }
}
