package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.GroundingAdvice;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.text.SubCaption;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.engine.text.SubCaptions;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.job.Progress;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one caption of the selected row: cuts it into sub-captions and has the model find them
 * in the image. While a person looks, every row that is selected is looked at. FX thread only; what
 * comes late for another row is dropped.
 */
public final class GroundViewModel {
  /** What is cut into sub-captions at most, in UTF-16 characters: as much as a card shows. */
  static final int READ = 20_000;

  private final WorkbenchViewModel workbench;
  private final BrowseViewModel browse;
  private final ModelsViewModel models;
  private final GroundingRequests requests;
  private final OverlayViewModel overlay = new OverlayViewModel();
  private final ReadOnlyBooleanWrapper looking = new ReadOnlyBooleanWrapper(this, "looking");
  private final ObjectProperty<SubCaptionRule> rule =
      new SimpleObjectProperty<>(this, "rule", SubCaptionRule.SENTENCES);
  private final ReadOnlyObjectWrapper<@Nullable LookedAt> looked =
      new ReadOnlyObjectWrapper<>(this, "looked", null);
  private final ReadOnlyObjectWrapper<GroundState> state =
      new ReadOnlyObjectWrapper<>(this, "state", new GroundState.Off());
  private final ReadOnlyIntegerWrapper chosen = new ReadOnlyIntegerWrapper(this, "chosen", -1);
  private final WordFocus words = new WordFocus();
  private final LookedTracks tracks;
  private String track = "";

  /** The models that this one works with. */
  public record Parts(
      WorkbenchViewModel workbench, BrowseViewModel browse, ModelsViewModel models) {}

  /**
   * Nobody looks yet.
   *
   * @param kept what was found earlier
   * @param jobs runs the looking
   * @param fx runs things on the FX thread
   */
  public GroundViewModel(Parts parts, KeptGroundings kept, JobRunner jobs, Executor fx) {
    workbench = parts.workbench();
    browse = parts.browse();
    models = parts.models();
    tracks = new LookedTracks(workbench, browse);
    requests = new GroundingRequests(kept, jobs, fx, state::set);
    workbench.openProperty().addListener(o -> datasetChanged());
    browse.currentProperty().addListener(o -> refresh());
    rule.addListener(o -> refresh());
    models.stateProperty().addListener((o, was, now) -> modelChanged(was, now));
  }

  /** Which model looks. */
  public ModelsViewModel models() {
    return models;
  }

  /** How the model that is in memory is best looked with; as usual while there is none. */
  public GroundingAdvice advice() {
    return models.stateProperty().get() instanceof ModelState.Ready ready
        ? ready.advice()
        : GroundingAdvice.USUAL;
  }

  /** What is shown of what was found. */
  public OverlayViewModel overlay() {
    return overlay;
  }

  /** Whether captions are looked at. */
  public ReadOnlyBooleanProperty lookingProperty() {
    return looking.getReadOnlyProperty();
  }

  /** How captions are cut. */
  public ObjectProperty<SubCaptionRule> ruleProperty() {
    return rule;
  }

  /** The caption that is looked at, or null. */
  public ReadOnlyObjectProperty<@Nullable LookedAt> lookedProperty() {
    return looked.getReadOnlyProperty();
  }

  /** Where that stands. */
  public ReadOnlyObjectProperty<GroundState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** What was found, or null. */
  public @Nullable Grounding found() {
    return state.get() instanceof GroundState.Found found ? found.grounding() : null;
  }

  /** Number of the sub-caption that is shown on the picture, from 0; -1 if there is none. */
  public ReadOnlyIntegerProperty chosenProperty() {
    return chosen.getReadOnlyProperty();
  }

  /** Which words of the caption are shown in place of the sub-caption. */
  public WordFocus words() {
    return words;
  }

  /** Takes up what an earlier window kept. */
  public void take(GroundPreferences kept) {
    overlay.take(kept);
    rule.set(kept.subCaptionRule());
    models.remember(kept.folder(), kept.recentFolders());
  }

  /** What the next window is to take up. */
  public GroundPreferences preferences() {
    Path folder = models.kept();
    GroundingMethod method = overlay.chosenMethod();
    return new GroundPreferences(
        folder == null ? null : folder.toString(),
        models.recent().stream().map(Path::toString).toList(),
        method == null ? null : method.id(),
        rule.get().id(),
        overlay.sigmaProperty().get().id(),
        overlay.overlay());
  }

  /** Begins to look at captions, or ends it. */
  public void toggle() {
    if (looking.get()) {
      stop();
    } else {
      look("");
    }
  }

  /**
   * Looks at captions of that track.
   *
   * @param name of the track; empty for the one looked at before, else the preferred one, else the
   *     fused one
   */
  public void look(String name) {
    RowItem item = browse.currentProperty().get();
    if (!name.isEmpty()) {
      track = name;
    } else if (item != null && item.row().caption(track) == null) {
      track = tracks.first(item);
    }
    looking.set(true);
    refresh();
  }

  /** Looks at the next caption of the row; after the last at the first. */
  public void nextCaption() {
    RowItem item = browse.currentProperty().get();
    if (!looking.get()) {
      look("");
    } else if (item != null) {
      look(tracks.after(track, item));
    }
  }

