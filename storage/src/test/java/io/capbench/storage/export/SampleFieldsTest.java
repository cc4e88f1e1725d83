package io.capbench.storage.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleFieldsTest {
  private static final RowKey KEY = new RowKey("a1".repeat(32), 3);

  @Test
  void whoTaggedARowHasNotDecidedOnIt() {
    assertThat(fields(null)).containsEntry("capbench_annotator", null);
    assertThat(fields(Verdict.ACCEPTED)).containsEntry("capbench_annotator", "ann");
  }

  @Test
  void similaritiesStandBehindEverythingElseAndAreNullWhereThereIsNone() {
    assertThat(fields(null))
        .containsEntry("similarity_raw", 0.25)
        .containsEntry("similarity_large:raw", null);
    assertThat(List.copyOf(fields(null).keySet()))
        .endsWith("capbench_row_key", "similarity_raw", "similarity_large:raw");
  }

  private static Map<String, Object> fields(Verdict verdict) {
    SampleFields fields =
        new SampleFields(
            new ColumnMapping(
                List.of(new CaptionTrack("raw", TrackRole.RAW, "raw")), null, ImageKind.NONE),
            List.of("raw", "large:raw"));
    CaptionRow row =
        new CaptionRow(KEY, "a.parquet", "0".repeat(64), new ImageRef.None(), Map.of("raw", "x"));
    Decision decision =
        new Decision(KEY, verdict, null, null, null, List.of("t"), List.of(), "ann", Instant.EPOCH);
    return fields.named(
        fields.ofSuccess(
            new SampleFields.Sample(
                "0", row, new CaptionPolicy.Chosen("x", "raw"), decision, Map.of("raw", 0.25)),
            null));
  }
}
