package io.capbench.storage.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.fixture.Patience;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class HostLimitsTest {

  @Test
  void oneHostsRequestsWaitForEachOtherAndNotForThoseOfOthers() throws Exception {
    HostLimits limits = new HostLimits(2, 9);
    HostLimits.Permit first = limits.acquire("a");
    HostLimits.Permit second = limits.acquire("a");
    Waiting third = new Waiting(limits, "a");
    third.waitUntilItWaits();
    limits.acquire("b").release();
    assertThat(third.acquired).isFalse();

    first.release();
    third.thread.join();
    assertThat(third.acquired).isTrue();
    second.release();
    assertThat(limits.hosts()).isZero();
  }

  @Test
  void allRequestsTogetherHaveALimit() throws Exception {
    HostLimits limits = new HostLimits(2, 2);
    HostLimits.Permit first = limits.acquire("a");
    HostLimits.Permit second = limits.acquire("b");
    Waiting third = new Waiting(limits, "c");
    third.waitUntilItWaits();
    assertThat(limits.hosts()).isEqualTo(3);
    second.release();
    third.thread.join();
    assertThat(third.acquired).isTrue();
    first.release();
  }

  @Test
  void whoIsInterruptedWhileWaitingLeavesNothingBehind() throws Exception {
    HostLimits limits = new HostLimits(1, 1);
    HostLimits.Permit first = limits.acquire("a");
    Waiting sameHost = new Waiting(limits, "a");
    Waiting otherHost = new Waiting(limits, "b");
    sameHost.waitUntilItWaits();
    otherHost.waitUntilItWaits();
    sameHost.thread.interrupt();
    otherHost.thread.interrupt();
    sameHost.thread.join();
    otherHost.thread.join();
    first.release();
    assertThat(limits.hosts()).isZero();
    limits.acquire("a").release();
    limits.acquire("b").release();
  }

  private static final class Waiting {
    private final AtomicBoolean acquired = new AtomicBoolean();
    private final Thread thread;

    Waiting(HostLimits limits, String host) {
      thread =
          new Thread(
              () -> {
                try {
                  HostLimits.Permit permit = limits.acquire(host);
                  acquired.set(true);
                  permit.release();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.start();
    }

    void waitUntilItWaits() {
      Patience.until("the thread waits", () -> thread.getState() == Thread.State.WAITING);
    }
  }
}
