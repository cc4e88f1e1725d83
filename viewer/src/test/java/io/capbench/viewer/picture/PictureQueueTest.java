package io.capbench.viewer.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.ImageRef;
import io.capbench.viewer.fixture.MemoryRows;
import io.capbench.viewer.picture.PictureQueue.Wanted;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PictureQueueTest {
  private final PictureQueue queue = new PictureQueue(4, 2);

  @Test
  void theFirstComesBeforeTheOthersAndTheLastOneIsDropped() {
    for (int i = 0; i < 4; i++) {
      assertThat(queue.first(file(i))).isNull();
    }
    assertThat(queue.first(file(4))).isEqualTo(file(0));
    assertThat(IntStream.range(0, 4).mapToObj(i -> queue.take()))
        .containsExactly(file(4), file(3), file(2), file(1));
    assertThat(queue.take()).isNull();
  }

  @Test
  void theLastWaitsBehindTheOthersIfThereIsRoom() {
    for (int i = 0; i < 4; i++) {
      assertThat(queue.last(file(i))).isTrue();
    }
    assertThat(queue.last(file(4))).isFalse();
    assertThat(queue.take()).isEqualTo(file(0));
    assertThat(queue.clear()).containsExactly(file(1), file(2), file(3));
    assertThat(queue.take()).isNull();
  }

  @Test
  void aBusyHostIsPassedOverUntilOneOfItsPicturesIsDone() {
    queue.last(web(1, "http://a.example/1"));
    queue.last(web(2, "https://A.example/2?x"));
    queue.last(web(3, "http://a.example/3"));
    queue.last(web(4, "http://b.example/4"));
    Wanted first = queue.take();
    queue.take();
    assertThat(queue.take()).isEqualTo(web(4, "http://b.example/4"));
    assertThat(queue.take()).isNull();
    queue.done(first);
    assertThat(queue.take()).isEqualTo(web(3, "http://a.example/3"));
  }

  @Test
  void anAddressThatIsNoneHasNoHost() {
    assertThat(web(1, "no address").host()).isEmpty();
    assertThat(web(1, "http://h.example:80/a@b").host()).isEqualTo("h.example:80");
    assertThat(file(1).host()).isEmpty();
  }

  private static Wanted file(int row) {
    String name = String.valueOf(row);
    return new Wanted(MemoryRows.key(row), new ImageRef.File(Path.of(name), name));
  }

  private static Wanted web(int row, String url) {
    return new Wanted(MemoryRows.key(row), new ImageRef.Url(url));
  }
}
