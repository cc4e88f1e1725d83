package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageInspector;
import io.capbench.storage.image.Pictures;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.query.RowQuery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetImagesTest {
  @TempDir Path temp;
  private String png;

  @BeforeEach
  void encode() {
    png = "unhex('" + HexFormat.of().formatHex(Pictures.encoded("png", 9, 7)) + "')";
  }

  @Test
  void huggingFaceCellsAreRead() throws Exception {
    String query =
        "SELECT unnest([{'bytes': "
            + png
            + ", 'path': 'a.png'}, {'bytes': NULL, 'path': 'gone/b.png'}, NULL, {'bytes':"
            + " 'text'::BLOB, 'path': NULL}]) AS image, 'x' AS text";
    try (Dataset dataset = open(Shards.write(temp.resolve("a.parquet"), query))) {
      assertThat(dataset.info().mapping().imageKind()).isEqualTo(ImageKind.STRUCT);
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows.get(0).image().name()).isEqualTo("a.png");
      ImageBytes image = dataset.images().read(rows.get(0).image());
      assertThat(image.width()).isEqualTo(9);
      assertThat(image.bytes()).isEqualTo(Pictures.encoded("png", 9, 7));
      ImageException gone = failure(dataset, rows.get(1).image());
      assertThat(gone.reason()).isEqualTo(Reason.NOT_FOUND);
      assertThat(gone).hasMessageContaining("gone/b.png");
      assertThat(failure(dataset, rows.get(2).image()).reason()).isEqualTo(Reason.NONE);
      assertThat(failure(dataset, rows.get(3).image()).reason()).isEqualTo(Reason.NOT_AN_IMAGE);
    }
  }

  @Test
  void aColumnThatOnlyContainsImageStructsIsNotTakenForTheImage() throws Exception {
    String cell = "{'bytes': " + png + ", 'path': 'a.png'}";
    String query = "SELECT [" + cell + "] AS images, {'inner': " + cell + "} AS meta, 'x' AS text";
    try (Dataset dataset = open(Shards.write(temp.resolve("a.parquet"), query))) {
      assertThat(dataset.info().mapping().imageKind()).isEqualTo(ImageKind.NONE);
      assertThat(rows(dataset).get(0).caption("text")).isEqualTo("x");
    }
  }

  @Test
  void blobCellsAreRead() throws Exception {
    String query = "SELECT unnest([" + png + ", NULL, ''::BLOB]) AS \"JPG\", 'x' AS text";
    try (Dataset dataset = open(Shards.write(temp.resolve("a.parquet"), query))) {
      assertThat(dataset.info().mapping().imageKind()).isEqualTo(ImageKind.BYTES);
      List<CaptionRow> rows = rows(dataset);
      assertThat(dataset.images().read(rows.get(0).image()).height()).isEqualTo(7);
      assertThat(failure(dataset, rows.get(1).image()).reason()).isEqualTo(Reason.NONE);
      assertThat(failure(dataset, rows.get(2).image()).reason()).isEqualTo(Reason.NOT_AN_IMAGE);
    }
  }

  @Test
  void aCellAboveTheLimitIsRefusedByItsLength() throws Exception {
    String query =
        "SELECT repeat('x', " + (ImageInspector.MAX_BYTES + 1) + ")::BLOB AS image, 'x' AS text";
    try (Dataset dataset = open(Shards.write(temp.resolve("a.parquet"), query))) {
      assertThat(failure(dataset, rows(dataset).get(0).image()).reason())
          .isEqualTo(Reason.TOO_LARGE);
    }
  }

  @Test
  void pagesDoNotTouchImageBytes() throws Exception {
    Path file =
        Shards.writePlain(
            temp.resolve("a.parquet"),
            "SELECT {'bytes': ('BYTES' || i || repeat(md5(i::VARCHAR), 400))::BLOB, 'path': i ||"
                + " '.png'} AS image, 'caption ' || i AS text FROM range(50) AS t(i)");
    byte[] bytes = Files.readAllBytes(file);
    String latin1 = new String(bytes, StandardCharsets.ISO_8859_1);
    // The column comes first in the file: from its page header, behind the magic, into its values.
    for (int i = 4; i < latin1.indexOf("BYTES0") + 200; i++) {
      bytes[i] = (byte) 0xff;
    }
    Files.write(file, bytes);
    try (Dataset dataset = open(file)) {
      List<CaptionRow> rows = rows(dataset);
      assertThat(rows).hasSize(50);
      assertThat(rows.get(49).image().name()).isEqualTo("49.png");
      assertThat(rows.get(49).caption("text")).isEqualTo("caption 49");
      assertThat(failure(dataset, rows.get(0).image()).reason()).isEqualTo(Reason.UNREADABLE);
    }
  }

  @Test
  void imagesOnTheWebAreFetchedAndKeptBesideTheOtherCaches() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = Pictures.encoded("png", 9, 7);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/a.png";
      Path file =
          Shards.write(temp.resolve("a.parquet"), "SELECT '" + url + "' AS image_url, 'x' AS text");
      try (Dataset dataset = open(file)) {
        ImageRef image = rows(dataset).get(0).image();
        assertThat(failure(dataset, image).reason()).isEqualTo(Reason.REFUSED);
        assertThat(failure(dataset, new ImageRef.None()).reason()).isEqualTo(Reason.NONE);
      }
      try (Dataset dataset =
          new DatasetOpener(temp.resolve("cache"), true)
              .open(List.of(file), JobContext.unwatched())) {
        assertThat(dataset.images().read(rows(dataset).get(0).image()).width()).isEqualTo(9);
        assertThat(temp.resolve("cache/images")).isNotEmptyDirectory();
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void cellsOutsideTheDatasetAreNotFound() throws Exception {
    Path file = Shards.write(temp.resolve("a.parquet"), "SELECT " + png + " AS image, 'x' AS text");
    try (Dataset dataset = open(file)) {
      assertThat(failure(dataset, new ImageRef.Cell(temp.resolve("b"), 0, "image", null)).reason())
          .isEqualTo(Reason.NOT_FOUND);
      assertThat(failure(dataset, new ImageRef.Cell(file, 0, "nosuch", null)).reason())
          .isEqualTo(Reason.NOT_FOUND);
      assertThat(failure(dataset, new ImageRef.Cell(file, 99, "image", null)).reason())
          .isEqualTo(Reason.NOT_FOUND);
      assertThatThrownBy(() -> dataset.images().read(new ImageRef.Cell(file, 0, "text", null)))
          .isInstanceOf(ImageException.class);
    }
  }

  private static ImageException failure(Dataset dataset, ImageRef image) {
    ImageException failure =
        catchThrowableOfType(ImageException.class, () -> dataset.images().read(image));
    assertThat(failure).isNotNull();
    return failure;
  }

  private Dataset open(Path path) {
    return new DatasetOpener(temp.resolve("cache")).open(List.of(path), JobContext.unwatched());
  }

  private static List<CaptionRow> rows(Dataset dataset) {
    try (RowView view =
        dataset.view(dataset.info().mapping(), RowQuery.ALL, JobContext.unwatched())) {
      return view.page(0, 100);
    }
  }
}
