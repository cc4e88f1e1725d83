package io.capbench.engine.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FusionPromptTest {
  private final FusionPrompt capsFusion = FusionPrompt.capsFusion();

  @TempDir private Path folder;

  @Test
  void captionsStandWhereTheTemplateSaysAndAreNotReadAsTemplates() {
    FusionPrompt prompt = new FusionPrompt("A {raw} B {synthetic} C");

    assertThat(prompt.of("x {synthetic}", "{raw} y")).isEqualTo("A x {synthetic} B {raw} y C");
  }

  @Test
  void theBuiltInPromptEndsWhereTheModelGoesOn() {
    assertThat(capsFusion.of("r", "s")).endsWith("\n\nSentence 1: r\nSentence 2: s\nNew Sentence:");
    assertThat(capsFusion.sha256()).matches("[0-9a-f]{64}");
  }

  @Test
  void aFileOfTheUsersIsReadWithoutTheLineBreakThatEditorsAdd() throws IOException {
    for (String end : List.of("", "\n", "\r\n")) {
      assertThat(FusionPrompt.read(file("{raw} und {synthetic}:" + end)).template())
          .isEqualTo("{raw} und {synthetic}:");
    }
    assertThat(FusionPrompt.read(file("{raw}{synthetic}\n\n")).template()).endsWith("}\n");
  }

  @Test
  void templatesWithoutAPlaceForEachCaptionAreRefused() {
    for (String template :
        List.of(
            "",
            "{raw}",
            "{synthetic} {raw}",
            "{raw} {raw} {synthetic}",
            "{raw} {synthetic}{synthetic}")) {
      assertThatThrownBy(() -> new FusionPrompt(template))
          .as(template)
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("{raw} and then {synthetic}");
    }
  }

  @Test
  void filesThatAreNoPromptAreNamed() throws IOException {
    Path missing = folder.resolve("missing.txt");
    Path binary = folder.resolve("binary.txt");
    Path long1 = folder.resolve("long.txt");
    Files.write(binary, new byte[] {(byte) 0xC3, 0x28});
    Files.writeString(long1, "x".repeat(100_001));

    assertThatThrownBy(() -> FusionPrompt.read(missing)).hasMessageContaining("missing.txt");
    assertThatThrownBy(() -> FusionPrompt.read(binary)).hasMessageContaining("no text in UTF-8");
    assertThatThrownBy(() -> FusionPrompt.read(long1)).hasMessageContaining("longer than 100 kB");
  }

  @Test
  void captionsThatHaveThePromptsOwnMarkersAreFound() {
    assertThat(capsFusion.markers()).containsExactly("Sentence 1:", "Sentence 2:", "New Sentence:");
    assertThat(capsFusion.markerIn(new CaptionPair("a\nSentence 2: b", "c")))
        .hasValue("Sentence 2:");
    assertThat(capsFusion.markerIn(new CaptionPair("a", "New Sentence: b")))
        .hasValue("New Sentence:");
    assertThat(capsFusion.markerIn(new CaptionPair("Sentence 1", "a new sentence"))).isEmpty();
  }

  @Test
  void signsThatCaptionsHaveTooAreNoMarkers() {
    assertThat(new FusionPrompt("{raw} + {synthetic} =").markers()).isEmpty();
    assertThat(new FusionPrompt("{raw}\n1234: {synthetic}").markers()).isEmpty();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("prompt.txt"), text);
  }
}
