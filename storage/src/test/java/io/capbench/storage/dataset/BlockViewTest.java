package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BlockViewTest {
  private static final int BLOCK = 512;

  @Test
  void blocksBeginAtMultiplesOfTheirSizeIfThePageFits() {
    assertThat(BlockView.Blocks.start(512, BLOCK, 512)).isEqualTo(512);
    assertThat(BlockView.Blocks.start(800, BLOCK, 200)).isEqualTo(512);
    assertThat(BlockView.Blocks.start(824, BLOCK, 200)).isEqualTo(512);
  }

  @Test
  void aPageAcrossTwoBlocksIsReadAtOnceFromHalfABlock() {
    assertThat(BlockView.Blocks.start(825, BLOCK, 200)).isEqualTo(768);
    assertThat(BlockView.Blocks.start(1_023, BLOCK, 200)).isEqualTo(768);
  }

  @Test
  void aPageThatFitsNoSuchBlockIsReadFromItsBeginning() {
    assertThat(BlockView.Blocks.start(1_023, BLOCK, 300)).isEqualTo(1_023);
    assertThat(BlockView.Blocks.start(100, BLOCK, 5_000)).isEqualTo(100);
  }

  @Test
  void everyPageOfAtMostHalfABlockIsInOneBlock() {
    for (long position = 0; position < 3 * BLOCK; position++) {
      long start = BlockView.Blocks.start(position, BLOCK, BLOCK / 2);
      assertThat(start).isLessThanOrEqualTo(position);
      assertThat(position + BLOCK / 2).isLessThanOrEqualTo(start + BLOCK);
    }
  }
}
