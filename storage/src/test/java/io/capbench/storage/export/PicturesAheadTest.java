package io.capbench.storage.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.fixture.Patience;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.ImageRef;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class PicturesAheadTest {
  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void severalAreReadAtOnceAndComeInTheirOrder() throws Exception {
    // Only readers that run at the same time get past the barrier.
    CyclicBarrier together = new CyclicBarrier(4);
    ImageSource images =
        ref -> {
          meet(together);
          return image(Integer.parseInt(ref.name()));
        };
    try (PicturesAhead ahead = new PicturesAhead(images, JobContext.unwatched())) {
      for (int i = 1; i <= 8; i++) {
        ahead.ask(ref(i));
      }
      for (int i = 1; i <= 8; i++) {
        assertThat(ahead.take().width()).isEqualTo(i);
      }
    }
  }

  @Test
  void aFailureComesInItsPlace() throws Exception {
    ImageSource images =
        ref -> {
          if (ref.name().equals("2")) {
            throw new ImageException(Reason.DNS, "no such host");
          }
          return image(1);
        };
    try (PicturesAhead ahead = new PicturesAhead(images, JobContext.unwatched())) {
      ahead.ask(ref(1));
      ahead.ask(ref(2));
      ahead.ask(ref(3));
      assertThat(ahead.take().width()).isEqualTo(1);
      assertThatThrownBy(ahead::take).isInstanceOf(ImageException.class).hasMessage("no such host");
      assertThat(ahead.take().width()).isEqualTo(1);
    }
  }

  @Test
  void cancellingEndsTheWaitForAPictureThatDoesNotCome() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    ImageSource images =
        ref -> {
          reading.countDown();
          await(never);
          return image(1);
        };
    ForegroundContext context = new ForegroundContext(progress -> {});
    Thread canceller =
        new Thread(
            () -> {
              await(reading);
              context.cancel();
            });
    try (PicturesAhead ahead = new PicturesAhead(images, context)) {
      for (int i = 0; i < 20; i++) {
        ahead.ask(ref(i));
      }
      canceller.start();
      assertThatThrownBy(ahead::take).isInstanceOf(CancellationException.class);
    } finally {
      canceller.join();
    }
  }

  @Test
  void manyBytesThatWaitAreHeavy() throws Exception {
    ImageSource images = ref -> new ImageBytes(new byte[33 << 20], Format.PNG, 1, 1);
    try (PicturesAhead ahead = new PicturesAhead(images, JobContext.unwatched())) {
      ahead.ask(ref(1));
      ahead.ask(ref(2));
      Patience.until("both are here", ahead::heavy);
      ahead.take();
      assertThat(ahead.heavy()).isFalse();
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ImageRef ref(int number) {
    return new ImageRef.Url(String.valueOf(number));
  }

  private static ImageBytes image(int width) {
    return new ImageBytes(new byte[1], Format.PNG, width, 1);
  }
}
