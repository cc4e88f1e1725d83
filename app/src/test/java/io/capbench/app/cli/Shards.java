package io.capbench.app.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import javax.imageio.ImageIO;

/** Makes small datasets. */
final class Shards {
  private Shards() {}

  /** Three rows of CapsFusion's shape; the last has no fused caption. */
  static Path capsFusion(Path file) throws SQLException {
    return parquet(
        file,
        "SELECT * FROM (VALUES"
            + " ('http://a.example/1.jpg', 'Nikon D850 body', 'a camera on a table', 'A Nikon D850 camera'),"
            + " ('http://a.example/2.jpg', '猫 café', 'a cat', 'A cat 猫'),"
            + " ('http://a.example/3.jpg', 'plain', 'words', NULL))"
            + " AS t(image_url, laion_2b, laion_coco, capsfusion)");
  }

  /** Rows whose pictures are on this machine's web server, which is never asked. */
  static Path onThisMachine(Path file) throws SQLException {
    return parquet(
        file,
        "SELECT * FROM (VALUES"
            + " ('http://127.0.0.1:1/1.jpg', 'Nikon D850 body', 'a camera on a table', 'A Nikon'),"
            + " ('http://127.0.0.1:1/2.jpg', '猫 café', 'a cat', 'A cat 猫'))"
            + " AS t(image_url, laion_2b, laion_coco, capsfusion)");
  }

  /** Rows with a picture in each. */
  static Path withPictures(Path file, int rows) throws SQLException, IOException {
    return parquet(
        file,
        "SELECT from_hex('"
            + HexFormat.of().formatHex(png())
            + "') AS image, 'raw ' || i AS raw, 'synthetic ' || i AS blip, 'fused ' || i AS fused"
            + " FROM range("
            + rows
            + ") AS t(i)");
  }

  /** The result of a query as a parquet file. */
  static Path parquet(Path file, String select) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    }
    return file;
  }

  static byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }
}
