package io.capbench.storage.dataset;

import io.capbench.storage.image.ArchiveImages;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageFolder;
import io.capbench.storage.image.ImageInspector;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.image.WebImages;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ImageRef;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The images of a dataset: in its cells, archives and folders, and on the web. */
final class DatasetImages implements ImageSource, AutoCloseable {
  private final DuckDatabase database;
  private final List<Shard> shards;
  private final ImageInspector inspector = new ImageInspector();
  private final ImageFolder files;
  private final ArchiveImages archives;
  private final WebImages web;

  DatasetImages(DuckDatabase database, List<Shard> shards, WebImages web) {
    this.database = database;
    this.web = web;
    this.shards = List.copyOf(shards);
    this.files = new ImageFolder(shards.stream().map(Shard::folder).toList(), inspector);
    this.archives =
        new ArchiveImages(
            shards.stream().map(Shard::archive).filter(Objects::nonNull).toList(), inspector);
  }

  @Override
  public ImageBytes read(ImageRef image) throws ImageException {
    if (image instanceof ImageRef.Cell cell) {
      return read(cell);
    }
    if (image instanceof ImageRef.File file) {
      return files.read(file);
    }
    if (image instanceof ImageRef.TarMember member) {
      return archives.read(member);
    }
    if (image instanceof ImageRef.ZipMember member) {
      return archives.read(member);
    }
    if (image instanceof ImageRef.Url url) {
      return web.read(url);
    }
    throw new ImageException(Reason.NONE, "This row has no image");
  }

  private ImageBytes read(ImageRef.Cell cell) throws ImageException {
    String name =
        "The image in row "
            + cell.row()
            + " of "
            + cell.shard().getFileName()
            + ", "
            + cell.column();
    Shard shard =
        shards.stream()
            .filter(candidate -> candidate.info().path().equals(cell.shard()))
            .findFirst()
            .orElseThrow(
                () ->
                    new ImageException(
                        Reason.NOT_FOUND, name + ", is not part of the open dataset"));
    Content content = content(shard, cell, name);
    if (content.length() < 0) {
      String path = cell.path();
      throw path == null
          ? new ImageException(Reason.NONE, "This row has no image")
          : new ImageException(
              Reason.NOT_FOUND,
              name + ", has no bytes, only the path " + path + ", which leads nowhere here");
    }
    inspector.checkLength(content.length(), name);
    if (content.bytes() == null) {
      throw new ImageException(Reason.UNREADABLE, name + ", came without its bytes");
    }
    return inspector.inspect(content.bytes(), name);
  }

  /**
   * Bytes of a cell.
   *
   * @param length their number, or -1 if there are none
   * @param bytes null if there are none or more than the limit
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Content(long length, byte @Nullable [] bytes) {
    static Content of(ResultSet row) throws SQLException {
      long length = row.getLong(1);
      return row.wasNull() ? new Content(-1, null) : new Content(length, row.getBytes(2));
    }
  }

  private Content content(Shard shard, ImageRef.Cell cell, String name) throws ImageException {
    Optional<ColumnInfo> column = shard.column(cell.column());
    if (column.isEmpty()) {
      throw new ImageException(Reason.NOT_FOUND, name + ", is in a column that does not exist");
    }
    String bytes =
        Sql.identifier(column.get().name())
            + (StructType.has(column.get().type(), "bytes", "BLOB") ? ".bytes" : "");
    String sql =
        "SELECT octet_length(cell), CASE WHEN octet_length(cell) <= "
            + ImageInspector.MAX_BYTES
            + " THEN cell END FROM (SELECT "
            + bytes
            + " AS cell FROM "
            + Sql.parquet(List.of(shard.parquet()))
            + " WHERE file_row_number = "
            + cell.row()
            + ")";
    try {
      if (shard.changed()) {
        throw new ImageException(
            Reason.UNREADABLE,
            name + ", is not read: the file was changed after it was opened; open it again");
      }
      return database.list(sql, List.of(), Content::of).stream()
          .findFirst()
          .orElseThrow(
              () ->
                  new ImageException(Reason.NOT_FOUND, name + ", is in a row that does not exist"));
    } catch (SQLException | IOException e) {
      throw new ImageException(
          Reason.UNREADABLE, name + ", cannot be read: " + DuckErrors.sentence(e), e);
    }
  }

  /** Closes archives. Idempotent. */
  @Override
  public void close() {
    archives.close();
  }
}
