package io.capbench.storage.dataset;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.DatasetInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a mapping fits the columns of a dataset.
 *
 * @param info the dataset
 * @param fused the columns that models made
 */
record ColumnCheck(DatasetInfo info, FusedColumns fused) {

  /**
   * Checks a mapping.
   *
   * @return those of its columns that models made
   * @throws CapbenchException if it names a column that is not there, or one that holds no images
   */
  List<FusedColumn> check(ColumnMapping mapping) {
    List<FusedColumn> made = fused.of(mapping);
    for (CaptionTrack track : mapping.tracks()) {
      boolean known =
          column(track.column()).isPresent() || made.stream().anyMatch(one -> one.is(track));
      if (!known) {
        throw noColumn("The track " + track.name() + " names", track.column());
      }
    }
    String image = mapping.imageColumn();
    if (image == null) {
      return made;
    }
    String type = column(image).orElseThrow(() -> noColumn("The image is in", image)).type();
    ImageKind kind = mapping.imageKind();
    boolean fits =
        switch (kind) {
          case STRUCT -> StructType.has(type, "bytes", "BLOB");
          case MEMBER -> StructType.has(type, "member", "VARCHAR");
          case BYTES -> type.equals("BLOB");
          default -> true;
        };
    if (!fits) {
      throw new CapbenchException(
          "The column " + image + " has " + type + ", which holds no image bytes; choose another");
    }
    return made;
  }

  private CapbenchException noColumn(String beginning, String column) {
    return new CapbenchException(
        beginning
            + " the column "
            + column
            + ", which "
            + info.name()
            + " does not have. The columns are "
            + names());
  }

  private Optional<ColumnInfo> column(String name) {
    return info.columns().stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** The names of all columns, for people. */
  String names() {
    return Stream.concat(
            info.columns().stream().map(ColumnInfo::name),
            fused.all().stream().map(FusedColumn::name))
        .collect(Collectors.joining(", "));
  }
}
