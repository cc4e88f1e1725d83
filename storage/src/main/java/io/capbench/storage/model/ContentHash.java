package io.capbench.storage.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * The content of a row in 64 hex digits, so that a row is known again in a rewritten shard.
 *
 * <p>Hashed are the image's name and, in the order of their columns' names, every column name and
 * caption that the default mapping finds. Renaming a track or showing another set of tracks does
 * not change it. Each part is preceded by its length, so no two contents run together.
 */
public final class ContentHash {
  private static final String VERSION = "capbench-content-1";

  private ContentHash() {}

  /**
   * Hashes one row.
   *
   * @param imageName {@link ImageRef#name()}
   * @param textByColumn captions by the name of their column; absent captions are absent
   * @return lower-case hex SHA-256
   */
  public static String of(String imageName, SortedMap<String, String> textByColumn) {
    MessageDigest sha = sha256();
    put(sha, VERSION);
    put(sha, imageName);
    textByColumn.forEach(
        (column, text) -> {
          put(sha, column);
          put(sha, text);
        });
    return HexFormat.of().formatHex(sha.digest());
  }

  private static void put(MessageDigest sha, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    sha.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
