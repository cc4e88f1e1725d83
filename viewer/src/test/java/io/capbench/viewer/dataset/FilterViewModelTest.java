package io.capbench.viewer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.Verdict;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowQuery;
import org.junit.jupiter.api.Test;

class FilterViewModelTest {
  private final FilterViewModel filter = new FilterViewModel();

  @Test
  void atFirstEveryRowIsWanted() {
    assertThat(filter.isOpen()).isTrue();
    assertThat(filter.query()).isEqualTo(RowQuery.ALL);
  }

  @Test
  void blankTextIsNoCondition() {
    filter.textProperty().set("  ");
    assertThat(filter.isOpen()).isTrue();
    assertThat(filter.query()).isEqualTo(RowQuery.ALL);
  }

  @Test
  void wordsAreLookedForWithoutTheSpaceAround() {
    filter.textProperty().set(" red  car ");
    assertThat(filter.isOpen()).isFalse();
    assertThat(filter.query().filters()).containsExactly(new RowFilter.Contains(null, "red  car"));
  }

  @Test
  void inSqlTheTextIsAnExpression() {
    filter.sqlProperty().set(true);
    filter.textProperty().set(" length(x) > 3 ");
    assertThat(filter.query().filters()).containsExactly(new RowFilter.Sql("length(x) > 3"));
  }

  @Test
  void decisionAndTextMustBothHold() {
    filter.decidedProperty().set(DecisionFilter.REJECTED);
    filter.textProperty().set("car");
    assertThat(filter.query().filters())
        .containsExactlyInAnyOrder(
            new RowFilter.Decided(Verdict.REJECTED), new RowFilter.Contains(null, "car"));
  }

  @Test
  void clearingWantsEveryRowAgainAndForgetsTheError() {
    filter.decidedProperty().set(DecisionFilter.EDITED);
    filter.textProperty().set("car");
    filter.errorProperty().set("wrong");
    filter.clear();
    assertThat(filter.isOpen()).isTrue();
    assertThat(filter.query()).isEqualTo(RowQuery.ALL);
    assertThat(filter.errorProperty().get()).isEmpty();
  }
}
