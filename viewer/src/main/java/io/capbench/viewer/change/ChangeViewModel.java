package io.capbench.viewer.change;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.ShardChange;
import io.capbench.storage.job.Job;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.reanchor.ReanchorReport;
import io.capbench.storage.reanchor.Reanchoring;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.review.ReviewViewModel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when files of the open dataset change, and decisions whose files were written anew. FX
 * thread only; files are looked at on the executor.
 */
public final class ChangeViewModel {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeViewModel.class);
  private static final int NAMED = 3;

  private final WorkbenchViewModel workbench;
  private final BrowseViewModel browse;
  private final ReviewViewModel review;
  private final Workspace workspace;
  private final JobRunner jobs;
  private final Executor io;
  private final Executor fx;
  private final ReadOnlyObjectWrapper<@Nullable Notice> notice =
      new ReadOnlyObjectWrapper<>(this, "notice", null);
  private List<ShardChange> known = List.of();
  private @Nullable Dataset watched;
  private int generation;
  private boolean looking;
  private boolean closed;

  /**
   * A model that watches what the workbench has open.
   *
   * @param models what to watch, and what to refresh afterwards
   * @param workspace has the decisions
   * @param jobs runs long work
   * @param io looks at files, which may hang if they are on a network; a thread of its own
   * @param fx runs things on the FX thread
   */
  public ChangeViewModel(
      Models models, Workspace workspace, JobRunner jobs, Executor io, Executor fx) {
    this.workbench = models.workbench();
    this.browse = models.browse();
    this.review = models.review();
    this.workspace = workspace;
    this.jobs = jobs;
    this.io = io;
    this.fx = fx;
    workbench.openProperty().addListener(o -> opened());
  }

  /** The models that this one works with. */
  public record Models(
      WorkbenchViewModel workbench, BrowseViewModel browse, ReviewViewModel review) {}

  /** What to tell the person, or null. */
  public ReadOnlyObjectProperty<@Nullable Notice> noticeProperty() {
    return notice.getReadOnlyProperty();
  }

  /** Takes the notice away; the same change is not told again. */
  public void dismiss() {
    notice.set(null);
  }

  /** Opens the files as they are now. */
  public void reopen() {
    notice.set(null);
    workbench.openAgain();
  }

  /** Looks whether files changed, unless the last look is still under way. */
  public void look() {
    OpenDataset open = workbench.openProperty().get();
    if (open == null || looking || closed) {
      return;
    }
    looking = true;
    int asking = generation;
    Dataset dataset = open.dataset();
    io.execute(
        () -> {
          List<ShardChange> changes = dataset.changes();
          fx.execute(
              () -> {
                looking = false;
                if (asking == generation) {
                  tell(changes);
                }
              });
        });
  }

  private void tell(List<ShardChange> changes) {
    if (!changes.equals(known)) {
      known = changes;
      if (!changes.isEmpty()) {
        notice.set(
            new Notice.FilesChanged(
                some(changes.stream().map(ShardChange::sentence).toList())
                    + ". Rows that were read before are shown as they were."));
      }
    }
  }

  private void opened() {
    OpenDataset open = workbench.openProperty().get();
    Dataset dataset = open == null ? null : open.dataset();
    if (Objects.equals(dataset, watched)) {
      return; // its columns are read in another way
    }
    watched = dataset;
    generation++;
    known = List.of();
    notice.set(null);
    if (open == null || workspace.readOnly() || closed) {
      return;
    }
    int asking = generation;
    Reanchoring reanchoring = new Reanchoring(open.dataset(), workspace);
    io.execute(
        () -> {
          try {
            Map<String, Path> shards = reanchoring.shards();
            String asked = asked(shards);
            if (!shards.isEmpty() && !settled(open).equals(asked)) {
              long rows = workspace.strays().count(shards.keySet());
              fx.execute(() -> offer(asking, shards.values(), rows));
            }
          } catch (RuntimeException e) {
            // The person loses an offer, not decisions: the command line has it too.
            LOG.warn("Decisions on earlier files are not offered", e);
          }
        });
  }

  private void offer(int asking, Collection<Path> paths, long rows) {
    if (asking == generation && notice.get() == null) {
      String files =
          some(paths.stream().map(path -> String.valueOf(path.getFileName())).distinct().toList());
      notice.set(
          new Notice.DecisionsWithoutRows(
              String.format(
                  "%,d %s taken on %s before it was written anew. Their rows can be found again by"
                      + " what they hold.",
                  rows, rows == 1 ? "decision was" : "decisions were", files)));
    }
  }

  /** Brings the decisions to the rows that hold the same content now. */
  public void reanchor() {
    OpenDataset open = workbench.openProperty().get();
    if (open == null) {
      return;
    }
    notice.set(null);
    int asking = generation;
    Reanchoring reanchoring = new Reanchoring(open.dataset(), workspace);
    var unused =
        jobs.submit(
                new Job<ReanchorReport>() {
                  @Override
                  public String title() {
                    return "Finding the rows of earlier decisions";
                  }

                  @Override
                  public ReanchorReport run(JobContext context) {
                    ReanchorReport report = reanchoring.run(context);
                    settle(open, asked(reanchoring.shards()));
                    return report;
                  }
                })
            .future()
            .thenAccept(report -> fx.execute(() -> reanchored(asking, report)));
  }

  private void reanchored(int asking, ReanchorReport report) {
    if (asking != generation || closed) {
      return;
    }
    browse.reload();
    review.refreshCounts();
    notice.set(
        new Notice.Reanchored(
            String.format(
                "%,d of %,d decisions found their row%s%s.",
                report.anchored(),
                report.decisions(),
                clause(report.kept(), "row was decided already", "rows were decided already"),
                clause(report.unmatched().size(), "has no row any more", "have no row any more")),
            report));
  }

  private static String clause(long number, String one, String many) {
    return number == 0 ? "" : String.format(", %,d %s", number, number == 1 ? one : many);
  }

  // Fingerprints name the files that decisions are missing rows of: asked once for each set.
  private static String asked(Map<String, Path> shards) {
    return shards.keySet().stream().sorted().collect(Collectors.joining(","));
  }

  private String settled(OpenDataset open) {
    return workspace.settings().get("reanchored:" + open.id()).orElse("");
  }

  private void settle(OpenDataset open, String asked) {
    workspace.settings().put("reanchored:" + open.id(), asked);
  }

  private static String some(List<String> all) {
    String named = all.stream().limit(NAMED).collect(Collectors.joining(", "));
    return all.size() > NAMED ? named + " and " + (all.size() - NAMED) + " more" : named;
  }

  /** Looks no more. */
  public void close() {
    closed = true;
  }
}
