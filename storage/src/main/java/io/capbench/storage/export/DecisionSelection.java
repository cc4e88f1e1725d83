package io.capbench.storage.export;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.Verdict;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which rows leave, by what people decided on them. */
public enum DecisionSelection {
  /** Only rows whose verdict is accepted. */
  ACCEPTED,
  /** Every row, whatever was decided. */
  ALL,
  /** Every row whose verdict is not rejected, undecided ones among them. */
  NOT_REJECTED;

  /** The word for this selection on the command line and in manifests. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The selection with that {@link #id}.
   *
   * @throws CapbenchException if there is none, naming those that exist
   */
  public static DecisionSelection of(String id) {
    for (DecisionSelection selection : values()) {
      if (selection.id().equals(id)) {
        return selection;
      }
    }
    throw new CapbenchException(
        "Rows cannot be selected by \"" + id + "\". Choose accepted, all or not-rejected.");
  }

  /**
   * Why a row does not leave.
   *
   * @param decision what holds for the row, or null
   * @return the reason, or empty if it leaves
   */
  Optional<String> reasonToDrop(@Nullable Decision decision) {
    @Nullable Verdict verdict = decision == null ? null : decision.verdict();
    return switch (this) {
      case ACCEPTED -> verdict == Verdict.ACCEPTED ? Optional.empty() : Optional.of("not-accepted");
      case NOT_REJECTED -> verdict == Verdict.REJECTED ? Optional.of("rejected") : Optional.empty();
      case ALL -> Optional.empty();
    };
  }
}
