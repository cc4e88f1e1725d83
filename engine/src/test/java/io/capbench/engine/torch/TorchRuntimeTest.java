package io.capbench.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.storage.model.CapbenchException;
import org.junit.jupiter.api.Test;

final class TorchRuntimeTest {

  @Test
  void startsAndNamesTheDeviceThatAutoMeans() {
    try (TorchRuntime torch = TorchRuntime.start()) {
      assertThat(torch.version()).startsWith("2.");
      assertThat(torch.threads()).isPositive();
      assertThat(torch.device(DeviceChoice.CPU).name()).isEqualTo("cpu");
      assertThat(torch.device(DeviceChoice.AUTO).isGpu()).isEqualTo(torch.gpus() > 0);
    }
  }

  @Test
  void saysHowToGoOnWhereThereIsNoGpu() {
    try (TorchRuntime torch = TorchRuntime.start()) {
      if (torch.gpus() == 0) {
        assertThatThrownBy(() -> torch.device(DeviceChoice.GPU))
            .isInstanceOf(CapbenchException.class)
            .hasMessageContaining("finds no GPU")
            .hasMessageContaining("docs/models.md");
      } else {
        assertThat(torch.device(DeviceChoice.GPU).name()).isEqualTo("gpu0");
      }
    }
  }

  @Test
  void readsDeviceNames() {
    assertThat(DeviceChoice.of("GPU")).isEqualTo(DeviceChoice.GPU);
    assertThat(DeviceChoice.of("auto")).isEqualTo(DeviceChoice.AUTO);
    assertThatThrownBy(() -> DeviceChoice.of("tpu")).hasMessageContaining("auto, cpu or gpu");
  }

  @Test
  void fusedAttentionEqualsTheFormula() {
    try (TorchRuntime torch = TorchRuntime.start();
        NDManager manager = torch.newManager(torch.device(DeviceChoice.CPU))) {
      NDArray q = manager.randomNormal(new Shape(2, 3, 5, 4));
      NDArray k = manager.randomNormal(new Shape(2, 3, 5, 4));
      NDArray v = manager.randomNormal(new Shape(2, 3, 5, 4));
      NDArray logits = q.matMul(k.swapAxes(2, 3)).div(2);

      assertClose(torch.ops().attention(q, k, v, false), logits.softmax(-1).matMul(v));

      float[] future = new float[25];
      for (int row = 0; row < 5; row++) {
        for (int column = row + 1; column < 5; column++) {
          future[row * 5 + column] = Float.NEGATIVE_INFINITY;
        }
      }
      NDArray mask = manager.create(future, new Shape(5, 5));
      NDArray causal = logits.add(mask).softmax(-1).matMul(v);
      assertClose(torch.ops().attention(q, k, v, true), causal);
      assertClose(torch.ops().attention(q, k, v, mask), causal);
    }
  }

  @Test
  void activationsEqualTheirFormulas() {
    try (TorchRuntime torch = TorchRuntime.start();
        NDManager manager = torch.newManager(torch.device(DeviceChoice.CPU))) {
      NDArray x = manager.create(new float[] {-9f, -1.5f, -0.1f, 0f, 0.3f, 2f, 9f});
      NDArray inner = x.pow(3).mul(0.044715).add(x).mul(Math.sqrt(2 / Math.PI));

      assertClose(torch.ops().geluTanh(x), inner.tanh().add(1).mul(x).mul(0.5));
      assertClose(torch.ops().quickGelu(x), sigmoid(x.mul(1.702)).mul(x));
      assertClose(torch.ops().silu(x), sigmoid(x).mul(x));
      assertThat(x.toFloatArray()).as("operands stay").startsWith(-9f, -1.5f);
    }
  }

  @Test
  void bicubicResizeKeepsAConstantAndASize() {
    try (TorchRuntime torch = TorchRuntime.start();
        NDManager manager = torch.newManager(torch.device(DeviceChoice.CPU))) {
      NDArray small = torch.ops().resizeBicubic(manager.ones(new Shape(1, 2, 8, 8)), 3, 5);

      assertThat(small.getShape()).isEqualTo(new Shape(1, 2, 3, 5));
      assertClose(small, manager.ones(new Shape(1, 2, 3, 5)));
    }
  }

  @Test
  void linearResizeTakesTheMiddleOfPixels() {
    try (TorchRuntime torch = TorchRuntime.start();
        NDManager manager = torch.newManager(torch.device(DeviceChoice.CPU))) {
      NDArray ramp = manager.create(new float[] {0, 1, 2, 3}, new Shape(1, 1, 4));

      assertThat(torch.ops().resizeLinear(ramp, 2).toFloatArray()).containsExactly(0.5f, 2.5f);
    }
  }

  @Test
  void findsNumbersThatAreNone() {
    try (TorchRuntime torch = TorchRuntime.start();
        NDManager manager = torch.newManager(torch.device(DeviceChoice.CPU))) {
      assertThat(torch.ops().isFinite(manager.create(new float[] {1, -3e38f}))).isTrue();
      assertThat(torch.ops().isFinite(manager.create(new float[] {1, Float.NaN}))).isFalse();
      assertThat(torch.ops().isFinite(manager.create(new float[] {Float.NEGATIVE_INFINITY})))
          .isFalse();
    }
  }

  @Test
  void tellsMissingMemoryFromOtherFailures() {
    assertThatThrownBy(
            () ->
                TorchFailure.explained(
                    "grounding 3 sub-captions",
                    () -> {
                      throw new EngineException("CUDA out of memory. Tried to allocate 2 GiB");
                    }))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("memory on the GPU for grounding 3 sub-captions")
        .hasMessageContaining("device cpu");
    assertThatThrownBy(
            () ->
                TorchFailure.explained(
                    "scoring",
                    () -> {
                      throw new EngineException("shapes [2] and [3]\nat line 4");
                    }))
        .hasMessage("PyTorch failed while scoring: shapes [2] and [3].");
  }

  @Test
  void anImpossibleAllocationIsAnErrorAndTheEngineLivesOn() {
    try (TorchRuntime torch = TorchRuntime.start();
        NDManager manager = torch.newManager(torch.device(DeviceChoice.CPU))) {
      assertThatThrownBy(
              () ->
                  TorchFailure.explained(
                      "a test", () -> manager.zeros(new Shape(1L << 30, 1L << 20))))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("not enough memory on the machine for a test");

      assertThat(manager.ones(new Shape(3)).sum().getFloat()).isEqualTo(3f);
    }
  }

  private static NDArray sigmoid(NDArray x) {
    return x.neg().exp().add(1).getNDArrayInternal().rdiv(1);
  }

  private static void assertClose(NDArray actual, NDArray expected) {
    assertThat(actual.getShape()).isEqualTo(expected.getShape());
    float[] wanted = expected.toFloatArray();
    float[] got = actual.toFloatArray();
    for (int i = 0; i < wanted.length; i++) {
      assertThat(got[i]).isCloseTo(wanted[i], within(1e-6f + 1e-6f * Math.abs(wanted[i])));
    }
  }
}
