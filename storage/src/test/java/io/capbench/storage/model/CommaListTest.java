package io.capbench.storage.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CommaListTest {
  private static final String FUSED = "fused (small, bf16)";
  private static final List<String> KNOWN = List.of("alt", FUSED, "fused (small", "a,b", "a");

  @Test
  void namesAreSeparatedByCommasAndHaveNoSpaceAround() {
    assertThat(CommaList.of(" alt , blip", KNOWN)).containsExactly("alt", "blip");
    assertThat(CommaList.of("alt,,b,", KNOWN)).containsExactly("alt", "", "b", "");
    assertThat(CommaList.of("", KNOWN)).containsExactly("");
  }

  @Test
  void aKnownNameWithACommaIsOneName() {
    assertThat(CommaList.of(FUSED, KNOWN)).containsExactly(FUSED);
    assertThat(CommaList.of("alt, " + FUSED + " ,alt", KNOWN)).containsExactly("alt", FUSED, "alt");
    assertThat(CommaList.of("a,b,a,c", KNOWN)).containsExactly("a,b", "a", "c");
  }

  @Test
  void whatOnlyBeginsLikeAKnownNameIsNotTakenForIt() {
    assertThat(CommaList.of("fused (small, bf16) 2,x", KNOWN))
        .containsExactly("fused (small", "bf16) 2", "x");
    assertThat(CommaList.of("altitude,x", KNOWN)).containsExactly("altitude", "x");
  }
}
