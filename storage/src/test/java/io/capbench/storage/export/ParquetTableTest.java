package io.capbench.storage.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.export.ParquetTable.Column;
import io.capbench.storage.export.ParquetTable.ColumnType;
import io.capbench.storage.export.ParquetTable.Image;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTableTest {
  private static final List<Column> CAPTIONS =
      List.of(new Column("image", ColumnType.IMAGE), new Column("alt \"text\"", ColumnType.TEXT));

  @TempDir Path folder;

  @Test
  void valuesOfEveryTypeAndNullsComeBack() throws SQLException {
    List<Column> columns =
        List.of(
            new Column("t", ColumnType.TEXT),
            new Column("i", ColumnType.INT),
            new Column("l", ColumnType.LONG),
            new Column("d", ColumnType.DOUBLE),
            new Column("b", ColumnType.BOOLEAN),
            new Column("y", ColumnType.BYTES),
            new Column("m", ColumnType.IMAGE));
    Path file = folder.resolve("it's.parquet");
    try (ParquetTable table = new ParquetTable(file, columns, 10)) {
      table.addRow(
          "Teekanne 🫖 'rot' שלום",
          7,
          1L << 40,
          0.25,
          true,
          new byte[] {1, -2},
          new Image(new byte[] {-1, 0}, "a.jpg"));
      table.addRow(null, null, null, null, null, null, null);
      table.addRow("", 0, 0L, -0.5, false, new byte[0], new Image(new byte[] {3}, null));
      table.finish();
    }
    assertThat(
            query(
                "SELECT t, i, l, d, b, hex(y), hex(m.bytes), m.path, m IS NULL FROM read_parquet("
                    + literal(file)
                    + ")"))
        .containsExactly(
            "Teekanne 🫖 'rot' שלום|7|1099511627776|0.25|true|01FE|FF00|a.jpg|false",
            "null|null|null|null|null|null|null|null|true",
            "|0|0|-0.5|false||03|null|false");
  }

  @Test
  void rowsKeepTheirOrderInRowGroupsOfTheAskedSize() throws SQLException {
    Path file = write("a.parquet", 2500, 300);
    assertThat(
            query(
                "SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata("
                    + literal(file)
                    + ") ORDER BY 1"))
        .containsExactly(
            "0|300", "1|300", "2|300", "3|300", "4|300", "5|300", "6|300", "7|300", "8|100");
    assertThat(
            query(
                "SELECT count(*) FROM read_parquet("
                    + literal(file)
                    + ", file_row_number=true) WHERE \"alt \"\"text\"\"\" = 'row ' ||"
                    + " file_row_number AND image.path = file_row_number || '.png'"))
        .containsExactly("2500");
  }

  @Test
  void manyTinyRowGroupsBecomeAThousandLargerOnes() throws SQLException {
    Path file = write("a.parquet", 3000, 2);
    assertThat(
            query(
                "SELECT num_rows, num_row_groups FROM parquet_file_metadata("
                    + literal(file)
                    + ")"))
        .containsExactly("3000|1000");
  }

  @Test
  void sameRowsGiveTheSameBytes() throws IOException {
    assertThat(write("a.parquet", 5000, 4096))
        .hasSameBinaryContentAs(write("b.parquet", 5000, 4096));
  }

  @Test
  void pictureColumnsAreDeclaredInTheWayOfHuggingFace() throws SQLException {
    Path file = write("a.parquet", 1, 100);
    assertThat(
            query(
                "SELECT decode(value) FROM parquet_kv_metadata("
                    + literal(file)
                    + ") WHERE decode(key) = 'huggingface'"))
        .containsExactly(
            "{\"info\":{\"features\":{\"image\":{\"_type\":\"Image\"},"
                + "\"alt \\\"text\\\"\":{\"dtype\":\"string\",\"_type\":\"Value\"}}}}");
  }

  @Test
  void aTableClosedWithoutFinishLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = write("a.parquet", 3, 100);
    byte[] before = Files.readAllBytes(file);
    try (ParquetTable table = new ParquetTable(file, CAPTIONS, 100)) {
      table.addRow(null, "half");
    }
    assertThat(file).hasBinaryContent(before);
    assertThat(left()).containsExactly("a.parquet");
  }

  @Test
  void aTableWithoutRowsIsAFileWithColumns() throws SQLException {
    Path file = write("a.parquet", 0, 100);
    assertThat(query("SELECT count(*) FROM read_parquet(" + literal(file) + ")"))
        .containsExactly("0");
    assertThat(query("DESCRIBE SELECT * FROM read_parquet(" + literal(file) + ")"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("image|STRUCT(bytes BLOB, path VARCHAR)");
  }

  @Test
  void aRowThatDoesNotFitIsRefusedAndNotAdded() throws SQLException {
    Path file = folder.resolve("a.parquet");
    try (ParquetTable table = new ParquetTable(file, CAPTIONS, 100)) {
      assertThatThrownBy(() -> table.addRow(null, 5)).hasMessageContaining("Integer");
      assertThatThrownBy(() -> table.addRow("one")).hasMessageContaining("2 columns");
      table.addRow(null, "fits");
      table.finish();
      assertThatThrownBy(table::finish).isInstanceOf(IllegalStateException.class);
    }
    assertThat(query("SELECT count(*) FROM read_parquet(" + literal(file) + ")"))
        .containsExactly("1");
  }

  @Test
  void columnsWithOneNameAreRefused() {
    List<Column> twins = List.of(new Column("a", ColumnType.INT), new Column("A", ColumnType.TEXT));
    assertThatThrownBy(() -> new ParquetTable(folder.resolve("a.parquet"), twins, 100))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMissingFolderIsNamed() {
    Path file = folder.resolve("none").resolve("a.parquet");
    assertThatThrownBy(() -> new ParquetTable(file, CAPTIONS, 100))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(file.toString());
  }

  private Path write(String name, int rows, int rowGroupSize) {
    Path file = folder.resolve(name);
    try (ParquetTable table = new ParquetTable(file, CAPTIONS, rowGroupSize)) {
      for (int i = 0; i < rows; i++) {
        table.addRow(new Image(new byte[] {(byte) i, 1}, i + ".png"), "row " + i);
      }
      table.finish();
    }
    return file;
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String literal(Path file) {
    return "'" + file.toString().replace("'", "''") + "'";
  }

  private static List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }
}
