package io.capbench.viewer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.ColumnInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlCompletionTest {
  private final SqlCompletion completion =
      new SqlCompletion(
          List.of(
              new ColumnInfo("capsfusion", "VARCHAR"),
              new ColumnInfo("Caption length", "BIGINT"),
              new ColumnInfo("url", "VARCHAR")));

  @Test
  void aBegunNameBecomesEveryColumnThatStartsLikeIt() {
    assertThat(completion.complete("length(cap"))
        .containsExactly("length(capsfusion", "length(\"Caption length\"");
  }

  @Test
  void decisionsAreNamesToo() {
    assertThat(completion.complete("url IS NULL AND decision.ver"))
        .containsExactly("url IS NULL AND decision.verdict");
  }

  @Test
  void aWholeNameNoNameAndATextInQuotesAreLeftAlone() {
    assertThat(completion.complete("url")).isEmpty();
    assertThat(completion.complete("length(")).isEmpty();
    assertThat(completion.complete("")).isEmpty();
    assertThat(completion.complete("capsfusion = 'cap")).isEmpty();
    assertThat(completion.complete("capsfusion = 'a' OR ur"))
        .containsExactly("capsfusion = 'a' OR url");
  }
}
