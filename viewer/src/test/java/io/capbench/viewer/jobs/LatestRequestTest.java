package io.capbench.viewer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.model.CapbenchException;
import io.capbench.viewer.fixture.Turns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatestRequestTest {
  private final Turns fx = new Turns();
  private final JobRunner jobs = new JobRunner();
  private final LatestRequest latest = new LatestRequest(jobs, fx);
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void stop() {
    jobs.close();
  }

  private interface Work {
    String run(JobContext context, Consumer<String> early);
  }

  private void start(String name, Work work) {
    latest.start(
        new LatestRequest.Request<String>() {
          @Override
          public String title() {
            return name;
          }

          @Override
          public String run(JobContext context, Consumer<String> early) {
            return work.run(context, early);
          }

          @Override
          public void began(String early) {
            told.add(name + " began " + early);
          }

          @Override
          public void succeeded(String result) {
            told.add(name + " brought " + result);
          }

          @Override
          public void failed(String sentence) {
            told.add(name + " failed " + sentence);
          }

          @Override
          public void drop(String result) {
            told.add(name + " dropped " + result);
          }
        });
  }

  private void untilTold(int count) {
    fx.runUntil(() -> told.size() == count);
  }

  private static String waitForCancel(JobContext context) {
    CountDownLatch cancelled = new CountDownLatch(1);
    JobContext.Registration registration = context.onCancel(cancelled::countDown);
    try {
      cancelled.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      registration.close();
    }
    context.checkCancelled();
    throw new IllegalStateException("It was not cancelled");
  }

  @Test
  void anEarlyResultComesBeforeTheWholeOne() {
    start(
        "a",
        (context, early) -> {
          early.accept("rows");
          return "rows";
        });
    untilTold(2);
    assertThat(told).containsExactly("a began rows", "a brought rows");
  }

  @Test
  void whoeverStopsItKeepsTheEarlyResult() {
    start(
        "a",
        (context, early) -> {
          early.accept("rows");
          return waitForCancel(context);
        });
    untilTold(1);
    latest.cancel();
    untilTold(2);
    assertThat(told).containsExactly("a began rows", "a failed ");
  }

  @Test
  void anEarlyResultThatNobodySawIsDropped() {
    CountDownLatch given = new CountDownLatch(1);
    start(
        "a",
        (context, early) -> {
          early.accept("rows");
          given.countDown();
          return waitForCancel(context);
        });
    await(given);
    start("b", (context, early) -> "others");
    untilTold(2);
    assertThat(told).containsExactlyInAnyOrder("a dropped rows", "b brought others");
  }

  @Test
  void anEarlyResultThatWasShownIsNotDroppedWhenAnotherRequestTakesOver() {
    start(
        "a",
        (context, early) -> {
          early.accept("rows");
          return waitForCancel(context);
        });
    untilTold(1);
    start("b", (context, early) -> "others");
    untilTold(2);
    jobs.close();
    fx.runAll();
    assertThat(told).containsExactly("a began rows", "b brought others");
  }

  @Test
  void aProblemThatAPersonCanMendIsSaid() {
    start(
        "a",
        (context, early) -> {
          throw new CapbenchException("Mend it");
        });
    untilTold(1);
    assertThat(told).containsExactly("a failed Mend it");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tooLittleMemoryIsSaidWithItsRemedy() {
    start(
        "large",
        (context, early) -> {
          throw new OutOfMemoryError("Java heap space");
        });
    untilTold(1);
    assertThat(told.get(0)).contains("not enough memory", "-Xmx4g");
  }
}
