package io.capbench.viewer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.workspace.DecisionCounts;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DecisionFilterTest {
  private static final DecisionCounts COUNTS = new DecisionCounts(5, 3, 2, 4, 11);

  @Test
  void everyKindButAllHasACondition() {
    assertThat(DecisionFilter.ALL.condition()).isEmpty();
    assertThat(DecisionFilter.UNDECIDED.condition()).contains(new RowFilter.Decided(null));
    assertThat(DecisionFilter.ACCEPTED.condition())
        .contains(new RowFilter.Decided(Verdict.ACCEPTED));
    assertThat(DecisionFilter.REJECTED.condition())
        .contains(new RowFilter.Decided(Verdict.REJECTED));
    assertThat(DecisionFilter.SKIPPED.condition()).contains(new RowFilter.Decided(Verdict.SKIPPED));
    assertThat(DecisionFilter.EDITED.condition()).contains(new RowFilter.Edited());
  }

  @Test
  void countsAreThoseOfTheirVerdicts() {
    assertThat(
            Arrays.stream(DecisionFilter.values())
                .collect(Collectors.toMap(kind -> kind, kind -> kind.count(COUNTS, 100))))
        .containsEntry(DecisionFilter.ALL, 100L)
        .containsEntry(DecisionFilter.ACCEPTED, 5L)
        .containsEntry(DecisionFilter.REJECTED, 3L)
        .containsEntry(DecisionFilter.SKIPPED, 2L)
        .containsEntry(DecisionFilter.EDITED, 4L)
        .containsEntry(DecisionFilter.UNDECIDED, 90L);
  }

  @Test
  void undecidedIsWhatHasNoVerdictAlsoIfItWasEdited() {
    // As the condition has it: an edited row without a verdict is still to be decided.
    assertThat(DecisionFilter.UNDECIDED.count(new DecisionCounts(0, 0, 0, 4, 4), 10)).isEqualTo(10);
  }

  @Test
  void everyKindHasATitleOfItsOwn() {
    assertThat(DecisionFilter.values())
        .extracting(DecisionFilter::title)
        .doesNotHaveDuplicates()
        .allSatisfy(title -> assertThat(title).isNotBlank());
  }
}
