package io.capbench.viewer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.viewer.fixture.MemoryRows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FilterBuilderViewModelTest {
  private final FilterViewModel filter = new FilterViewModel();
  private final FilterBuilderViewModel builder = new FilterBuilderViewModel(filter);

  @BeforeEach
  void tracks() {
    filter.remap(MemoryRows.TRACKS);
  }

  @Test
  void aFinishedLineIsAConditionAndSql() {
    builder.add(ConditionDraft.begin(ConditionKind.WORDS, "fused"));
    assertThat(filter.conditions()).as("nothing is written yet").isEmpty();
    assertThat(builder.whereProperty().get()).isEmpty();

    builder.set(0, builder.lines().get(0).withOperand("20"));
    assertThat(filter.conditions())
        .containsExactly(new RowFilter.Words("fused", Comparison.AT_LEAST, 20));
    assertThat(builder.whereProperty().get()).isEqualTo("words(fused) >= 20");
  }

  @Test
  void sqlBecomesLines() {
    builder.whereProperty().set("words(raw) < 5 AND length(url) > 3");
    assertThat(builder.lines()).as("until it is applied").isEmpty();
    builder.applySql();
    assertThat(builder.lines())
        .extracting(ConditionDraft::kind)
        .containsExactly(ConditionKind.WORDS, ConditionKind.SQL);
    assertThat(builder.lines().get(1).operand()).isEqualTo("length(url) > 3");

    builder.remove(0);
    assertThat(builder.whereProperty().get()).isEqualTo("length(url) > 3");
    assertThat(filter.conditions()).containsExactly(new RowFilter.Sql("length(url) > 3"));
  }

  @Test
  void tagsAndMarkedWordsHaveLines() {
    builder
        .whereProperty()
        .set(
            "list_contains(decision.tags, 'watermark')"
                + " AND list_contains(decision.span_types, 'object')");
    builder.applySql();
    assertThat(builder.lines())
        .containsExactly(
            ConditionDraft.begin(ConditionKind.TAGGED, "watermark"),
            ConditionDraft.begin(ConditionKind.MARKED, "object"));
    builder.remove(0);
    assertThat(builder.whereProperty().get())
        .isEqualTo("list_contains(decision.span_types, 'object')");
  }

  @Test
  void theOrderIsSqlToo() {
    filter.orderProperty().set(new RowOrder.ByWords("fused", true));
    assertThat(builder.orderByProperty().get()).isEqualTo("words(fused) DESC");
    builder.orderByProperty().set("length(url) DESC, raw");
    builder.applySql();
    assertThat(filter.orderProperty().get()).isEqualTo(new RowOrder.Sql("length(url) DESC, raw"));
    builder.orderByProperty().set(" ");
    builder.applySql();
    assertThat(filter.orderProperty().get()).isNull();
  }

  @Test
  void aWrongLineIsNamedAndDoesNotCount() {
    builder.add(ConditionDraft.begin(ConditionKind.CONTAINS, "").withOperand("car"));
    builder.add(ConditionDraft.begin(ConditionKind.MATCHES, "raw").withOperand("(car"));
    assertThat(builder.problemProperty().get()).contains("regular expression");
    assertThat(filter.conditions()).containsExactly(new RowFilter.Contains(null, "car"));

    builder.set(1, builder.lines().get(1).withOperand("(car)"));
    assertThat(builder.problemProperty().get()).isEmpty();
    assertThat(filter.conditions()).hasSize(2);
  }

  @Test
  void aConditionFromElsewhereBecomesALineBesideTheOthers() {
    builder.add(ConditionDraft.begin(ConditionKind.MISSING, "raw"));
    filter.add(new RowFilter.Flagged("truncated"));
    assertThat(builder.lines())
        .extracting(ConditionDraft::kind)
        .containsExactly(ConditionKind.MISSING, ConditionKind.FLAGGED);
    filter.conditions().remove(0);
    assertThat(builder.whereProperty().get()).isEqualTo("flags.truncated");
  }

  @Test
  void negatingALineShowsInTheSql() {
    builder.add(ConditionDraft.begin(ConditionKind.FLAGGED, "truncated").withNegated(true));
    assertThat(filter.conditions())
        .containsExactly(new RowFilter.Not(new RowFilter.Flagged("truncated")));
    String sql = builder.whereProperty().get();
    builder.clear();
    assertThat(filter.conditions()).isEmpty();
    builder.whereProperty().set(sql);
    builder.applySql();
    assertThat(builder.lines().get(0).negated()).isTrue();
  }

  @Test
  void whatIsNegatedTwiceIsOneExpression() {
    filter.add(new RowFilter.Not(new RowFilter.Not(new RowFilter.Missing("raw"))));
    assertThat(builder.lines()).hasSize(1);
    assertThat(builder.lines().get(0).reading().problem()).isEmpty();
  }
}
