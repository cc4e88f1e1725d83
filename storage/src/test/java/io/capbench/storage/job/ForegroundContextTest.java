package io.capbench.storage.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

final class ForegroundContextTest {
  private final List<Progress> seen = new ArrayList<>();
  private final List<String> woken = new ArrayList<>();
  private final ForegroundContext context = new ForegroundContext(seen::add);

  @Test
  void progressReachesTheCallback() {
    context.progress(3, JobContext.UNKNOWN, "rows");
    assertThat(seen).containsExactly(new Progress(3, JobContext.UNKNOWN, "rows"));
    assertThat(seen.get(0).bounded()).isFalse();
  }

  @Test
  void cancellingIsSeenByTheWork() {
    context.checkCancelled();
    assertThat(context.cancelled()).isFalse();
    context.cancel();
    assertThat(context.cancelled()).isTrue();
    assertThatThrownBy(context::checkCancelled).isInstanceOf(CancellationException.class);
  }

  @Test
  void cancellingTwiceWakesOnce() {
    JobContext.Registration registration = context.onCancel(() -> woken.add("query"));
    context.cancel();
    context.cancel();
    registration.close();
    assertThat(woken).containsExactly("query");
  }

  @Test
  void aClosedRegistrationIsNotWoken() {
    context.onCancel(() -> woken.add("query")).close();
    context.cancel();
    assertThat(woken).isEmpty();
  }

  @Test
  void aLateRegistrationIsWokenAtOnce() {
    context.cancel();
    context.onCancel(() -> woken.add("query")).close();
    assertThat(woken).containsExactly("query");
  }

  @Test
  void oneWakerThatFailsDoesNotKeepTheOthersAsleep() {
    JobContext.Registration first =
        context.onCancel(
            () -> {
              throw new IllegalStateException("for the test");
            });
    JobContext.Registration second = context.onCancel(() -> woken.add("second"));
    context.cancel();
    assertThat(woken).containsExactly("second");
    first.close();
    second.close();
  }

  @Test
  void anUnwatchedContextIsNeverCancelled() {
    JobContext unwatched = JobContext.unwatched();
    unwatched.progress(1, 1, "rows");
    unwatched.checkCancelled();
    unwatched.onCancel(() -> woken.add("never")).close();
    assertThat(unwatched.cancelled()).isFalse();
    assertThat(woken).isEmpty();
  }
}
