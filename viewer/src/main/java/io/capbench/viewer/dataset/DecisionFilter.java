package io.capbench.viewer.dataset;

import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.workspace.DecisionCounts;
import java.util.Arrays;
import java.util.Optional;

/** Rows by what was decided on them. */
public enum DecisionFilter {
  ALL("All rows"),
  UNDECIDED("Undecided"),
  ACCEPTED("Accepted"),
  REJECTED("Rejected"),
  SKIPPED("Skipped"),
  EDITED("Edited");

  private final String title;

  DecisionFilter(String title) {
    this.title = title;
  }

  /** What to call it. */
  public String title() {
    return title;
  }

  /** The one that {@link #name} calls so, or empty. */
  static Optional<DecisionFilter> named(String name) {
    return Arrays.stream(values()).filter(filter -> filter.name().equals(name)).findFirst();
  }

  /** The condition, or empty if every row fits. */
  public Optional<RowFilter> condition() {
    return switch (this) {
      case ALL -> Optional.empty();
      case UNDECIDED -> Optional.of(new RowFilter.Decided(null));
      case ACCEPTED -> Optional.of(new RowFilter.Decided(Verdict.ACCEPTED));
      case REJECTED -> Optional.of(new RowFilter.Decided(Verdict.REJECTED));
      case SKIPPED -> Optional.of(new RowFilter.Decided(Verdict.SKIPPED));
      case EDITED -> Optional.of(new RowFilter.Edited());
    };
  }

  /** How many rows fit. */
  public long count(DecisionCounts counts, long rows) {
    return switch (this) {
      case ALL -> rows;
      case UNDECIDED -> rows - counts.accepted() - counts.rejected() - counts.skipped();
      case ACCEPTED -> counts.accepted();
      case REJECTED -> counts.rejected();
      case SKIPPED -> counts.skipped();
      case EDITED -> counts.edited();
    };
  }
}
