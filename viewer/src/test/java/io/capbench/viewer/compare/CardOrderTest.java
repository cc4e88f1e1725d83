package io.capbench.viewer.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.TrackRole;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CardOrderTest {

  /** Cards of tracks such as "raw:alt", and a bar where the next fused caption goes. */
  private static String order(String... tracks) {
    CardOrder order =
        CardOrder.of(
            Arrays.stream(tracks)
                .map(track -> track.split(":"))
                .map(part -> new CaptionTrack(part[1], TrackRole.of(part[0]), part[1]))
                .toList());
    StringBuilder names = new StringBuilder();
    for (int i = 0; i <= order.tracks().size(); i++) {
      names.append(i == order.end() ? "| " : "");
      names.append(i < order.tracks().size() ? order.tracks().get(i).name() + " " : "");
    }
    return names.toString().strip();
  }

  @Test
  void aCaptionThatWasMadeStandsBesideTheOfficialOne() {
    assertThat(order("raw:alt", "synthetic:coco", "fused:capsfusion", "long:story", "fused:mine"))
        .isEqualTo("alt coco capsfusion mine | story");
  }

  @Test
  void withoutAnOfficialOneItStandsBehindItsParents() {
    assertThat(order("raw:alt", "synthetic:ib", "long:ib2", "synthetic:sv", "fused:mine"))
        .isEqualTo("alt ib mine | ib2 sv");
    assertThat(order("raw:alt", "synthetic:ib", "long:ib2")).isEqualTo("alt ib | ib2");
  }

  @Test
  void withoutParentsFusedCaptionsComeFirst() {
    assertThat(order("other:a", "fused:b")).isEqualTo("b | a");
    assertThat(order()).isEqualTo("|");
  }
}
