package io.capbench.storage.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JobRunnerTest {
  private final JobRunner runner = new JobRunner();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void closeRunner() {
    release.countDown();
    runner.close();
  }

  @Test
  void aJobEndsWithItsResult() throws Exception {
    JobHandle<String> handle = runner.submit(job("Reading", Lane.IO, context -> "done"));
    assertThat(handle.future().get()).isEqualTo("done");
    assertThat(handle.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(handle.title()).isEqualTo("Reading");
    assertThat(handle.startedAt()).isNotNull();
    assertThat(handle.finishedAt()).isAfterOrEqualTo(handle.startedAt());
    assertThat(handle.startedAt()).isAfterOrEqualTo(handle.submittedAt());
  }

  @Test
  void aJobThatThrowsFailsWithWhatItThrew() {
    CapbenchException cause = new CapbenchException("a.parquet is damaged");
    JobHandle<String> handle =
        runner.submit(
            job(
                "Reading",
                Lane.IO,
                context -> {
                  throw cause;
                }));
    assertThatThrownBy(() -> handle.future().get())
        .isInstanceOf(ExecutionException.class)
        .hasCause(cause);
    assertThat(handle.state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void anErrorFailsTheJobAndTheLaneLivesOn() throws Exception {
    JobHandle<String> broken =
        runner.submit(
            job(
                "Exhausting",
                Lane.DEVICE,
                context -> {
                  throw new OutOfMemoryError("for the test");
                }));
    JobHandle<String> next = runner.submit(job("Next", Lane.DEVICE, context -> "alive"));
    assertThat(next.future().get()).isEqualTo("alive");
    assertThat(broken.state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void progressIsSeenByListenersOnTheWorkersThread() throws Exception {
    List<Progress> seen = new CopyOnWriteArrayList<>();
    Set<String> threads = ConcurrentHashMap.newKeySet();
    runner.addListener(
        handle ->
            handle.addListener(
                () -> {
                  seen.add(handle.progress());
                  threads.add(Thread.currentThread().getName());
                }));
    JobHandle<String> handle =
        runner.submit(
            job(
                "Counting",
                Lane.IO,
                context -> {
                  context.progress(1, 2, "rows");
                  context.progress(2, 2, "rows");
                  return "";
                }));
    handle.future().get();
    assertThat(seen)
        .startsWith(Progress.NONE, new Progress(1, 2, "rows"), new Progress(2, 2, "rows"));
    assertThat(threads).allMatch(name -> name.startsWith("job-io-"));
    assertThat(handle.progress().bounded()).isTrue();
  }

  @Test
  void aListenerThatFailsDoesNotFailTheJob() throws Exception {
    runner.addListener(
        handle ->
            handle.addListener(
                () -> {
                  throw new IllegalStateException("for the test");
                }));
    JobHandle<String> handle = runner.submit(job("Reading", Lane.IO, context -> "done"));
    assertThat(handle.future().get()).isEqualTo("done");
  }

  @Test
  void theDeviceLaneRunsOneAtATimeInOrder() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Integer> order = new CopyOnWriteArrayList<>();
    List<JobHandle<String>> handles = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      handles.add(
          runner.submit(
              job(
                  "Model " + i,
                  Lane.DEVICE,
                  context -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    order.add(number);
                    running.decrementAndGet();
                    return "";
                  })));
    }
    for (JobHandle<String> handle : handles) {
      handle.future().get();
    }
    assertThat(most.get()).isEqualTo(1);
    assertThat(order).isSorted().hasSize(20);
  }

  @Test
  void threeJobsRunSideBySideOnTheIoLane() throws Exception {
    CyclicBarrier three = new CyclicBarrier(3);
    List<JobHandle<String>> handles = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      handles.add(
          runner.submit(
              job(
                  "Meeting",
                  Lane.IO,
                  context -> {
                    three.await();
                    return "met";
                  })));
    }
    for (JobHandle<String> handle : handles) {
      assertThat(handle.future().get()).isEqualTo("met");
    }
  }

  @Test
  void cancellingARunningJobWakesItAndEndsItCancelled() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch woken = new CountDownLatch(1);
    JobHandle<String> handle =
        runner.submit(
            job(
                "Waiting",
                Lane.IO,
                context -> {
                  JobContext.Registration wake = context.onCancel(woken::countDown);
                  running.countDown();
                  woken.await();
                  wake.close();
                  context.checkCancelled();
                  return "never";
                }));
    running.await();
    handle.cancel();
    assertThatThrownBy(() -> handle.future().get()).isInstanceOf(CancellationException.class);
    assertThat(handle.state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void cancellingTheFutureCancelsTheJob() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    JobHandle<String> handle =
        runner.submit(
            job(
                "Waiting",
                Lane.IO,
                context -> {
                  while (!context.cancelled()) {
                    Thread.onSpinWait();
                  }
                  throw new IllegalStateException("interrupted query");
                }));
    handle.addListener(
        () -> {
          if (handle.state().ended()) {
            ended.countDown();
          }
        });
    handle.future().cancel(true);
    ended.await();
    assertThat(handle.state()).isEqualTo(JobState.CANCELLED);
    assertThat(handle.future()).isCancelled();
  }

  @Test
  void aCancelledJobThatWaitedNeverRuns() throws Exception {
    JobHandle<String> first = runner.submit(job("Blocking", Lane.DEVICE, this::untilReleased));
    AtomicInteger runs = new AtomicInteger();
    JobHandle<String> second =
        runner.submit(
            job(
                "Waiting",
                Lane.DEVICE,
                context -> {
                  runs.incrementAndGet();
                  return "";
                }));
    second.cancel();
    assertThat(second.state()).isEqualTo(JobState.CANCELLED);
    assertThat(second.startedAt()).isNull();
    assertThat(second.elapsed()).isZero();
    release.countDown();
    first.future().get();
    runner.submit(job("Last", Lane.DEVICE, context -> "")).future().get();
    assertThat(runs).hasValue(0);
  }

  @Test
  void aJobThatReturnsAlthoughItWasCancelledHasSucceeded() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    JobHandle<String> handle =
        runner.submit(
            job(
                "Finishing",
                Lane.IO,
                context -> {
                  running.countDown();
                  return untilReleased(context);
                }));
    running.await();
    handle.cancel();
    release.countDown();
    assertThat(handle.future().get()).isEqualTo("released");
    assertThat(handle.state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void thereIsExactlyOneEndWhenCancelRacesWithSuccess() throws Exception {
    for (int i = 0; i < 300; i++) {
      AtomicInteger ends = new AtomicInteger();
      JobHandle<String> handle = new JobHandle<>(job("Racing", Lane.IO, context -> "done"));
      handle.addListener(
          () -> {
            if (handle.state().ended()) {
              ends.incrementAndGet();
            }
          });
      CyclicBarrier start = new CyclicBarrier(2);
      Thread worker =
          new Thread(
              () -> {
                meet(start);
                handle.run();
              });
      worker.start();
      meet(start);
      handle.cancel();
      worker.join();
      assertThat(ends).hasValue(1);
      assertThat(handle.future().isCancelled()).isEqualTo(handle.state() == JobState.CANCELLED);
      assertThat(handle.future().isDone()).isTrue();
    }
  }

  @Test
  void aFullLaneRefusesTheNextJobAndSaysWhy() {
    for (int i = 0; i < JobRunner.MAX_WAITING; i++) {
      runner.submit(job("Waiting", Lane.DEVICE, this::untilReleased));
    }
    // The lane's thread holds one job at most, so two more cannot both fit.
    assertThatThrownBy(
            () -> {
              runner.submit(job("One more", Lane.DEVICE, this::untilReleased));
              runner.submit(job("Two more", Lane.DEVICE, this::untilReleased));
            })
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("jobs are waiting");
  }

  @Test
  void closingCancelsWhatWaitsAndWhatRuns() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    JobHandle<String> runs =
        runner.submit(
            job(
                "Running",
                Lane.DEVICE,
                context -> {
                  running.countDown();
                  while (true) {
                    context.checkCancelled();
                    Thread.onSpinWait();
                  }
                }));
    JobHandle<String> waits = runner.submit(job("Waiting", Lane.DEVICE, context -> ""));
    running.await();
    runner.close();
    assertThat(runs.state()).isEqualTo(JobState.CANCELLED);
    assertThat(waits.state()).isEqualTo(JobState.CANCELLED);
    assertThatThrownBy(() -> runner.submit(job("Late", Lane.IO, context -> "")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void closingDoesNotWaitForeverForAJobThatIgnoresIt() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    JobRunner hasty = new JobRunner(Duration.ofMillis(300));
    JobHandle<String> stubborn =
        hasty.submit(
            job(
                "Stubborn",
                Lane.IO,
                context -> {
                  running.countDown();
                  try {
                    release.await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                  }
                  return "";
                }));
    running.await();
    hasty.close();
    interrupted.await();
    assertThatThrownBy(() -> stubborn.future().get()).isInstanceOf(CancellationException.class);
  }

  private String untilReleased(JobContext context) throws InterruptedException {
    release.await();
    return "released";
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Work<T> {
    T run(JobContext context) throws Exception;
  }

  private static <T> Job<T> job(String title, Lane lane, Work<T> work) {
    return new Job<>() {
      @Override
      public String title() {
        return title;
      }

      @Override
      public Lane lane() {
        return lane;
      }

      @Override
      public T run(JobContext context) throws Exception {
        return work.run(context);
      }
    };
  }
}
