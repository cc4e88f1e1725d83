package io.capbench.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LlamaConfigTest {
  @TempDir private Path folder;

  @Test
  void fieldsThatOldModelsLackHaveTheirMeaning() throws IOException {
    new RandomLlama()
        .with("num_key_value_heads", null)
        .with("rms_norm_eps", null)
        .writeConfig(folder);

    LlamaConfig config = LlamaConfig.read(folder);

    assertThat(config.sizes()).isEqualTo(new LlamaConfig.Sizes(2, 24, 40, 50));
    assertThat(config.attention()).isEqualTo(new LlamaConfig.Attention(4, 4, 6, false));
    assertThat(config.rope()).isEqualTo(new Rope(10_000, new Rope.Plain(), 2048));
    assertThat(config.normEpsilon()).isEqualTo(1e-6);
    assertThat(config.tiedHead()).isFalse();
    assertThat(config.tokens()).isEqualTo(new LlamaConfig.SpecialTokens(1, List.of(2), 2));
  }

  @Test
  void parametersAreCounted() throws IOException {
    new RandomLlama().writeConfig(folder);
    int attention = 24 * 24 + 2 * 12 * 24 + 24 * 24;
    long wanted = 2L * 50 * 24 + 24 + 2L * (2 * 24 + attention + 3 * 24 * 40);

    assertThat(LlamaConfig.read(folder).parameters()).isEqualTo(wanted);
    new RandomLlama().with("tie_word_embeddings", true).writeConfig(folder);
    assertThat(LlamaConfig.read(folder).parameters()).isEqualTo(wanted - 50 * 24);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"eos_token_id\": [7, 8], \"pad_token_id\": 5, \"bos_token_id\": 3}; 3; 7 8; 5",
        "{\"eos_token_id\": 7}; 1; 7; 7",
        "{\"_from_model_config\": true, \"eos_token_id\": 7, \"pad_token_id\": 5}; 1; 2; 5",
        "{\"pad_token_id\": -1}; 1; 2; 2",
        "{}; 1; 2; 2",
      })
  void theGenerationFileWinsUnlessItOnlyRepeatsTheConfiguration(
      String file, int begin, String ends, int padding) throws IOException {
    new RandomLlama().writeConfig(folder);
    Files.writeString(folder.resolve("generation_config.json"), file);

    LlamaConfig.SpecialTokens tokens = LlamaConfig.read(folder).tokens();

    assertThat(tokens.begin()).isEqualTo(begin);
    assertThat(tokens.ends()).map(String::valueOf).containsExactly(ends.split(" ", -1));
    assertThat(tokens.padding()).isEqualTo(padding);
  }

  @Test
  void endTokensMayBeAListOrMissing() throws IOException {
    new RandomLlama().with("eos_token_id", "[4, 6]").writeConfig(folder);
    assertThat(LlamaConfig.read(folder).tokens().ends()).containsExactly(4, 6);
    new RandomLlama().with("eos_token_id", "null").writeConfig(folder);
    assertThat(LlamaConfig.read(folder).tokens())
        .isEqualTo(new LlamaConfig.SpecialTokens(1, List.of(), -1));
  }

  @Test
  void tokensThatNoFileNamesAreThoseOfTransformers() throws IOException {
    new RandomLlama().with("eos_token_id", null).with("bos_token_id", null).writeConfig(folder);

    assertThat(LlamaConfig.read(folder).tokens())
        .isEqualTo(new LlamaConfig.SpecialTokens(1, List.of(2), 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "architectures; [\"MistralForCausalLM\"]; architecture MistralForCausalLM",
        "architectures; [\"GPT2LMHeadModel\"]; architecture GPT2LMHeadModel",
        "hidden_act; \"gelu\"; activation gelu",
        "rope_scaling; {\"rope_type\": \"yarn\", \"factor\": 2.0}; by yarn",
        "rope_scaling; {\"type\": \"linear\", \"factor\": 0.5}; factor 0.5",
        "rope_scaling; {\"type\": \"linear\", \"factor\": \"2\"}; not a number",
        "quantization_config; {\"bits\": 4}; quantised",
        "partial_rotary_factor; 0.5; part of each head",
        "hidden_size; -4; hidden_size -4",
        "hidden_size; \"24\"; hidden_size",
        "vocab_size; 99999999999; vocab_size",
        "num_key_value_heads; 3; 4 heads for 3",
        "head_dim; 5; of 5 numbers",
      })
  void whatIsNotSupportedIsRefusedByName(String field, String value, String message)
      throws IOException {
    new RandomLlama().with(field, value).writeConfig(folder);

    assertThatThrownBy(() -> LlamaConfig.read(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(folder.resolve("config.json").toString())
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"hidden_size", "num_hidden_layers", "num_attention_heads", "vocab_size"})
  void whatIsMissingIsNamed(String field) throws IOException {
    new RandomLlama().with(field, null).writeConfig(folder);
    assertThatThrownBy(() -> LlamaConfig.read(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("does not say " + field);
  }

  @Test
  void filesThatAreMissingOrDamagedAreNamed() throws IOException {
    assertThatThrownBy(() -> LlamaConfig.read(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(folder + " has no config.json");
    for (String damaged : List.of("{", "[]", "", "\"x\"")) {
      Files.writeString(folder.resolve("config.json"), damaged);
      assertThatThrownBy(() -> LlamaConfig.read(folder))
          .as(damaged)
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("config.json");
    }
  }

  @Test
  void languageModelsAreToldFromOthersBeforeTheyAreRead() throws IOException {
    assertThat(LlamaConfig.describes(folder)).isFalse();
    new RandomLlama().writeConfig(folder);
    assertThat(LlamaConfig.describes(folder)).isTrue();
    new RandomLlama().with("architectures", "[\"MistralForCausalLM\"]").writeConfig(folder);
    assertThat(LlamaConfig.describes(folder)).isTrue();
    Files.writeString(folder.resolve("config.json"), "{\"architectures\": [\"CLIPModel\"]}");
    assertThat(LlamaConfig.describes(folder)).isFalse();
  }
}
