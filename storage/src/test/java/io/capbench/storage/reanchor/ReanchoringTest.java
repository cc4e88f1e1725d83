package io.capbench.storage.reanchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.DecisionAction;
import io.capbench.storage.workspace.DecisionEntry;
import io.capbench.storage.workspace.LogQuery;
import io.capbench.storage.workspace.NewDecision;
import io.capbench.storage.workspace.Span;
import io.capbench.storage.workspace.StrayDecision;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReanchoringTest {
  @TempDir Path temp;
  private final JobContext context = new ForegroundContext(progress -> {});
  private Path shard;
  private Workspace workspace;

  @BeforeEach
  void open() {
    shard = temp.resolve("shard.jsonl");
    workspace = Workspace.open(temp.resolve("w.capbench"));
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  @Test
  void decisionsFollowTheirContentToOtherRowNumbers() throws Exception {
    write("one", "two", "three");
    decide(0, Verdict.ACCEPTED);
    decide(2, Verdict.REJECTED);
    edit(2, "a third one");
    write("three", "zero", "one");

    ReanchorReport report = run();

    assertThat(report).isEqualTo(new ReanchorReport(2, 2, 0, List.of()));
    assertThat(current(0).verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(current(0).editedText()).isEqualTo("a third one");
    assertThat(current(0).annotator()).isEqualTo("ann");
    assertThat(current(1)).isNull();
    assertThat(current(2).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(run()).as("again").isEqualTo(new ReanchorReport(2, 0, 2, List.of()));
  }

  @Test
  void whatNoRowHoldsAnyMoreIsListedAndStaysInTheLog() throws Exception {
    write("one", "two");
    decide(0, Verdict.ACCEPTED);
    decide(1, Verdict.SKIPPED);
    write("one, mended", "two");

    ReanchorReport report = run();

    assertThat(report.anchored()).isEqualTo(1);
    assertThat(report.unmatched())
        .singleElement()
        .satisfies(
            stray -> {
              assertThat(stray.shard()).isEqualTo("shard.jsonl");
              assertThat(stray.decision().key().row()).isZero();
              assertThat(stray.decision().verdict()).isEqualTo(Verdict.ACCEPTED);
            });
    List<DecisionEntry> log = new ArrayList<>();
    workspace.decisions().read(LogQuery.all(), log::add);
    assertThat(log).hasSize(3);
    assertThat(log.get(2).note()).contains(log.get(1).key().toString());
  }

  @Test
  void aRowThatIsDecidedAlreadyKeepsItsDecision() throws Exception {
    write("one", "two");
    decide(0, Verdict.ACCEPTED);
    write("one", "two", "three");
    decide(0, Verdict.REJECTED);

    assertThat(run()).isEqualTo(new ReanchorReport(1, 0, 1, List.of()));
    assertThat(current(0).verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void tagsAndSpansGoWithTheDecisionInTheNamesOfThoseWhoWroteThem() throws Exception {
    write("one bus", "two");
    decide(0, Verdict.ACCEPTED);
    note(0, "bo", "blurred");
    note(1, "cy", "Blurred");
    write("two", "one bus");

    assertThat(run()).isEqualTo(new ReanchorReport(2, 2, 0, List.of()));

    assertThat(current(1).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(current(1).annotator()).isEqualTo("ann");
    assertThat(current(1).tags()).containsExactly("blurred");
    assertThat(current(1).spans())
        .containsExactly(new CaptionSpan("caption", 0, 3, "object", "bo"));
    assertThat(current(0).tags()).containsExactly("Blurred");
    assertThat(current(0).decided()).isFalse();
    List<String> taggers = new ArrayList<>();
    workspace
        .decisions()
        .read(
            LogQuery.all(),
            entry -> {
              if (entry.action() == DecisionAction.TAG && entry.note() != null) {
                taggers.add(entry.annotator() + " " + entry.key().row());
              }
            });
    assertThat(taggers).containsExactlyInAnyOrder("bo 1", "cy 0");
    assertThat(run()).as("again").isEqualTo(new ReanchorReport(2, 0, 2, List.of()));
  }

  @Test
  void aRowThatIsOnlyTaggedStillGetsItsDecision() throws Exception {
    write("one", "two");
    decide(0, Verdict.ACCEPTED);
    note(0, "bo", "blurred");
    write("one", "two", "three");
    note(0, "cy", "BLURRED");

    assertThat(run()).isEqualTo(new ReanchorReport(1, 1, 0, List.of()));
    assertThat(current(0).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(current(0).tags()).containsExactly("BLURRED");
    assertThat(current(0).spans()).extracting(CaptionSpan::annotator).containsExactly("cy");
  }

  @Test
  void lookingWritesNothing() throws Exception {
    write("one", "two");
    decide(1, Verdict.ACCEPTED);
    write("two");
    try (Dataset dataset = dataset()) {
      assertThat(new Reanchoring(dataset, workspace).look(context))
          .isEqualTo(new ReanchorReport(1, 1, 0, List.of()));
    }
    assertThat(current(0)).isNull();
  }

  @Test
  void rowsThatOccurTwiceGetOneDecisionEach() throws Exception {
    write("same", "other", "same");
    decide(0, Verdict.ACCEPTED);
    decide(2, Verdict.REJECTED);
    write("other", "more", "same", "same");

    assertThat(run().anchored()).isEqualTo(2);
    assertThat(current(2).verdict()).as("of the row of that number").isEqualTo(Verdict.REJECTED);
    assertThat(current(3).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void theNewestOfSeveralGenerationsCounts() throws Exception {
    write("one", "two");
    decide(0, Verdict.ACCEPTED);
    write("one", "two", "three");
    decide(0, Verdict.REJECTED);
    write("zero", "one");

    assertThat(run()).isEqualTo(new ReanchorReport(2, 1, 1, List.of()));
    assertThat(current(1).verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void shardsThatAreElsewhereOrStillThereAreNotStray() throws Exception {
    Path other = temp.resolve("other.jsonl");
    write("one");
    decide(0, Verdict.ACCEPTED);
    Files.move(shard, temp.resolve("moved.jsonl"));
    shard = temp.resolve("moved.jsonl");
    try (Dataset dataset = dataset()) {
      assertThat(new Reanchoring(dataset, workspace).shards()).as("the same file, moved").isEmpty();
    }
    Files.writeString(other, "{\"caption\": \"else\"}\n");
    shard = other;
    try (Dataset dataset = dataset()) {
      assertThat(new Reanchoring(dataset, workspace).shards())
          .as("another file in that folder, and the first still there")
          .isEmpty();
    }
  }

  @Test
  void shardsThatWereSplitIntoOthersOfThatFolderAreStray() throws Exception {
    write("one", "two");
    decide(1, Verdict.ACCEPTED);
    Files.delete(shard);
    shard = temp.resolve("part-1.jsonl");
    write("two");
    assertThat(run().anchored()).isEqualTo(1);
    assertThat(current(0).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void cancellingWritesNothing() throws Exception {
    write("one");
    decide(0, Verdict.ACCEPTED);
    write("zero", "one");
    ForegroundContext cancelled = new ForegroundContext(progress -> {});
    try (Dataset dataset = dataset()) {
      cancelled.cancel();
      assertThatThrownBy(() -> new Reanchoring(dataset, workspace).run(cancelled))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(current(1)).isNull();
    assertThat(run().anchored()).isEqualTo(1);
  }

  @Test
  void withoutStrayDecisionsNoRowIsRead() throws Exception {
    write("one");
    Dataset closed = dataset();
    closed.close(); // reading would throw
    assertThat(new Reanchoring(closed, workspace).run(context))
        .isEqualTo(new ReanchorReport(0, 0, 0, List.<StrayDecision>of()));
  }

  private void write(String... captions) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String caption : captions) {
      lines.append("{\"caption\": \"").append(caption).append("\"}\n");
    }
    Files.writeString(shard, lines);
  }

  private Dataset dataset() {
    Dataset dataset = new DatasetOpener(temp.resolve("cache")).open(List.of(shard), context);
    workspace.rememberShards(dataset.info().shards());
    return dataset;
  }

  private CaptionRow row(Dataset dataset, long number) {
    try (RowView view = dataset.view(dataset.info().mapping(), RowQuery.ALL, context)) {
      return view.page(number, 1).get(0);
    }
  }

  private void decide(long number, Verdict verdict) {
    try (Dataset dataset = dataset()) {
      workspace.decisions().append(NewDecision.verdict(row(dataset, number), "ann", verdict));
    }
  }

  /** Tags the row and marks the first three characters of its caption. */
  private void note(long number, String annotator, String tag) {
    try (Dataset dataset = dataset()) {
      CaptionRow row = row(dataset, number);
      workspace.decisions().append(NewDecision.tag(row, annotator, tag));
      workspace
          .decisions()
          .append(NewDecision.span(row, annotator, "caption", new Span(0, 3), "object"));
    }
  }

  private void edit(long number, String text) {
    try (Dataset dataset = dataset()) {
      workspace.decisions().append(NewDecision.edit(row(dataset, number), "ann", "caption", text));
    }
  }

  private ReanchorReport run() {
    try (Dataset dataset = dataset()) {
      return new Reanchoring(dataset, workspace).run(context);
    }
  }

  private Decision current(long number) {
    try (Dataset dataset = dataset()) {
      return workspace.decisions().current(row(dataset, number).key()).orElse(null);
    }
  }
}
