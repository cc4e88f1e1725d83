package io.capbench.viewer.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.fixture.Patience;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SharedModelTest {
  private final AtomicInteger freed = new AtomicInteger();
  private final SharedModel<String> model =
      new SharedModel<>("weights", "tiny", freed::incrementAndGet);

  @Test
  void whoeverHasATurnGetsTheModelAndWhatGoesWrongIsTold() {
    assertThat(model.<Integer, RuntimeException>use(String::length)).isEqualTo(7);
    assertThat(model.aside()).isEqualTo("weights");
    assertThatThrownBy(
            () ->
                model.use(
                    weights -> {
                      throw new IOException("no " + weights);
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("no weights");
    assertThat(model.<Integer, RuntimeException>use(String::length)).isEqualTo(7);
  }

  @Test
  void aModelThatWasLetGoIsFreedOnceAndGivesNoMoreTurns() {
    model.close();
    model.close();
    model.closeIfIdle();
    assertThat(freed).hasValue(1);
    assertThatThrownBy(() -> model.<Integer, RuntimeException>use(String::length))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aModelAtWorkIsNotFreedAndKnowsWhoWaits() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Boolean> first =
        CompletableFuture.supplyAsync(
            () ->
                model.<Boolean, RuntimeException>use(
                    weights -> {
                      working.countDown();
                      return wait(go);
                    }));
    assertThat(wait(working)).isTrue();
    assertThat(model.wanted()).isFalse();
    model.closeIfIdle();
    assertThat(freed).hasValue(0);

    Thread second = new Thread(() -> model.<Integer, RuntimeException>use(String::length));
    second.start();
    Patience.until("the model is wanted", model::wanted);
    go.countDown();
    assertThat(first.get()).isTrue();
    second.join();
    model.closeIfIdle();
    assertThat(freed).hasValue(1);
  }

  private static boolean wait(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
