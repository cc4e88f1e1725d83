package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowStoreTest {
  @TempDir Path temp;

  private RowStore store(int values) {
    return new RowStore(
        new ScratchFile(temp.resolve("index")), new ScratchFile(temp.resolve("rows")), values);
  }

  private static void add(RowStore store, long position, @Nullable String... texts) {
    store.add(
        position,
        place -> texts[place] == null ? null : texts[place].getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void textsComeBackAtTheirPositionsWithNullsAndEmptyOnes() throws Exception {
    try (RowStore store = store(3)) {
      add(store, 5, "a", null, "");
      add(store, 0, "猫 é", "\0", null);
      add(store, 6, null, null, null);
      store.flush();
      RowStore.Texts[] rows = store.read(0, 8);
      assertThat(rows[0].values()).isEqualTo(Arrays.asList("猫 é", "\0", null));
      assertThat(rows[5].values()).isEqualTo(Arrays.asList("a", null, ""));
      assertThat(rows[6].values()).isEqualTo(Arrays.asList(null, null, null));
      assertThat(List.of(1, 2, 3, 4, 7)).allSatisfy(i -> assertThat(rows[i]).isNull());
    }
  }

  @Test
  void rowsFarApartAndRowsLargerThanTheBufferComeBack() throws Exception {
    String large = "x".repeat(3_000_000);
    try (RowStore store = store(1)) {
      for (int i = 0; i < 20_000; i++) {
        add(store, (i * 7_919L) % 20_000, i == 10_000 ? large : "row " + i);
      }
      store.flush();
      RowStore.Texts[] rows = store.read(0, 20_000);
      for (int i = 0; i < 20_000; i++) {
        assertThat(rows[(int) ((i * 7_919L) % 20_000)].values())
            .containsExactly(i == 10_000 ? large : "row " + i);
      }
    }
  }

  @Test
  void aRowTooLongForAnEntryIsLeftOut() throws Exception {
    try (RowStore store = store(2)) {
      String half = "x".repeat(9_000_000);
      add(store, 0, half, half);
      add(store, 1, "a", "b");
      store.flush();
      RowStore.Texts[] rows = store.read(0, 2);
      assertThat(rows[0]).isNull();
      assertThat(rows[1].values()).containsExactly("a", "b");
    }
  }
}
