package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.TrackRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Guesses from names and types which columns are captions and which one is the image. A column's
 * role depends on that column alone, so that it is the same in every set of shards.
 */
public final class ColumnGuesser {
  private static final Set<String> RAW =
      Set.of(
          "laion_2b",
          "alt_text",
          "alt_txt",
          "alttext",
          "alt",
          "raw",
          "raw_caption",
          "raw_text",
          "org_caption",
          "orig_caption",
          "original_caption",
          "text",
          "txt",
          "caption");
  private static final Pattern SYNTHETIC =
      Pattern.compile("(laion_coco|synthetic|blip|cogvlm|llava|short_?(ib|sv|lla)|re_?caption).*");
  private static final Pattern FUSED = Pattern.compile("(capsfusion|capsfuion|fused|fusion).*");
  private static final Pattern LONG = Pattern.compile("long(_.*|caption.*|ib.*|sv.*|lla.*)?");
  private static final Set<String> NO_CAPTION =
      Set.of(
          "url",
          "urls",
          "uri",
          "path",
          "paths",
          "file",
          "filename",
          "id",
          "ids",
          "uid",
          "uuid",
          "key",
          "hash",
          "md5",
          "sha1",
          "sha256",
          "phash",
          "license",
          "licence",
          "mime",
          "mimetype",
          "exif",
          "status",
          "format",
          "error",
          "bbox",
          "bboxes",
          "lang",
          "language",
          "split",
          "unnamed"); // what a column without a name is called, such as the row numbers of pandas
  private static final Set<String> IMAGE =
      Set.of("image", "images", "img", "jpg", "jpeg", "png", "image_bytes", "picture", "bytes");
  private static final Set<String> IMAGE_FILE =
      Set.of("file_name", "filename", "image_path", "image_file", "path");
  private static final Pattern IMAGE_URL = Pattern.compile("url|(image|img)_?(url|uri|link)");
  private static final String OWN = "capbench_"; // where a sample of an export came from
  private static final String MISSPELT = "capsfuion_official";

  /**
   * Guesses the columns of a dataset.
   *
   * @param columns in the order of the dataset
   * @param imageFolder whether the dataset lists image files in its own folder
   */
  public MappingGuess guess(List<ColumnInfo> columns, boolean imageFolder) {
    Map<String, String> reasons = new LinkedHashMap<>();
    ColumnInfo image = null;
    ImageKind kind = ImageKind.NONE;
    for (ColumnInfo column : columns) {
      ImageKind candidate = imageKind(column, imageFolder);
      if (rank(candidate) > rank(kind)) {
        image = column;
        kind = candidate;
      }
    }
    List<CaptionTrack> tracks = new ArrayList<>();
    TrackNames names = new TrackNames(columns);
    for (ColumnInfo column : columns) {
      boolean isImage = column.equals(image);
      TrackRole role = isImage ? null : role(column);
      reasons.put(column.name(), reason(column, role, isImage, kind));
      if (role != null) {
        tracks.add(new CaptionTrack(names.of(column.name()), role, column.name()));
      }
    }
    tracks.sort(Comparator.comparing(CaptionTrack::role));
    return new MappingGuess(
        new ColumnMapping(tracks, image == null ? null : image.name(), kind), reasons);
  }

  private static @Nullable TrackRole role(ColumnInfo column) {
    if (!column.type().equals("VARCHAR") || column.name().isEmpty()) {
      return null;
    }
    String name = plain(column.name());
    if (RAW.contains(name)) {
      return TrackRole.RAW;
    }
    if (IMAGE.contains(name)
        || name.startsWith(OWN)
        || words(column.name()).stream().anyMatch(NO_CAPTION::contains)) {
      return null;
    }
    if (FUSED.matcher(name).matches()) {
      return TrackRole.FUSED;
    }
    if (SYNTHETIC.matcher(name).matches()) {
      return TrackRole.SYNTHETIC;
    }
    return LONG.matcher(name).matches() ? TrackRole.LONG : TrackRole.OTHER;
  }

  private static ImageKind imageKind(ColumnInfo column, boolean imageFolder) {
    String name = plain(column.name());
    if (StructType.has(column.type(), "bytes", "BLOB")) {
      return ImageKind.STRUCT;
    }
    if (StructType.has(column.type(), "member", "VARCHAR")
        && StructType.has(column.type(), "offset", "BIGINT")
        && StructType.has(column.type(), "length", "BIGINT")) {
      return ImageKind.MEMBER;
    }
    if (column.type().equals("BLOB") && IMAGE.contains(name)) {
      return ImageKind.BYTES;
    }
    if (column.type().equals("VARCHAR")) {
      if (imageFolder && IMAGE_FILE.contains(name)) {
        return ImageKind.FILE;
      }
      if (IMAGE_URL.matcher(name).matches()) {
        return ImageKind.URL;
      }
    }
    return ImageKind.NONE;
  }

  // Bytes at hand are better than a file that may be missing, and that than the web.
  private static int rank(ImageKind kind) {
    return switch (kind) {
      case NONE -> 0;
      case URL -> 1;
      case FILE -> 2;
      case BYTES -> 3;
      case STRUCT -> 4;
      case MEMBER -> 5;
    };
  }

  private static String reason(
      ColumnInfo column, @Nullable TrackRole role, boolean image, ImageKind kind) {
    if (image) {
      return switch (kind) {
        case STRUCT -> "holds image bytes with their path, as Hugging Face writes them";
        case BYTES -> "holds bytes and is named like an image";
        case FILE -> "names image files beside this list";
        case MEMBER -> "says where in the tar the image is";
        default -> "is named like the address of an image";
      };
    }
    if (role == null) {
      return column.type().equals("VARCHAR")
          ? "is named like an address, an identifier or a property, not a caption"
          : "is no text";
    }
    return switch (role) {
      case RAW -> "is named like the alt-text found on the web";
      case SYNTHETIC -> "is named like the output of a captioning model";
      case FUSED -> "is named like the fusion of a raw and a synthetic caption";
      case LONG -> "is named like a long caption";
      case OTHER -> "is text";
    };
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[-. ]", "_");
  }

  private static List<String> words(String name) {
    String spaced = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_");
    return List.of(plain(spaced).split("_+", -1));
  }

  /** Names for tracks: their columns', except where those are misspelt or invisible. */
  private static final class TrackNames {
    private final Set<String> taken = new HashSet<>();

    TrackNames(List<ColumnInfo> columns) {
      columns.forEach(column -> taken.add(column.name().toLowerCase(Locale.ROOT)));
    }

    String of(String column) {
      if (column.equalsIgnoreCase(MISSPELT) && taken.add("capsfusion")) {
        return "capsfusion";
      }
      if (!column.isBlank()) {
        return column;
      }
      int number = 1;
      while (!taken.add("column " + number)) {
        number++;
      }
      return "column " + number;
    }
  }
}
