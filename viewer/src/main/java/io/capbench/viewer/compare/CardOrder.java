package io.capbench.viewer.compare;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.TrackRole;
import java.util.ArrayList;
import java.util.List;

/**
 * How the cards of tracks are laid out: fused captions stand together behind their parents, so that
 * one that was just made is seen beside the official one. All others keep their order.
 *
 * @param tracks in the order of their cards
 * @param end where the next fused caption goes
 */
record CardOrder(List<CaptionTrack> tracks, int end) {

  /** Lays out the tracks of a mapping. */
  static CardOrder of(List<CaptionTrack> mapped) {
    List<CaptionTrack> tracks = new ArrayList<>();
    List<CaptionTrack> fused = new ArrayList<>();
    int start = 0;
    boolean raw = false;
    boolean synthetic = false;
    for (CaptionTrack track : mapped) {
      if (track.role() == TrackRole.FUSED) {
        fused.add(track);
        continue;
      }
      tracks.add(track);
      boolean parent =
          (track.role() == TrackRole.RAW && !raw)
              || (track.role() == TrackRole.SYNTHETIC && !synthetic);
      raw |= track.role() == TrackRole.RAW;
      synthetic |= track.role() == TrackRole.SYNTHETIC;
      if (parent) {
        start = tracks.size();
      }
    }
    tracks.addAll(start, fused);
    return new CardOrder(List.copyOf(tracks), start + fused.size());
  }
}
