package io.capbench.storage.export;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Writes one parquet file (zstd) row by row. The same rows give the same bytes on every run. Rows
 * wait in DuckDB, which moves them to a folder beside the target when they outgrow 1 GB of memory.
 *
 * <p>The target appears only through {@link #finish()}, under its final name and complete; a table
 * that is closed without it leaves nothing behind. For one thread; the caller closes.
 */
public final class ParquetTable implements AutoCloseable {
  /** DuckDB hands rows on in vectors of this length; a smaller row group needs help. */
  private static final int VECTOR = 2048;

  private static final int MAX_SLICES = 1000;

  /** What a column holds, and the Java class of its values. Every type takes null. */
  public enum ColumnType {
    /** {@link String} */
    TEXT("VARCHAR", String.class, "string"),
    /** {@link Integer} */
    INT("INTEGER", Integer.class, "int32"),
    /** {@link Long} */
    LONG("BIGINT", Long.class, "int64"),
    /** {@link Double} */
    DOUBLE("DOUBLE", Double.class, "float64"),
    /** {@link Boolean} */
    BOOLEAN("BOOLEAN", Boolean.class, "bool"),
    /** {@code byte[]} */
    BYTES("BLOB", byte[].class, "binary"),
    /** {@link Image}, written in the way of Hugging Face: {@code struct<bytes, path>}. */
    IMAGE("BLOB", Image.class, "");

    private final String sql;
    private final Class<?> java;
    private final String feature;

    ColumnType(String sql, Class<?> java, String feature) {
      this.sql = sql;
      this.java = java;
      this.feature = feature;
    }
  }

  /** A column's name and what it holds. */
  public record Column(String name, ColumnType type) {}

  /**
   * An encoded image in a cell.
   *
   * @param bytes the file's content; not copied, not to be changed
   * @param path the file's name, or null if it has none
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Image(byte[] bytes, @Nullable String path) {}

  private final Path target;
  private final Path part;
  private final Path spill;
  private final List<Column> columns;
  private final int rowGroupSize;
  private final Connection connection;
  private final DuckDBAppender appender;
  private long rows;
  private boolean finished;

  /**
   * Begins a table.
   *
   * @param target the file to write; its folder must exist; an older file is replaced at the end
   * @param columns at least one, names differing by more than case
   * @param rowGroupSize rows a row group, at least 1. Below 2,048 it is kept as long as the file
   *     has at most 1,000 row groups; beyond that groups grow.
   * @throws CapbenchException if the folder cannot be written
   */
  public ParquetTable(Path target, List<Column> columns, int rowGroupSize) {
    check(columns, rowGroupSize);
    this.target = target.toAbsolutePath();
    this.columns = List.copyOf(columns);
    this.rowGroupSize = rowGroupSize;
    this.part = this.target.resolveSibling(this.target.getFileName() + ".part");
    try {
      this.spill = Files.createTempDirectory(this.target.getParent(), ".parquet-");
    } catch (IOException e) {
      throw new CapbenchException(
          "Cannot write " + target + ": its folder is missing or read-only. Choose another.", e);
    }
    try {
      this.connection = DriverManager.getConnection("jdbc:duckdb:");
    } catch (SQLException e) {
      throw failed("prepare", e);
    }
    try {
      this.appender = prepare();
    } catch (SQLException e) {
      close();
      throw failed("prepare", e);
    }
  }

  private static void check(List<Column> columns, int rowGroupSize) {
    if (columns.isEmpty() || rowGroupSize < 1) {
      throw new IllegalArgumentException("A table needs a column and a row group at least a row");
    }
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("Two columns are called " + column.name());
      }
    }
  }

  private DuckDBAppender prepare() throws SQLException {
    StringBuilder create = new StringBuilder("CREATE TABLE rows (");
    for (int i = 0; i < columns.size(); i++) {
      ColumnType type = columns.get(i).type();
      create.append(i == 0 ? "" : ", ").append('c').append(i).append(' ').append(type.sql);
      if (type == ColumnType.IMAGE) {
        create.append(", p").append(i).append(" VARCHAR");
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET autoinstall_known_extensions=false");
      statement.execute("SET autoload_known_extensions=false");
      statement.execute("SET temp_directory=" + literal(spill.toString()));
      statement.execute("SET memory_limit='1GB'");
      // More threads would cut row groups by chance.
      statement.execute("SET threads=1");
      statement.execute("SET preserve_insertion_order=true");
      statement.execute(create.append(')').toString());
    }
    return connection.unwrap(DuckDBConnection.class).createAppender("rows");
  }

  /**
   * Adds a row.
   *
   * @param values one a column, of the class that its {@link ColumnType} names, or null
   * @throws IllegalArgumentException if a value does not fit its column; the row is not added
   * @throws CapbenchException if the row cannot be kept, for example because the disk is full
   */
  public void addRow(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          columns.size() + " columns, but " + values.length + " values");
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null && !columns.get(i).type().java.isInstance(values[i])) {
        throw new IllegalArgumentException(
            "Column " + columns.get(i) + " cannot hold a " + values[i].getClass().getSimpleName());
      }
    }
    try {
      appender.beginRow();
      for (int i = 0; i < values.length; i++) {
        append(columns.get(i).type(), values[i]);
      }
      appender.endRow();
      rows++;
    } catch (SQLException e) {
      throw failed("add row " + rows + " to", e);
    }
  }

  private void append(ColumnType type, @Nullable Object value) throws SQLException {
    if (type == ColumnType.IMAGE) {
      Image image = (Image) value;
      append(ColumnType.BYTES, image == null ? null : image.bytes());
      append(ColumnType.TEXT, image == null ? null : image.path());
    } else if (value == null) {
      appender.appendNull();
    } else if (value instanceof byte[] bytes) {
      appender.append(bytes);
    } else if (value instanceof Integer number) {
      appender.append(number);
    } else if (value instanceof Long number) {
      appender.append(number);
    } else if (value instanceof Double number) {
      appender.append(number);
    } else if (value instanceof Boolean flag) {
      appender.append(flag);
    } else {
      appender.append((String) value);
    }
  }

  /**
   * Writes the file and moves it to its name. Nothing can be added after that.
   *
   * @throws CapbenchException if it cannot be written; an older file then stays as it was
   */
  public void finish() {
    if (finished) {
      throw new IllegalStateException(target + " is finished");
    }
    try (Statement statement = connection.createStatement()) {
      appender.close();
      statement.execute(copy());
      try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      finished = true;
    } catch (SQLException | IOException e) {
      throw failed("write", e);
    }
  }

  private String copy() {
    StringBuilder select = new StringBuilder("SELECT ");
    for (int i = 0; i < columns.size(); i++) {
      String cell = "c" + i;
      if (columns.get(i).type() == ColumnType.IMAGE) {
        cell = "CASE WHEN c%d IS NOT NULL THEN struct_pack(bytes := c%d, path := p%d) END";
        cell = cell.formatted(i, i, i);
      }
      select.append(i == 0 ? "" : ", ").append(cell).append(" AS ");
      select.append('"').append(columns.get(i).name().replace("\"", "\"\"")).append('"');
    }
    select.append(" FROM rows");
    long group = Math.max(rowGroupSize, (rows + MAX_SLICES - 1) / MAX_SLICES);
    StringBuilder source = new StringBuilder(select);
    if (group < VECTOR) {
      // Row groups end between vectors, so each slice has to come as a vector of its own.
      source.append(" WHERE rowid < ").append(group);
      for (long from = group; from < rows; from += group) {
        source.append(" UNION ALL ").append(select).append(" WHERE rowid >= ").append(from);
        source.append(" AND rowid < ").append(from + group);
      }
    } else {
      group = rowGroupSize;
    }
    return "COPY (%s) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d%s)"
        .formatted(source, literal(part.toString()), group, metadata());
  }

  /** The schema that Hugging Face datasets look for, so that they show pictures, not structs. */
  private String metadata() {
    if (columns.stream().noneMatch(column -> column.type() == ColumnType.IMAGE)) {
      return "";
    }
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    ObjectNode features = root.putObject("info").putObject("features");
    for (Column column : columns) {
      ObjectNode feature = features.putObject(column.name());
      if (column.type() == ColumnType.IMAGE) {
        feature.put("_type", "Image");
      } else {
        feature.put("dtype", column.type().feature).put("_type", "Value");
      }
    }
    return ", KV_METADATA {huggingface: " + literal(root.toString()) + "}";
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private CapbenchException failed(String what, Exception cause) {
    return new CapbenchException(
        "Cannot %s %s: %s. Check that the disk has room and the folder can be written."
            .formatted(what, target, cause.getMessage()),
        cause);
  }

  /**
   * Frees memory and removes what lies beside the target.
   *
   * @throws CapbenchException if something cannot be removed
   */
  @Override
  public void close() {
    try {
      connection.close();
      Files.deleteIfExists(part);
      try (Stream<Path> left = Files.walk(spill)) {
        for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    } catch (SQLException | IOException e) {
      throw new CapbenchException(
          "Cannot clean up after " + target + ": remove " + spill + " by hand.", e);
    }
  }
}
