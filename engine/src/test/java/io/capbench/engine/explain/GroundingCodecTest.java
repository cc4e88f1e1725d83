package io.capbench.engine.explain;

import static io.capbench.engine.explain.Groundings.CAPTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GroundingCodecTest {
  private final Grounding grounding = Groundings.of(100f, 0.25f, -0.125f);
  private final byte[] bytes = GroundingCodec.encode(grounding, CAPTION);

  @Test
  void whatIsReadIsWhatWasWrittenToTheLastBit() {
    assertThat(GroundingCodec.decode(bytes, CAPTION)).contains(grounding);
    Grounding none = Groundings.of(14.3f);
    assertThat(GroundingCodec.decode(GroundingCodec.encode(none, ""), "")).contains(none);
  }

  @Test
  void theBytesAreLittleMoreThanTheNumbers() {
    int maps = 2 + 2 * (3 + 1 + 2);
    assertThat(bytes.length - maps * 4 * Float.BYTES).isLessThan(250);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .startsWith("CBGR")
        .doesNotContain("dog");
  }

  @Test
  void aGroundingOfAnotherCaptionIsNotShown() {
    assertThat(GroundingCodec.decode(bytes, "A dog. A cat sleepz.")).isEmpty();
    assertThat(GroundingCodec.decode(bytes, CAPTION + " ")).isEmpty();
  }

  @Test
  void bytesOfAnotherVersionAreNotRead() {
    byte[] newer = bytes.clone();
    newer[4]++;
    assertThat(GroundingCodec.decode(newer, CAPTION)).isEmpty();
  }

  @Test
  void damagedBytesAreNotRead() {
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      assertThat(GroundingCodec.decode(damaged, CAPTION)).as("byte %d", i).isEmpty();
      assertThat(GroundingCodec.decode(Arrays.copyOf(bytes, i), CAPTION)).isEmpty();
    }
    assertThat(GroundingCodec.decode(Arrays.copyOf(bytes, bytes.length + 1), CAPTION)).isEmpty();
  }
}