  /** Ends looking. What the model still brings is kept for later. */
  public void stop() {
    looking.set(false);
    refresh();
  }

  /** Shows that sub-caption on the picture, if there is one of that number. */
  public void choose(int number) {
    LookedAt now = looked.get();
    if (now != null && number >= 0 && number < now.subCaptions().size()) {
      chosen.set(number);
    }
  }

  /** Shows the sub-caption so many further on; after the last comes the first. */
  public void move(int by) {
    LookedAt now = looked.get();
    if (now == null) {
      look("");
    } else if (!now.subCaptions().isEmpty()) {
      choose(Math.floorMod(chosen.get() + by, now.subCaptions().size()));
    }
  }

  /** Shows all sub-captions beside each other, or one of them large. */
  public void toggleGrid() {
    if (looking.get()) {
      overlay.gridProperty().set(!overlay.gridProperty().get());
    } else {
      overlay.gridProperty().set(true);
      look("");
    }
  }

  /**
   * Takes one step back: stops the model, leaves the grid, looks no more. Says if there was one.
   */
  public boolean stepBack() {
    GroundState now = state.get();
    if (now instanceof GroundState.Looking || now instanceof GroundState.LoadingModel) {
      cancel();
    } else if (!looking.get()) {
      return false;
    } else if (overlay.gridProperty().get()) {
      overlay.gridProperty().set(false);
    } else {
      stop();
    }
    return true;
  }

  /** Stops what the model does for this row. */
  public void cancel() {
    if (models.stateProperty().get() instanceof ModelState.Loading) {
      models.cancel();
    } else {
      requests.cancel();
    }
  }

  /** Looks once more at a caption that was given up. */
  public void again() {
    if (models.stateProperty().get() instanceof ModelState.Failed) {
      models.again();
    } else if (looking.get()) {
      begin();
    }
  }

  private void modelChanged(ModelState was, ModelState now) {
    if (now instanceof ModelState.Ready ready) {
      overlay.advise(ready.advice().method());
    }
    if (!looking.get() || looked.get() == null) {
      return;
    }
    if (was instanceof ModelState.Loading && now instanceof ModelState.Chosen) {
      state.set(new GroundState.Cancelled());
    } else {
      begin();
    }
  }

  private void datasetChanged() {
    if (!tracks.open(track)) {
      track = "";
    }
  }

  private void refresh() {
    RowItem item = browse.currentProperty().get();
    if (!looking.get()) {
      leave(new GroundState.Off());
      return;
    }
    if (item == null) {
      leave(new GroundState.Nothing(""));
      return;
    }
    if (track.isEmpty()) { // looking began before the rows came, or in another dataset
      track = tracks.first(item);
    }
    String caption = item.row().caption(track);
    if (caption == null || caption.isBlank()) {
      leave(
          new GroundState.Nothing(
              "This row has no caption" + (track.isEmpty() ? "" : " in " + track)));
      return;
    }
    LookedAt before = looked.get();
    LookedAt next = new LookedAt(item.row(), track, caption, rule.get(), List.of(), false);
    if (before == null || !before.same(next)) {
      requests.drop();
      words.forget();
      chosen.set(-1);
      looked.set(cut(next));
      choose(0);
      begin();
    }
  }

  private void leave(GroundState left) {
    requests.drop();
    words.forget();
    looked.set(null);
    chosen.set(-1);
    state.set(left);
  }

  private static LookedAt cut(LookedAt whole) {
    String text = whole.caption();
    String read = text.length() > READ ? text.substring(0, READ) : text;
    List<SubCaption> all = SubCaptions.split(read, whole.rule());
    return new LookedAt(
        whole.row(),
        whole.track(),
        text,
        whole.rule(),
        List.copyOf(all.subList(0, Math.min(all.size(), LookedAt.MOST))),
        all.size() > LookedAt.MOST || read.length() < text.length());
  }

  private void begin() {
    LookedAt now = looked.get();
    OpenDataset open = workbench.openProperty().get();
    if (now == null || open == null) {
      return;
    }
    if (now.subCaptions().isEmpty()) {
      state.set(new GroundState.Nothing("This caption has nothing to look for"));
      return;
    }
    ModelState model = models.stateProperty().get();
    if (model instanceof ModelState.None) {
      state.set(new GroundState.NoModel());
    } else if (model instanceof ModelState.Chosen) {
      models.need(); // which comes back here
    } else if (model instanceof ModelState.Loading loading) {
      state.set(new GroundState.LoadingModel(name(loading.folder()), loading.progress()));
    } else if (model instanceof ModelState.Failed failed) {
      state.set(new GroundState.Failed(failed.sentence()));
    } else if (model instanceof ModelState.Ready ready) {
      state.set(new GroundState.Looking(Progress.NONE));
      requests.start(now, open.dataset().images(), ready.model());
    }
  }

  private static String name(Path folder) {
    Path last = folder.getFileName();
    return last == null ? folder.toString() : last.toString();
  }

  /** Stops what is under way and frees the model. To be called once the jobs have ended. */
  public void close() {
    requests.close();
    models.close();
  }
}
