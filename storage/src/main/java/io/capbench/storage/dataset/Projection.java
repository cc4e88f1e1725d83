package io.capbench.storage.dataset;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.ContentHash;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.RowKey;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a shard for a mapping, and how a row is made of it. Image bytes are never among
 * it, so a page of a shard full of images costs what its captions cost.
 */
final class Projection {
  private final Shard shard;
  private final ColumnMapping shown;
  private final ColumnMapping hashed;
  private final Map<String, Integer> expressions = new LinkedHashMap<>();

  /**
   * A projection.
   *
   * @param shown what the person chose to see
   * @param hashed the default mapping of this shard alone, which row contents are known by
   */
  Projection(Shard shard, ColumnMapping shown, ColumnMapping hashed) {
    this.shard = shard;
    this.shown = shown;
    this.hashed = hashed;
    for (ColumnMapping mapping : new ColumnMapping[] {shown, hashed}) {
      mapping.tracks().forEach(track -> need(textOf(track)));
      need(imageNameOf(mapping));
      imagePlaceOf(mapping).forEach(this::need);
    }
  }

  /** The text expressions, which stand from the first place on, after the row number. */
  String select() {
    StringBuilder list = new StringBuilder("file_row_number");
    expressions.keySet().forEach(expression -> list.append(", ").append(expression));
    return list.toString();
  }

  /** How many text expressions there are. */
  int size() {
    return expressions.size();
  }

  /**
   * Makes a row.
   *
   * @param values text by place of its expression, from 0; null where the shard has none
   */
  CaptionRow row(long number, IntFunction<@Nullable String> values) {
    Map<String, String> captions = new LinkedHashMap<>();
    for (CaptionTrack track : shown.tracks()) {
      String text = value(textOf(track), values);
      if (text != null) {
        captions.put(track.name(), text);
      }
    }
    SortedMap<String, String> content = new TreeMap<>();
    for (CaptionTrack track : hashed.tracks()) {
      String text = value(textOf(track), values);
      if (text != null) {
        content.put(track.column(), text);
      }
    }
    String contentHash = ContentHash.of(image(number, hashed, values).name(), content);
    return new CaptionRow(
        new RowKey(shard.fingerprint(), number),
        shard.name(),
        contentHash,
        image(number, shown, values),
        captions);
  }

  private ImageRef image(long number, ColumnMapping mapping, IntFunction<@Nullable String> values) {
    String column = mapping.imageColumn();
    Optional<ColumnInfo> own = column == null ? Optional.empty() : shard.column(column);
    if (own.isEmpty()) {
      return new ImageRef.None();
    }
    String name = value(imageNameOf(mapping), values);
    Path archive = shard.archive() == null ? null : shard.archive().file();
    return switch (mapping.imageKind()) {
      case NONE -> new ImageRef.None();
      case BYTES, STRUCT -> new ImageRef.Cell(shard.info().path(), number, own.get().name(), name);
      case URL -> name == null ? new ImageRef.None() : new ImageRef.Url(name);
      case FILE -> {
        if (name == null) {
          yield new ImageRef.None();
        }
        yield archive == null
            ? new ImageRef.File(file(name), name)
            : new ImageRef.ZipMember(archive, name);
      }
      case MEMBER ->
          name == null || archive == null
              ? new ImageRef.None()
              : member(archive, name, own.get(), values);
    };
  }

  private ImageRef member(
      Path archive, String name, ColumnInfo column, IntFunction<@Nullable String> values) {
    String offset = value(number(column, "offset"), values);
    String length = value(number(column, "length"), values);
    return offset == null || length == null
        ? new ImageRef.None()
        : new ImageRef.TarMember(archive, name, Long.parseLong(offset), Long.parseLong(length));
  }

  private static String number(ColumnInfo column, String field) {
    return "CAST(" + Sql.identifier(column.name()) + "." + Sql.identifier(field) + " AS VARCHAR)";
  }

  private Path file(String name) {
    Path folder = shard.folder();
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      return folder; // no file can have that name; reading it says so with the name
    }
  }

  private void need(@Nullable String expression) {
    if (expression != null) {
      expressions.putIfAbsent(expression, expressions.size());
    }
  }

  private @Nullable String value(
      @Nullable String expression, IntFunction<@Nullable String> values) {
    Integer place = expression == null ? null : expressions.get(expression);
    return place == null ? null : values.apply(place);
  }

  private @Nullable String textOf(CaptionTrack track) {
    return shard.column(track.column()).map(Projection::text).orElse(null);
  }

  private @Nullable String imageNameOf(ColumnMapping mapping) {
    String column = mapping.imageColumn();
    if (column == null || mapping.imageKind() == ImageKind.BYTES) {
      return null;
    }
    Optional<ColumnInfo> own = shard.column(column);
    if (mapping.imageKind() == ImageKind.STRUCT) {
      return own.filter(found -> StructType.has(found.type(), "path", "VARCHAR"))
          .map(found -> Sql.identifier(found.name()) + ".path")
          .orElse(null);
    }
    if (mapping.imageKind() == ImageKind.MEMBER) {
      return own.filter(Projection::isMember)
          .map(found -> Sql.identifier(found.name()) + ".member")
          .orElse(null);
    }
    return own.map(Projection::text).orElse(null);
  }

  private List<String> imagePlaceOf(ColumnMapping mapping) {
    String column = mapping.imageColumn();
    if (column == null || mapping.imageKind() != ImageKind.MEMBER) {
      return List.of();
    }
    return shard
        .column(column)
        .filter(Projection::isMember)
        .map(found -> List.of(number(found, "offset"), number(found, "length")))
        .orElse(List.of());
  }

  private static boolean isMember(ColumnInfo column) {
    return StructType.has(column.type(), "member", "VARCHAR");
  }

  private static String text(ColumnInfo column) {
    String name = Sql.identifier(column.name());
    return column.type().equals("VARCHAR") ? name : "CAST(" + name + " AS VARCHAR)";
  }
}
