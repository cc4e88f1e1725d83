package io.capbench.app.cli;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.TrackRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What all commands on datasets take. */
final class DatasetOptions {
  /** What the help says of the datasets that commands take. */
  static final String DATASETS =
      "Parquet, JSON, JSON-lines, CSV and TSV files, WebDataset tars, folders of such files,"
          + " folders of images, and ye-pop's folders of zips.";

  @Option(
      names = "--track",
      paramLabel = "NAME=ROLE:COLUMN",
      converter = TrackConverter.class,
      description = {
        "Take COLUMN for a caption track of that name; ROLE is raw, synthetic, fused, long or"
            + " other. Replaces what was guessed for the column. May be repeated."
      })
  private List<CaptionTrack> tracks = new ArrayList<>();

  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

  WorkspaceOption workspace() {
    return workspace;
  }

  /** The columns that were named with {@code --track}. */
  List<String> namedColumns() {
    return tracks.stream().map(CaptionTrack::column).toList();
  }

  /**
   * A mapping with the named tracks in it.
   *
   * @throws CapbenchException if two tracks would have one name
   */
  ColumnMapping apply(ColumnMapping mapping) {
    if (tracks.isEmpty()) {
      return mapping;
    }
    List<CaptionTrack> all = new ArrayList<>(mapping.tracks());
    for (CaptionTrack track : tracks) {
      all.removeIf(other -> other.column().equalsIgnoreCase(track.column()));
      all.add(track);
    }
    all.sort(Comparator.comparing(CaptionTrack::role));
    Set<String> names = new HashSet<>();
    for (CaptionTrack track : all) {
      if (!names.add(track.name())) {
        throw new CapbenchException(
            "Two columns would be the track "
                + track.name()
                + ". Give one of them another name with --track NAME=ROLE:COLUMN.");
      }
    }
    return new ColumnMapping(all, mapping.imageColumn(), mapping.imageKind());
  }

  /** Reads {@code NAME=ROLE:COLUMN}; a column's name may hold either mark. */
  static final class TrackConverter implements ITypeConverter<CaptionTrack> {
    @Override
    public CaptionTrack convert(String text) {
      int equals = text.indexOf('=');
      int colon = text.indexOf(':', equals + 1);
      if (equals < 1 || colon < 0 || colon + 1 == text.length()) {
        throw new TypeConversionException(
            "\"" + text + "\" does not read NAME=ROLE:COLUMN, such as raw=raw:alt_text");
      }
      String name = text.substring(0, equals);
      try {
        TrackRole role = TrackRole.of(text.substring(equals + 1, colon));
        return new CaptionTrack(name, role, text.substring(colon + 1));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
