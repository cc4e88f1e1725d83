package io.capbench.viewer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.query.Comparison;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.viewer.fixture.MemoryRows;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SavedQueryTest {
  private static final List<ColumnInfo> COLUMNS =
      List.of(
          new ColumnInfo("raw", "VARCHAR"),
          new ColumnInfo("synthetic", "VARCHAR"),
          new ColumnInfo("fused", "VARCHAR"),
          new ColumnInfo("url", "VARCHAR"));
  private final FilterViewModel filter = new FilterViewModel();

  @BeforeEach
  void tracks() {
    filter.remap(MemoryRows.TRACKS);
  }

  @Test
  void itNeedsTheColumnsThatItMentions() {
    filter.add(new RowFilter.Words("fused", Comparison.MORE, 5));
    filter.orderProperty().set(new RowOrder.ByColumn("url", true));
    SavedQuery saved = filter.named("long", COLUMNS);
    assertThat(saved.columns()).containsExactlyInAnyOrder("fused", "url");
    assertThat(saved.fits(COLUMNS)).isTrue();
    assertThat(saved.fits(List.of(new ColumnInfo("FUSED", "VARCHAR")))).isFalse();
    assertThat(
            saved.fits(
                List.of(new ColumnInfo("FUSED", "VARCHAR"), new ColumnInfo("url", "VARCHAR"))))
        .isTrue();
  }

  @Test
  void aColumnIsNotMentionedInsideAStringAnotherNameOrAStruct() {
    String sql = "fused ILIKE '%url''s raw%' AND provenance.raw > 0 AND my_url = 1";
    assertThat(SavedQuery.mentioned(sql, COLUMNS)).isEqualTo(Set.of("fused"));
  }

  @Test
  void wordsInAnyCaptionFitEveryDataset() {
    filter.add(new RowFilter.Contains(null, "red car"));
    SavedQuery saved = filter.named("red", COLUMNS);
    assertThat(saved.columns()).isEmpty();
    filter.choose(saved);
    assertThat(filter.query().filters()).containsExactly(new RowFilter.Contains(null, "red car"));
  }

  @Test
  void choosingItWantsAllOfItAndNothingElse() {
    filter.textProperty().set("length(url) > 3");
    filter.sqlProperty().set(true);
    filter.decidedProperty().set(DecisionFilter.UNDECIDED);
    filter.add(new RowFilter.Missing("raw"));
    filter.orderProperty().set(new RowOrder.Shuffled(7));
    SavedQuery saved = filter.named("mine", COLUMNS);
    var wanted = filter.query();
    filter.clear();
    filter.orderProperty().set(null);
    filter.add(new RowFilter.Edited());

    filter.choose(saved);

    assertThat(filter.query()).isEqualTo(wanted);
  }
}
