package io.capbench.viewer.browse;

import io.capbench.storage.model.CaptionTrack;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The tracks that the list shows, side by side, and where their columns are. FX thread only. */
public final class TrackColumns {
  static final double GAP = 16;
  static final double STRIPE = 4;

  private static final double NARROWEST = 120;

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
    return lead;
  }

  /** How many columns of a readable width fit into a row of that width; at least one. */
  int fitting(double rowWidth) {
    int fit = (int) ((rowWidth - lead) / (NARROWEST + GAP));
    return Math.max(1, Math.min(visible.size(), fit));
  }

  /** Left edge of a column in a row of that width, in whole pixels. */
  double x(int column, double rowWidth) {
    return Math.round(lead + column * (columnWidth(rowWidth) + GAP));
  }

  /** Width of every column that fits into a row of that width. */
  double columnWidth(double rowWidth) {
    int columns = fitting(rowWidth);
    return Math.max(NARROWEST, Math.floor((rowWidth - lead - GAP * columns) / columns));
  }
}
