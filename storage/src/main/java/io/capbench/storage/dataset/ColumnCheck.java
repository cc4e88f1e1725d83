package io.capbench.storage.dataset;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.DatasetInfo;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a mapping fits the columns of a dataset.
 *
 * @param info the dataset
 */
record ColumnCheck(DatasetInfo info) {

  /**
   * Checks a mapping.
   *
   * @throws CapbenchException if it names a column that is not there, or one that holds no images
   */
  void check(ColumnMapping mapping) {
    for (CaptionTrack track : mapping.tracks()) {
      if (column(track.column()).isEmpty()) {
        throw noColumn("The track " + track.name() + " names", track.column());
      }
    }
    String image = mapping.imageColumn();
    if (image == null) {
      return;
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
    return info.columns().stream().map(ColumnInfo::name).collect(Collectors.joining(", "));
  }
}
