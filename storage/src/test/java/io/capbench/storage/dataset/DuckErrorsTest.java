package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DuckErrorsTest {
  private static final String LOST = "Invalid Input Error: Invalid result set";

  @Test
  void theKindAndTheSqlAreLeftOut() {
    SQLException error =
        new SQLException(
            "Binder Error: Referenced column \"x\" not found!\nCandidate bindings: \"y\"\n\n"
                + "LINE 1: SELECT x FROM secret\n               ^");
    assertThat(DuckErrors.sentence(error))
        .isEqualTo("Referenced column \"x\" not found! Candidate bindings: \"y\"");
    assertThat(DuckErrors.sentence(new SQLException("Invalid Input Error: IO Error: no file")))
        .isEqualTo("no file");
    assertThat(DuckErrors.sentence(new SQLException("an Error: inside stays.")))
        .isEqualTo("an Error: inside stays");
    assertThat(DuckErrors.sentence(new SQLException())).isEqualTo("SQLException");
  }

  @Test
  void errorsOfTheQueryAreToldFromThoseOfTheData() {
    assertThat(DuckErrors.isAboutTheQuery(new SQLException("Binder Error: no x\n\nLINE 1: x")))
        .isTrue();
    assertThat(
            DuckErrors.isAboutTheQuery(
                new SQLException("java.sql.SQLException: Conversion Error: 'a' to INT32")))
        .isTrue();
    assertThat(DuckErrors.isAboutTheQuery(new SQLException("Invalid Input Error: missing ): (")))
        .isTrue();
    assertThat(DuckErrors.isAboutTheQuery(new SQLException(LOST))).isFalse();
    assertThat(DuckErrors.isLost(new SQLException(LOST))).isTrue();
    assertThat(DuckErrors.isAboutTheQuery(new SQLException("Out of buffer"))).isFalse();
    assertThat(DuckErrors.isAboutTheQuery(new SQLException("IO Error: no file"))).isFalse();
    assertThat(DuckErrors.isAboutTheQuery(new SQLException())).isFalse();
  }

  @Test
  void namesAndPathsCannotLeaveTheirQuotes() {
    assertThat(Sql.identifier("a\"b; --")).isEqualTo("\"a\"\"b; --\"");
    assertThat(Sql.literal("it's")).isEqualTo("'it''s'");
    assertThat(Sql.file(Path.of("/d/a*[1]?'.parquet"))).isEqualTo("'/d/a[*][[]1][?]''.parquet'");
    assertThat(Sql.parquet(List.of(Path.of("/a"), Path.of("/b"))))
        .startsWith("read_parquet(['/a', '/b'], ");
  }
}
