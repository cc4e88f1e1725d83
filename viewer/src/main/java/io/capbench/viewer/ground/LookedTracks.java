package io.capbench.viewer.ground;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.TrackRole;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import java.util.List;

/** Which captions of a row can be looked at, and in which order. FX thread only. */
final class LookedTracks {
  private final WorkbenchViewModel workbench;
  private final BrowseViewModel browse;

  LookedTracks(WorkbenchViewModel workbench, BrowseViewModel browse) {
    this.workbench = workbench;
    this.browse = browse;
  }

  /** The preferred one, else the fused one, else the first; empty if there is none. */
  String first(RowItem item) {
    List<String> all = all(item);
    Decision decision = browse.decision(item);
    String preferred = decision == null ? null : decision.preferredTrack();
    if (preferred != null && all.contains(preferred)) {
      return preferred;
    }
    String fused = mapping().first(TrackRole.FUSED).map(CaptionTrack::name).orElse("");
    return all.contains(fused) || all.isEmpty() ? fused : all.get(0);
  }

  /** The one after that track; after the last the first. */
  String after(String track, RowItem item) {
    List<String> all = all(item);
    return all.isEmpty() ? track : all.get((all.indexOf(track) + 1) % all.size());
  }

  private List<String> all(RowItem item) {
    return mapping().tracks().stream()
        .map(CaptionTrack::name)
        .filter(name -> item.row().caption(name) != null)
        .toList();
  }

  private ColumnMapping mapping() {
    OpenDataset open = workbench.openProperty().get();
    return open == null ? ColumnMapping.NONE : open.mapping();
  }
}
