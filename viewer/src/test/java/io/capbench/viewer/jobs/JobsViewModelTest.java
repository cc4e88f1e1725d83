package io.capbench.viewer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.job.Job;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobHandle;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.job.JobState;
import io.capbench.storage.model.CapbenchException;
import io.capbench.viewer.fixture.Turns;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsViewModelTest {
  private final Turns fx = new Turns();
  private final JobRunner runner = new JobRunner();
  private final JobsViewModel jobs = new JobsViewModel(runner, fx);
  private final CountDownLatch reported = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  private interface Work {
    void run(JobContext context) throws Exception;
  }

  @AfterEach
  void close() {
    go.countDown();
    runner.close();
  }

  @Test
  void aJobIsShownWhileItRunsAndGoneAfterIt() throws Exception {
    JobHandle<?> handle = submit(context -> {});
    await(reported);
    fx.runAll();
    assertThat(jobs.items()).hasSize(1);
    assertThat(jobs.items().get(0).handle()).isSameAs(handle);

    go.countDown();
    fx.runUntil(() -> jobs.items().isEmpty());
    assertThat(handle.state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void progressIsAFractionAndWords() throws Exception {
    submit(context -> context.progress(2_500, 10_000, "rows"));
    JobItem item = shown();
    assertThat(item.fractionProperty().get()).isEqualTo(0.25);
    assertThat(item.detailProperty().get()).isEqualTo(String.format("%,d/%,d rows", 2_500, 10_000));
    assertThat(item.failureProperty().get()).isEmpty();
  }

  @Test
  void withoutATotalTheFractionIsUnknown() throws Exception {
    submit(context -> context.progress(7, JobContext.UNKNOWN, "rows"));
    JobItem item = shown();
    assertThat(item.fractionProperty().get()).isEqualTo(-1);
    assertThat(item.detailProperty().get()).isEqualTo("7 rows");
  }

  @Test
  void aTotalOfZeroIsNotDividedBy() throws Exception {
    submit(context -> context.progress(0, 0, "rows"));
    assertThat(shown().fractionProperty().get()).isZero();
  }

  @Test
  void beforeTheJobSaysAnythingThereIsNothingToSay() throws Exception {
    submit(context -> {});
    JobItem item = shown();
    assertThat(item.fractionProperty().get()).isEqualTo(-1);
    assertThat(item.detailProperty().get()).isEmpty();
  }

  @Test
  void aThousandReportsAreOneTurnOfTheWindow() throws Exception {
    submit(
        context -> {
          for (int i = 0; i < 1000; i++) {
            context.progress(i, 1000, "rows");
          }
        });
    await(reported);
    assertThat(fx.size()).as("one to add it, one to update it").isEqualTo(2);
    fx.runAll();
    assertThat(jobs.items().get(0).detailProperty().get()).startsWith("999/");
  }

  @Test
  void afterItsTurnAReportIsHeardAgain() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    submit(
        context -> {
          context.progress(1, 10, "rows");
          reported.countDown();
          await(first);
          context.progress(9, 10, "rows");
        });
    JobItem item = shown();
    assertThat(item.fractionProperty().get()).isEqualTo(0.1);
    first.countDown();
    fx.runUntil(() -> item.fractionProperty().get() == 0.9);
  }

  @Test
  void aFailureSaysItsSentenceAndStaysUntilItIsDismissed() throws Exception {
    submit(
        context -> {
          throw new CapbenchException("a.parquet is gone; choose another");
        });
    go.countDown();
    fx.runUntil(
        () -> !jobs.items().isEmpty() && !jobs.items().get(0).failureProperty().get().isEmpty());
    JobItem item = jobs.items().get(0);
    assertThat(item.failureProperty().get()).isEqualTo("a.parquet is gone; choose another");
    jobs.dismiss(item);
    assertThat(jobs.items()).isEmpty();
  }

  @Test
  void anUnforeseenFailureNamesTheJob() throws Exception {
    submit(
        context -> {
          throw new IllegalStateException("odd");
        });
    fx.runUntil(
        () -> !jobs.items().isEmpty() && !jobs.items().get(0).failureProperty().get().isEmpty());
    assertThat(jobs.items().get(0).failureProperty().get())
        .startsWith("Counting failed")
        .contains("odd");
  }

  @Test
  void aCancelledJobGoesAwayWithoutAFailure() throws Exception {
    JobHandle<?> handle =
        submit(
            context -> {
              reported.countDown();
              await(go);
              context.checkCancelled();
            });
    JobItem item = shown();
    item.handle().cancel();
    go.countDown();
    fx.runUntil(() -> jobs.items().isEmpty());
    assertThat(handle.state()).isEqualTo(JobState.CANCELLED);
    assertThat(item.failureProperty().get()).isEmpty();
  }

  @Test
  void jobsStandInTheOrderOfTheirBeginning() throws Exception {
    JobHandle<?> first = submit(context -> {});
    JobHandle<?> second = submit(context -> {});
    await(reported);
    fx.runAll();
    assertThat(jobs.items()).extracting(JobItem::handle).containsExactly(first, second);
  }

  private JobItem shown() {
    await(reported);
    fx.runAll();
    return jobs.items().get(0);
  }

  private JobHandle<?> submit(Work work) {
    return runner.submit(
        new Job<String>() {
          @Override
          public String title() {
            return "Counting";
          }

          @Override
          public String run(JobContext context) throws Exception {
            work.run(context);
            reported.countDown();
            await(go);
            return "done";
          }
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
