package io.capbench.viewer.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.workspace.NewDecision;
import io.capbench.storage.workspace.Span;
import io.capbench.viewer.fixture.MemoryRows;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpanTypesTest {
  @TempDir Path temp;

  @Test
  void theTypesThatComeWithTheProgramAreThoseOfTheField() {
    assertThat(new SpanTypes().all())
        .extracting(SpanType::id)
        .containsExactly(
            "object",
            "attribute",
            "count",
            "spatial_relation",
            "action",
            "scene_text",
            "knowledge",
            "source_contradiction",
            "mismatched_parents",
            "prompt_leak",
            "truncation");
  }

  @Test
  void everyTypeCanBeRecordedAndIsFoundByItsKey() {
    SpanTypes types = new SpanTypes();
    CaptionRow row = MemoryRows.row(1);
    for (SpanType type : types.all()) {
      NewDecision span = NewDecision.span(row, "ann", "fused", new Span(0, 3), type.id());
      assertThat(span.text()).isEqualTo(type.id());
      assertThat(types.ofKey(type.key())).contains(type);
      assertThat(types.name(type.id())).isEqualTo(type.name());
      assertThat(type.explanation()).isNotBlank();
    }
    assertThat(types.ofKey("O")).isPresent();
    assertThat(types.ofKey("?")).isEmpty();
    assertThat(types.name("of_another_list")).isEqualTo("of_another_list");
  }

  @Test
  void aListThatIsNoneIsRefusedWithItsLine() throws IOException {
    assertThat(new SpanTypes(list("# comment\n\nq\tid\tName\tText\n")).all())
        .containsExactly(new SpanType("id", "Name", "Text", "q"));
    for (String wrong :
        new String[] {
          "q\tid\tName\n",
          "qq\tid\tName\tText\n",
          "q\ta\tA\tA\nq\tb\tB\tB\n",
          "q\ta\tA\tA\nw\ta\tB\tB\n"
        }) {
      URL list = list(wrong);
      String last = wrong.strip().substring(wrong.strip().lastIndexOf('\n') + 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SpanTypes(list))
          .withMessageContaining(last);
    }
  }

  private URL list(String text) throws IOException {
    return Files.writeString(temp.resolve("list.tsv"), text).toUri().toURL();
  }
}
