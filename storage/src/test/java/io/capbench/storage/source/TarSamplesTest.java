package io.capbench.storage.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarSamplesTest {
  private static final int VARIANTS = 500;

  @TempDir Path temp;

  @Test
  void howeverATarIsDamagedItEndsWithRowsOrWithAReason() throws Exception {
    byte[] whole = tar();
    Random random = new Random(7);
    Path file = temp.resolve("a.tar");
    int read = 0;
    int refused = 0;
    for (int i = 0; i < VARIANTS; i++) {
      byte[] bytes = Arrays.copyOf(whole, whole.length - (i % 3 == 0 ? random.nextInt(9000) : 0));
      for (int change = random.nextInt(4); change >= 0; change--) {
        // Headers matter most: every other 512 bytes is one.
        int at = random.nextInt(bytes.length / 1024) * 1024 + random.nextInt(512);
        bytes[at] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : "07xLKSg\0".charAt(random.nextInt(8)));
        if (random.nextBoolean()) {
          int header = at / 512 * 512;
          byte[] sealed = Tars.sealed(Arrays.copyOfRange(bytes, header, header + 512));
          System.arraycopy(sealed, 0, bytes, header, 512);
        }
      }
      Files.write(file, bytes);
      try (SampleLines lines = new SampleLines(temp.resolve("lines"))) {
        new TarSamples(file, lines).read(JobContext.unwatched());
        assertThat(lines.rows()).isPositive();
        read++;
      } catch (CapbenchException e) {
        assertThat(e).hasMessageStartingWith(file.toString());
        refused++;
      }
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  private byte[] tar() throws Exception {
    Path file = temp.resolve("whole.tar");
    try (Tars tar = new Tars(file).gnu()) {
      for (String name : List.of("1", "folder/".repeat(30) + "2", "3")) {
        tar.add(name + ".txt", "text of " + name).add(name + ".png", new byte[300]);
        tar.add(name + ".json", "{\"n\": 1, \"tags\": [1, 2]}");
      }
    }
    return Files.readAllBytes(file);
  }
}
