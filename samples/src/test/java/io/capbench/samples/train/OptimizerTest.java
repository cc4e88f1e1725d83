package io.capbench.samples.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.GradientMode;
import io.capbench.engine.torch.TorchRuntime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OptimizerTest {
  private TorchRuntime torch;
  private NDManager manager;

  @BeforeEach
  void start() {
    torch = TorchRuntime.start();
    manager = torch.newManager(torch.device(DeviceChoice.CPU));
  }

  @AfterEach
  void close() {
    manager.close();
    torch.close();
  }

  /** A leaf whose gradient is as given. */
  private NDArray leaf(Shape shape, float[] values, float... gradient) {
    NDArray leaf = manager.create(values, shape);
    leaf.setRequiresGradient(true);
    slope(leaf, gradient);
    return leaf;
  }

  private void slope(NDArray leaf, float... gradient) {
    NDArray by = manager.create(gradient, leaf.getShape());
    GradientMode.backward(GradientMode.recorded(() -> leaf.mul(by).sum()));
  }

  @Test
  void adamStepsAsComputedByHand() {
    NDArray leaf = leaf(new Shape(1, 2), new float[] {1, -2}, 0.5f, -4);
    AdamW adam = new AdamW(Map.of("w", leaf), new AdamW.Settings(0.1, 0.9, 0.98, 1e-8, 0.5));
    adam.step(1, 1);
    // The first step goes as far as the rate against the sign, after decay by 0.1 * 0.5.
    assertThat(leaf.toFloatArray())
        .containsExactly(new float[] {0.95f - 0.1f, -1.9f + 0.1f}, within(1e-6f));
    Gradients.clear(List.of(leaf));
    slope(leaf, 1, 0);
    adam.step(2, 0.5);
    // mean = 0.9 * 0.05 + 0.1 * 1 = 0.145, of 1 - 0.81; square = 0.98 * 0.005 + 0.02 = 0.0249,
    // of 1 - 0.9604. The other: 0.9 * -0.4 = -0.36; 0.98 * 0.32 = 0.3136.
    double first = 0.145 / 0.19 / Math.sqrt(0.0249 / 0.0396);
    double second = -0.36 / 0.19 / Math.sqrt(0.3136 / 0.0396);
    assertThat(leaf.toFloatArray())
        .containsExactly(
            new float[] {
              (float) (0.85 * 0.975 - 0.05 * first), (float) (-1.8 * 0.975 - 0.05 * second)
            },
            within(1e-5f));
  }

  @Test
  void adamLeavesVectorsUndecayed() {
    NDArray leaf = leaf(new Shape(2), new float[] {1, -2}, 0, 0);
    new AdamW(Map.of("b", leaf), new AdamW.Settings(0.1, 0.9, 0.98, 1e-8, 0.5)).step(1, 1);
    assertThat(leaf.toFloatArray()).containsExactly(1, -2);
  }

  @Test
  void muonMakesStepsWhoseSingularValuesAreAboutOne() {
    float[] gradient = new float[6 * 4];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) Math.sin(1 + 3.7 * i * i);
    }
    NDArray tall = Muon.orthogonal(manager.create(gradient, new Shape(1, 6, 4))).get(0);
    NDArray wide = Muon.orthogonal(manager.create(gradient, new Shape(1, 4, 6))).get(0);
    for (NDArray square : List.of(tall.transpose().matMul(tall), wide.matMul(wide.transpose()))) {
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          assertThat(square.getFloat(i, j)).isCloseTo(i == j ? 1 : 0, within(0.45f));
        }
      }
    }
  }

  @Test
  void muonTurnsADiagonalAsTheQuinticDoes() {
    NDArray leaf = leaf(new Shape(2, 2), new float[] {1, 0, 0, 1}, 3, 0, 0, 4);
    new Muon(Map.of("w", leaf), Map.of(), new Muon.Settings(0.1, 0.9, 0.5)).step(1, 1);
    // Momentum only makes the gradient longer; the iteration begins with 3/5 and 4/5.
    float[] after = leaf.toFloatArray();
    assertThat(after)
        .containsExactly(
            new float[] {
              (float) (0.95 - 0.1 * quintic(0.6)), 0, 0, (float) (0.95 - 0.1 * quintic(0.8))
            },
            within(1e-5f));
  }

  private static double quintic(double x) {
    double y = x;
    for (int i = 0; i < 5; i++) {
      y = 3.4445 * y - 4.7750 * Math.pow(y, 3) + 2.0315 * Math.pow(y, 5);
    }
    return y;
  }

  @Test
  void muonTakesMatricesThatLieBelowEachOtherEachByItself() {
    float[] gradient = {3, 0, 0, 4, 100, 0, 0, 50};
    NDArray both = leaf(new Shape(4, 2), new float[8], gradient);
    NDArray one = leaf(new Shape(2, 2), new float[4], 3, 0, 0, 4);
    Muon.Settings settings = new Muon.Settings(0.1, 0.9, 0);
    new Muon(Map.of("qk", both), Map.of("qk", 2), settings).step(1, 1);
    new Muon(Map.of("q", one), Map.of(), settings).step(1, 1);
    assertThat(both.get("0:2").toFloatArray()).containsExactly(one.toFloatArray(), within(1e-5f));
  }

  @Test
  void muonRefusesVectors() {
    NDArray leaf = leaf(new Shape(2), new float[2], 1, 1);
    Muon.Settings settings = new Muon.Settings(0.1, 0.9, 0);
    assertThatThrownBy(() -> new Muon(Map.of("b", leaf), Map.of(), settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("b is no matrix");
  }

  @Test
  void longGradientsAreShortenedTogether() {
    NDArray a = leaf(new Shape(1), new float[1], 3);
    NDArray b = leaf(new Shape(2), new float[2], 0, 4);
    assertThat(Gradients.clip(List.of(a, b), 1)).isCloseTo(5, within(1e-6));
    assertThat(a.getGradient().toFloatArray()).containsExactly(new float[] {0.6f}, within(1e-6f));
    assertThat(b.getGradient().toFloatArray())
        .containsExactly(new float[] {0, 0.8f}, within(1e-6f));
    assertThat(Gradients.clip(List.of(a, b), 2)).isCloseTo(1, within(1e-6));
    assertThat(a.getGradient().toFloatArray()).containsExactly(new float[] {0.6f}, within(1e-6f));
  }

  @Test
  void ratesGoUpStayAndGoDown() {
    Schedule cosine = new Schedule(10, 10, 110, Schedule.Descent.COSINE);
    assertThat(cosine.factor(1)).isEqualTo(0.1);
    assertThat(cosine.factor(10)).isEqualTo(1);
    assertThat(cosine.factor(60)).isCloseTo(0.5, within(0.02));
    assertThat(cosine.factor(110)).isBetween(0.0, 0.001);
    Schedule linear = new Schedule(0, 50, 100, Schedule.Descent.LINEAR);
    assertThat(linear.factor(50)).isEqualTo(1);
    assertThat(linear.factor(75)).isCloseTo(0.5, within(0.02));
    assertThat(linear.factor(100)).isGreaterThan(0);
    Schedule twice = new Schedule(0, 50, 100, 200, Schedule.Descent.LINEAR);
    assertThat(twice.factor(75)).isEqualTo(linear.factor(75));
    assertThat(twice.factor(100)).isEqualTo(linear.factor(100));
    assertThat(twice.factor(101)).isCloseTo(Schedule.SECOND, within(0.01));
    assertThat(twice.factor(150)).isCloseTo(Schedule.SECOND / 2, within(0.01));
    assertThat(twice.factor(200)).isBetween(0.0, 0.01);
    assertThatThrownBy(() -> new Schedule(10, 5, 100, Schedule.Descent.LINEAR))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
