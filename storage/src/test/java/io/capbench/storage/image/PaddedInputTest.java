package io.capbench.storage.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class PaddedInputTest {
  @Test
  void zerosFollowTheLastByteButNoBlockOfBytesDoes() throws IOException {
    try (PaddedInput in = new PaddedInput(new byte[] {7, 8})) {
      in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
      assertThat(in.readLong()).isEqualTo(0x0807);
      in.setByteOrder(ByteOrder.BIG_ENDIAN);
      in.seek(0);
      assertThat(in.readLong()).isEqualTo(0x0708L << 48);
      in.seek(0);
      assertThat(in.readByte()).isEqualTo((byte) 7);
      assertThat(in.readByte()).isEqualTo((byte) 8);
      for (int i = 0; i < 1_000; i++) {
        assertThat(in.readByte()).isZero();
      }
      assertThat(in.read(new byte[4], 0, 4)).isEqualTo(-1); // which readers of chunks look for
    }
  }
}
