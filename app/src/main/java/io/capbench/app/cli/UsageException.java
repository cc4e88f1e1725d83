package io.capbench.app.cli;

import io.capbench.storage.model.CapbenchException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The arguments do not fit together. The message says which, and how they do. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(@Nullable String message) {
    super(message);
  }

  /** Makes something of arguments alone: what is wrong then is wrong with them. */
  static <T> T ifRefused(Supplier<T> made) {
    try {
      return made.get();
    } catch (CapbenchException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
