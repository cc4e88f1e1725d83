package io.capbench.viewer.query;

import java.util.function.Function;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Names choices for people; never reads names back. */
final class Names<T> extends StringConverter<T> {
  private final Function<T, String> name;

  Names(Function<T, String> name) {
    this.name = name;
  }

  @Override
  public String toString(@Nullable T choice) {
    return choice == null ? "" : name.apply(choice);
  }

  @Override
  public T fromString(String text) {
    throw new IllegalStateException("Choices are not written: " + text);
  }
}
