package io.capbench.storage.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the image of a row is. Names only: nothing is opened or fetched by holding one. */
public sealed interface ImageRef {

  /** What stands for the image in content hashes and listings; empty if there is none. */
  String name();

  /** The row has no image: no image column, or a null in it. */
  record None() implements ImageRef {
    @Override
    public String name() {
      return "";
    }
  }

  /**
   * Bytes in a cell of the shard.
   *
   * @param shard the parquet file
   * @param row row number inside the shard, from 0
   * @param column the column: BLOB, or Hugging Face {@code struct<bytes,path>}
   * @param path the struct's path, if it has one
   */
  record Cell(Path shard, long row, String column, @Nullable String path) implements ImageRef {
    @Override
    public String name() {
      return path == null ? "" : path;
    }
  }

  /**
   * A file beside the shard.
   *
   * @param file where it is on this machine
   * @param name the file name as the shard writes it
   */
  record File(Path file, String name) implements ImageRef {}

  /**
   * A member of a tar, which is read from its place without unpacking anything.
   *
   * @param archive the tar
   * @param name the member's name as the tar has it: untrusted, and never a path
   * @param offset of its first byte in the tar, or -1 if it is stored in a way that cannot be read
   * @param length in bytes
   */
  record TarMember(Path archive, String name, long offset, long length) implements ImageRef {}

  /**
   * A member of a zip.
   *
   * @param archive the zip
   * @param name the member's file name, without folders
   */
  record ZipMember(Path archive, String name) implements ImageRef {}

  /**
   * An address on the web, as the shard writes it: untrusted, perhaps not even a URL.
   *
   * @param name the address
   */
  record Url(String name) implements ImageRef {}
}
