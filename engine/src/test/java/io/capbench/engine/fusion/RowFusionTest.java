package io.capbench.engine.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.dataset.RowView;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.query.RowQuery;
import io.capbench.storage.workspace.Fusion;
import io.capbench.storage.workspace.FusionColumns;
import io.capbench.storage.workspace.KnownFuser;
import io.capbench.storage.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowFusionTest {
  private static final CaptionTrack RAW = new CaptionTrack("alt", TrackRole.RAW, "alt_text");
  private static final CaptionTrack BLIP = new CaptionTrack("blip", TrackRole.SYNTHETIC, "blip");
  private static final int ROWS = 1_200;

  /** Every 500th row lacks a caption, and the fuser refuses another: 4 of each, as some repeat. */
  private static final int LACKING = 13;

  private static final int REFUSED = 14;

  @TempDir private Path folder;
  private Workspace workspace;
  private Dataset dataset;
  private RowView rows;
  private final Joining fuser = new Joining();

  @BeforeEach
  void open() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      // The last hundred have the captions of the first.
      int n = i % 1_100;
      String text = n % 500 == REFUSED ? "" : "raw " + n;
      String raw = n % 500 == LACKING ? "null" : "\"" + text + "\"";
      lines.append("{\"alt_text\": %s, \"blip\": \"cat %d\"}\n".formatted(raw, n));
    }
    Path file = Files.writeString(folder.resolve("a.jsonl"), lines);
    workspace = Workspace.open(folder.resolve("w.capbench"));
    dataset =
        new DatasetOpener(folder.resolve("cache")).open(List.of(file), JobContext.unwatched());
    rows =
        dataset.view(
            new ColumnMapping(List.of(RAW, BLIP), null, ImageKind.NONE),
            RowQuery.ALL,
            JobContext.unwatched());
  }

  @AfterEach
  void close() {
    rows.close();
    dataset.close();
    workspace.close();
  }

  @Test
  void everyRowHasACaptionOrAReasonAndDetectorsLookedAtIt() {
    FusionReport report = fuse(false);

    assertThat(report.rows()).isEqualTo(ROWS);
    assertThat(report.fused() + report.reused()).isEqualTo(ROWS - 8);
    assertThat(report.failed()).isEqualTo(8);
    assertThat(report.flagged()).isEqualTo(ROWS - 8L);
    Fusion first = of(0);
    assertThat(first.text()).isEqualTo("raw 0 cat 0");
    assertThat(first.flags()).contains("concatenation");
    assertThat(first.score()).isEqualTo(-1.5);
    assertThat(first.finish()).isEqualTo("eos");
    assertThat(of(LACKING).reason())
        .isEqualTo("There is no raw caption, so there is nothing to merge");
    assertThat(of(REFUSED).reason()).isEqualTo("refused");
    assertThat(of(1_105).text()).isEqualTo("raw 5 cat 5");
  }

  @Test
  void workThatBreaksOffGoesOnWhereItWasAndNoRowIsDoneTwice() {
    fuser.breaksAfter = 333;
    assertThatThrownBy(() -> fuse(false)).isInstanceOf(CapbenchException.class);
    fuser.breaksAfter = Integer.MAX_VALUE;

    FusionReport rest = fuse(false);

    assertThat(rest.kept()).isEqualTo(332);
    assertThat(rest.flagged()).isEqualTo(ROWS - 8L);
    assertThat(rest.rows()).isEqualTo(ROWS);
    List<String> done = fuser.done;
    assertThat(done).filteredOn(raw -> !raw.isEmpty()).doesNotHaveDuplicates();
    assertThat(fuse(false).kept()).isEqualTo(ROWS - 8);
  }

  @Test
  void cancelledWorkKeepsWhatIsFinished() {
    ForegroundContext[] context = new ForegroundContext[1];
    context[0] =
        new ForegroundContext(
            progress -> {
              if (progress.done() == 100) {
                context[0].cancel();
              }
            });
    assertThatThrownBy(
            () ->
                new RowFusion(fuser, workspace.fusions(), series -> {})
                    .fuse(request(false), context[0]))
        .isInstanceOf(CancellationException.class);

    // One of the hundred lacks a caption, another was refused.
    assertThat(fuse(false).kept()).isEqualTo(98);
  }

  @Test
  void rowsAreFusedAnewOnlyWhereThatIsWanted() {
    fuse(false);
    int before = fuser.done.size();

    assertThat(fuse(true).fused()).isEqualTo(ROWS - 8);
    assertThat(fuser.done).hasSize(before + ROWS - 4);
  }

  @Test
  void aCaptionThatWasCutOffIsTruncatedHoweverItLooks() {
    fuser.finish = Finish.LENGTH;
    fuse(false);

    assertThat(of(0).finish()).isEqualTo("length");
    assertThat(of(0).flags()).containsExactly("truncated", "concatenation");
  }

  @Test
  void whoeverShowsTheCaptionsIsToldWheneverSomeAreKept() {
    List<Boolean> there = new ArrayList<>();
    new RowFusion(fuser, workspace.fusions(), series -> there.add(known(ROWS - 1)))
        .fuse(request(false), JobContext.unwatched());

    assertThat(there).hasSizeGreaterThan(10).endsWith(true).contains(false);
  }

  @Test
  void aFinishedRowIsOnTheDiskThoughTheNextOneIsLongInComing() {
    AtomicLong clock = new AtomicLong();
    List<Boolean> there = new ArrayList<>();
    fuser.afterFirst =
        context -> {
          there.add(known(0) || known(1));
          clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
          context.checkCancelled();
          there.add(known(0) || known(1));
          clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
          context.checkCancelled();
          there.add(known(0) || known(1));
        };
    new RowFusion(fuser, workspace.fusions(), series -> {}, clock::get)
        .fuse(request(false), JobContext.unwatched());

    assertThat(there).containsExactly(false, false, true);
  }

  @Test
  void pairsAreTakenAFewAtATime() {
    fuse(false);

    assertThat(fuser.mostAhead).isLessThanOrEqualTo(2);
  }

  private FusionReport fuse(boolean again) {
    return new RowFusion(fuser, workspace.fusions(), series -> {})
        .fuse(request(again), JobContext.unwatched());
  }

  private FusionRequest request(boolean again) {
    return new FusionRequest(rows, RAW, BLIP, again);
  }

  private Fusion of(int row) {
    return Objects.requireNonNull(find(row));
  }

  private boolean known(int row) {
    return find(row) != null;
  }

  private @Nullable Fusion find(int row) {
    CaptionRow found = rows.page(row, 1).get(0);
    KnownFuser known =
        new FusionKeeper(workspace.fusions(), fuser.description(), RAW, BLIP).series().fuser();
    return workspace
        .fusions()
        .of(known, new FusionColumns("alt_text", "blip"), List.of(found.key()))
        .get(found.key());
  }

  /** Puts one caption behind the other, two at a time. */
  private static final class Joining implements Fuser {
    private final List<String> done = new ArrayList<>();
    private int breaksAfter = Integer.MAX_VALUE;
    private int mostAhead;
    private Finish finish = Finish.EOS;
    private Consumer<JobContext> afterFirst = context -> {};

    @Override
    public FuserDescription description() {
      return new FuserDescription("joining", "ab".repeat(32), "f32", "cpu", "cd".repeat(32), "x=1");
    }

    @Override
    public FusedCaption fuse(CaptionPair captions, Consumer<String> part, JobContext context) {
      return new FusedCaption(
          captions.raw() + " " + captions.synthetic(), List.of(3), -1.5, 9, finish);
    }

    @Override
    public <K> void fuseAll(Iterator<KeyedPair<K>> pairs, FusionSink<K> sink, JobContext context) {
      List<KeyedPair<K>> ahead = new ArrayList<>();
      while (pairs.hasNext() || !ahead.isEmpty()) {
        context.checkCancelled();
        for (int free = ahead.isEmpty() ? 2 : 0; free > 0 && pairs.hasNext(); free--) {
          ahead.add(pairs.next());
        }
        mostAhead = Math.max(mostAhead, ahead.size());
        // The later one is finished first.
        KeyedPair<K> pair = ahead.remove(ahead.size() - 1);
        if (done.size() >= breaksAfter) {
          throw new CapbenchException("broken");
        }
        done.add(pair.captions().raw());
        if (pair.captions().raw().isEmpty()) {
          sink.failed(pair.key(), "refused");
        } else {
          sink.fused(pair.key(), fuse(pair.captions(), part -> {}, context));
        }
        if (done.size() == 1) {
          afterFirst.accept(context);
        }
      }
    }

    @Override
    public void close() {}
  }
}
