package io.capbench.viewer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.ShardInfo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JumpTargetTest {
  private static final String FIRST = "a1".repeat(32);
  private static final String SECOND = "b2".repeat(32);
  private static final List<ShardInfo> SHARDS =
      List.of(
          new ShardInfo(Path.of("part-00001.parquet"), 100, 1, 9, FIRST, null),
          new ShardInfo(Path.of("part-00002.parquet"), 50, 1, 9, SECOND, null),
          new ShardInfo(Path.of("broken.parquet"), 0, 0, 9, null, "is cut off"));

  @Test
  void aNumberIsAPositionFromOne() {
    assertThat(parse("1")).isEqualTo(new JumpTarget.Position(0));
    assertThat(parse(" 1,234 ")).isEqualTo(new JumpTarget.Position(1233));
    assertThat(parse("5000000000")).isEqualTo(new JumpTarget.Position(4_999_999_999L));
    assertThat(parse("5 000 000")).isEqualTo(new JumpTarget.Position(4_999_999));
  }

  @Test
  void positionsBeyondTheListAreRefused() {
    assertThatThrownBy(() -> parse("0")).hasMessageContaining("positions 1 to 5,000,000,000");
    assertThatThrownBy(() -> parse("5000000001")).hasMessageContaining("1 to 5,000,000,000");
    assertThatThrownBy(() -> JumpTarget.parse("1", 0, SHARDS)).hasMessageContaining("empty");
  }

  @Test
  void aShardIsNamedByNumberNameOrBeginning() {
    JumpTarget wanted = new JumpTarget.Row(new RowKey(SECOND, 7));
    assertThat(parse("2:7")).isEqualTo(wanted);
    assertThat(parse("part-00002.parquet:7")).isEqualTo(wanted);
    assertThat(parse("part-00002:7")).isEqualTo(wanted);
    assertThat(parse("b2b2:7")).isEqualTo(wanted);
    assertThat(parse(SECOND + ":7")).as("a row key").isEqualTo(wanted);
  }

  @Test
  void whatLeadsNowhereSaysWhy() {
    assertThatThrownBy(() -> parse("part:1")).hasMessageContaining("2 shards are called");
    assertThatThrownBy(() -> parse("other:1")).hasMessageContaining("No shard is called \"other\"");
    assertThatThrownBy(() -> parse("2:50")).hasMessageContaining("has the rows 0 to 49");
    assertThatThrownBy(() -> parse("broken:0")).hasMessageContaining("could not be read");
    for (String nonsense : List.of("", "abc", "1:x", "-3", "12345678901234567890")) {
      assertThatThrownBy(() -> parse(nonsense))
          .as(nonsense)
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("position such as 1,234");
    }
  }

  private static JumpTarget parse(String text) {
    return JumpTarget.parse(text, 5_000_000_000L, SHARDS);
  }
}
