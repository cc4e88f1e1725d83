package io.capbench.viewer.flow;

import javafx.scene.layout.Region;

/** One visible place of a {@link RowFlow}; shows one row after another. FX thread only. */
public interface RowCell {

  /** The node; always the same one. */
  Region node();

  /**
   * Shows a row. Called again for the same position when something about it may have changed.
   *
   * @param position position of the row, from 0
   * @param selected whether it is the selected one
   */
  void show(long position, boolean selected);
}
