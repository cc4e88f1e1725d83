package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StructTypeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STRUCT(bytes BLOB, path VARCHAR)",
        "STRUCT(\"bytes\" BLOB)",
        "STRUCT(a DECIMAL(10,2), \"b) \"\", \" VARCHAR, Bytes BLOB)",
      })
  void aFieldDirectlyInsideIsFound(String type) {
    assertThat(StructType.has(type, "bytes", "BLOB")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BLOB",
        "STRUCT(bytes BLOB, path VARCHAR)[]",
        "STRUCT(bytes BLOB)[3]",
        "STRUCT(inner STRUCT(bytes BLOB))",
        "STRUCT(bytes BLOB[])",
        "STRUCT(\"x, bytes BLOB\" INTEGER)",
        "MAP(VARCHAR, STRUCT(bytes BLOB))",
        "STRUCT(",
      })
  void otherTypesHaveNoSuchField(String type) {
    assertThat(StructType.has(type, "bytes", "BLOB")).isFalse();
  }

  @Test
  void theTypeOfTheFieldCounts() {
    assertThat(StructType.has("STRUCT(path BLOB)", "path", "VARCHAR")).isFalse();
  }
}
