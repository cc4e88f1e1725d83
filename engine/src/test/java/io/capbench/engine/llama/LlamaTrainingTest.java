package io.capbench.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.GradientMode;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.job.JobContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is learned is what is used later: the gradients and the numbers of the same layers. */
final class LlamaTrainingTest {
  private static final List<TrainingText> TEXTS =
      List.of(
          new TrainingText(List.of(1, 7, 9, 30, 12, 2), 3),
          new TrainingText(List.of(1, 44, 9, 9, 9, 3, 8, 2), 5),
          new TrainingText(List.of(1, 11, 2), 1));

  @TempDir private Path folder;
  @TempDir private Path cache;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "hidden_size; 24",
        "num_key_value_heads; 4",
        "attention_bias; true",
        "mlp_bias; true",
        "tie_word_embeddings; true",
        "head_dim; 10",
      })
  void gradientsAreThoseOfNumericDifferences(String field, String value) throws IOException {
    try (LlamaTraining model = training(field, value)) {
      learn(model);
      Random random = new Random(3);
      for (Map.Entry<String, NDArray> weight : model.weights().entrySet()) {
        NDArray numbers = weight.getValue();
        float[] gradient = gradient(numbers);
        float[] direction = new float[gradient.length];
        double expected = 0;
        for (int i = 0; i < gradient.length; i++) {
          direction[i] = (float) random.nextGaussian();
          expected += (double) direction[i] * gradient[i];
        }
        double step = 2e-3;
        double ahead = moved(model, numbers, direction, step);
        double behind = moved(model, numbers, direction, -2 * step);
        moved(model, numbers, direction, step);
        assertThat((ahead - behind) / (2 * step))
            .as(weight.getKey())
            .isCloseTo(expected, offset(0.002 + 0.01 * Math.abs(expected)));
      }
    }
  }

  @Test
  void gradientsAddUpUntilTheyAreCleared() throws IOException {
    try (LlamaTraining model = training("hidden_size", "24")) {
      NDArray weight = model.weights().get("model.layers.0.self_attn.q_proj.weight");
      learn(model);
      float once = gradient(weight)[5];
      learn(model);
      assertThat(gradient(weight)[5]).isCloseTo(2 * once, offset(1e-6f));
      GradientMode.clear(weight);
      assertThat(gradient(weight)).containsOnly(0);
    }
  }

  @Test
  void learningTellsTheLossAndOnlyOfWhatIsToBeSaid() throws IOException {
    try (LlamaTraining model = training("hidden_size", "24")) {
      double loss = loss(model);
      assertThat(learn(model)).isCloseTo(loss, offset(1e-6));

      double sum = 0;
      int count = 0;
      for (TrainingText text : TEXTS) {
        float[] logits = model.logits(text.tokens());
        for (int i = text.given(); i < text.tokens().size(); i++, count++) {
          double total = 0;
          for (int v = 0; v < 50; v++) {
            total += Math.exp(logits[(i - 1) * 50 + v]);
          }
          sum += Math.log(total) - logits[(i - 1) * 50 + text.tokens().get(i)];
        }
      }
      assertThat(loss).isCloseTo(sum / count, offset(1e-5));
    }
  }

  @Test
  void whatWasTrainedGivesTheSameWhenItIsLoaded() throws IOException {
    List<Integer> text = List.of(1, 7, 9, 30, 12, 44, 44, 2, 6);
    try (LlamaTraining trained = training("rope_theta", "77.0")) {
      write(trained);
      float[] expected = trained.logits(text);
      try (LlamaModel loaded =
          new LlamaLoader(cache)
              .load(folder, DeviceChoice.CPU, Precision.STORED, JobContext.unwatched())) {
        float[] found = new PromptLogits(loaded).of(text);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
          assertThat(found[i]).isCloseTo(expected[i], offset(1e-6f));
        }
      }
    }
  }

  @Test
  void theSameSeedBeginsTheSameAndAnotherDoesNot() throws IOException {
    new RandomLlama().writeConfig(folder);
    LlamaConfig config = LlamaConfig.read(folder);
    try (LlamaTraining a = new LlamaTraining(config, 1);
        LlamaTraining b = new LlamaTraining(config, 1);
        LlamaTraining c = new LlamaTraining(config, 2)) {
      assertThat(loss(a)).isEqualTo(loss(b)).isNotEqualTo(loss(c));
    }
  }

  @Test
  void textsWithNothingToSayAreRefused() {
    assertThatThrownBy(() -> new TrainingText(List.of(1, 2), 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TrainingText(List.of(1, 2), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** With weights large enough to matter. */
  private LlamaTraining training(String field, String value) throws IOException {
    new RandomLlama().with(field, value).writeConfig(folder);
    LlamaTraining model = new LlamaTraining(LlamaConfig.read(folder), 5);
    Random random = new Random(6);
    for (NDArray weight : model.weights().values()) {
      float[] direction = new float[(int) weight.getShape().size()];
      for (int i = 0; i < direction.length; i++) {
        direction[i] = (float) random.nextGaussian();
      }
      moved(model, weight, direction, 0.15);
    }
    return model;
  }

  /** The loss, whose gradients are added to the weights'. */
  private static double learn(LlamaTraining model) {
    return GradientMode.recorded(
        () -> {
          try (NDManager step = manager(model).newSubManager()) {
            NDArray loss = model.loss(step, TEXTS);
            System.gc(); // what was recorded lives on nevertheless
            GradientMode.backward(loss);
            return (double) loss.getFloat();
          }
        });
  }

  private static double loss(LlamaTraining model) {
    return GradientMode.unrecorded(
        () -> {
          try (NDManager step = manager(model).newSubManager()) {
            return (double) model.loss(step, TEXTS).getFloat();
          }
        });
  }

  private static NDManager manager(LlamaTraining model) {
    return model.weights().values().iterator().next().getManager();
  }

  private static float[] gradient(NDArray weight) {
    try (NDArray gradient = weight.getGradient()) {
      return gradient.toFloatArray();
    }
  }

  /** The loss after a step. */
  private static double moved(
      LlamaTraining model, NDArray weight, float[] direction, double length) {
    GradientMode.unrecorded(
        () -> {
          try (NDArray step = weight.getManager().create(direction, weight.getShape())) {
            weight.addi(step.muli(length));
          }
          return true;
        });
    return loss(model);
  }

  private void write(LlamaTraining model) {
    Map<TensorInfo, ByteBuffer> tensors = new LinkedHashMap<>();
    model
        .weights()
        .forEach(
            (name, weight) -> {
              List<Long> shape = new ArrayList<>();
              for (long size : weight.getShape().getShape()) {
                shape.add(size);
              }
              TensorInfo info = new TensorInfo(name, TensorType.F32, shape);
              ByteBuffer bytes =
                  ByteBuffer.allocate((int) info.byteLength()).order(ByteOrder.LITTLE_ENDIAN);
              bytes.asFloatBuffer().put(weight.toFloatArray());
              tensors.put(info, bytes);
            });
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"), List.copyOf(tensors.keySet()), tensors::get);
  }
}
