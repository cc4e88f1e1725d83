package io.capbench.viewer.ground;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Which words of the caption that is looked at are shown on the picture: those that the mouse
 * points at, else those that are selected. FX thread only.
 */
public final class WordFocus {
  private final ReadOnlyObjectWrapper<@Nullable WordRange> words =
      new ReadOnlyObjectWrapper<>(this, "words", null);
  private @Nullable WordRange pointed;
  private @Nullable WordRange selected;

  WordFocus() {}

  /** The words, or null for none. */
  public ReadOnlyObjectProperty<@Nullable WordRange> wordsProperty() {
    return words.getReadOnlyProperty();
  }

  /** Points at words; null for none. */
  public void point(@Nullable WordRange at) {
    pointed = at;
    refresh();
  }

  /** Selects words; null for none. */
  public void select(@Nullable WordRange chosen) {
    selected = chosen;
    refresh();
  }

  void forget() {
    pointed = null;
    selected = null;
    refresh();
  }

  private void refresh() {
    words.set(pointed == null ? selected : pointed);
  }
}
