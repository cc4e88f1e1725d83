package io.capbench.viewer.browse;

import io.capbench.storage.model.CaptionTrack;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The tracks that the list shows, side by side, and where their columns are. FX thread only. */
public final class TrackColumns {
  static final double GAP = 16;
  static final double STRIPE = 4;

  private final ObservableList<CaptionTrack> visible = FXCollections.observableArrayList();
  private double lead = 120;
  private boolean pictures = true;

  /** The visible tracks from left to right. */
  public ObservableList<CaptionTrack> visible() {
    return visible;
  }

  /** Sets whether rows have pictures at all; without, their place goes to the captions. */
  public void setPictures(boolean shown) {
    pictures = shown;
  }

  /** Whether rows have pictures. */
  public boolean pictures() {
    return pictures;
  }

  /** Sets how many pixels to keep free on the left, for the thumbnail. */
  void setLead(double pixels) {
    lead = pixels;
  }

  double lead() {
    return pictures ? lead : lead / 2;
  }

  /** Left edge of a column in a row of that width, in whole pixels. */
  double x(int column, double rowWidth) {
    return Math.round(lead() + column * (columnWidth(rowWidth) + GAP));
  }

  /** Width of every column in a row of that width. */
  double columnWidth(double rowWidth) {
    int columns = Math.max(1, visible.size());
    return Math.max(40, Math.floor((rowWidth - lead() - GAP * columns) / columns));
  }
}
