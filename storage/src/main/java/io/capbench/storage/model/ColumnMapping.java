package io.capbench.storage.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a dataset are captions, and which one holds the image.
 *
 * @param tracks the caption tracks in the order in which they are shown
 * @param imageColumn the column with the image, or null if the dataset has none
 * @param imageKind how that column holds it
 */
public record ColumnMapping(
    List<CaptionTrack> tracks, @Nullable String imageColumn, ImageKind imageKind) {

  /** How a column holds images. */
  public enum ImageKind {
    NONE,
    /** Encoded bytes in a BLOB. */
    BYTES,
    /** Hugging Face {@code struct<bytes: binary, path: string>}. */
    STRUCT,
    /** A path relative to the shard's folder, or a name in the zip beside it. */
    FILE,
    /** {@code struct<member, offset, length>}: where a member of the tar is. */
    MEMBER,
    /** An http(s) address. */
    URL
  }

  /** No captions, no image. */
  public static final ColumnMapping NONE = new ColumnMapping(List.of(), null, ImageKind.NONE);

  public ColumnMapping {
    tracks = List.copyOf(tracks);
    Set<String> names = new HashSet<>();
    for (CaptionTrack track : tracks) {
      if (!names.add(track.name())) {
        throw new IllegalArgumentException("Two caption tracks are called " + track.name());
      }
    }
    if ((imageColumn == null) != (imageKind == ImageKind.NONE)) {
      throw new IllegalArgumentException("An image column and its kind go together");
    }
  }

  /** The first track of that role. */
  public Optional<CaptionTrack> first(TrackRole role) {
    return tracks.stream().filter(track -> track.role() == role).findFirst();
  }

  /** The track of that name. */
  public Optional<CaptionTrack> track(String name) {
    return tracks.stream().filter(track -> track.name().equals(name)).findFirst();
  }
}
