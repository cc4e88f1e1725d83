package io.capbench.samples.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.Layers;
import io.capbench.engine.torch.TorchRuntime;
import io.capbench.storage.model.CapbenchException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains two matrices to be a given one when they are multiplied. */
class TrainingTest {
  private static final int STEPS = 60;
  private static final Duration LONG = Duration.ofHours(1);

  private TorchRuntime torch;
  private NDManager manager;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @TempDir private Path folder;

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

  private Map<String, NDArray> leaves() {
    Map<String, NDArray> leaves = new LinkedHashMap<>();
    Random random = new Random(3);
    for (String name : List.of("a", "b", "bias")) {
      Shape shape = name.equals("bias") ? new Shape(4) : new Shape(4, 4);
      float[] values = new float[(int) shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      NDArray leaf = manager.create(values, shape);
      leaf.setRequiresGradient(true);
      leaves.put(name, leaf);
    }
    return leaves;
  }

  private static List<Optimizer> optimizers(Map<String, NDArray> leaves) {
    Map<String, NDArray> matrices = new LinkedHashMap<>(leaves);
    Map<String, NDArray> others = new LinkedHashMap<>(Map.of("bias", matrices.remove("bias")));
    return List.of(
        new Muon(matrices, Map.of(), new Muon.Settings(0.2, 0.9, 0.01)),
        new AdamW(others, new AdamW.Settings(0.1, 0.9, 0.98, 1e-8, 0)));
  }

  private Training training(
      Map<String, NDArray> leaves, Path where, String settings, Duration time) {
    Schedule schedule = new Schedule(5, 5, STEPS, Schedule.Descent.COSINE);
    return new Training(
        leaves,
        optimizers(leaves),
        new Training.Plan(settings, schedule, 10, 5, 20, time),
        where,
        new TrainingProgress(new PrintStream(told, true, StandardCharsets.UTF_8), false));
  }

  /** How far a b x + bias is from x with its numbers in the opposite order. */
  private static Objective objective(Map<String, NDArray> leaves) {
    return (step, manager, figures) -> {
      Random random = new Random(step);
      float[] values = new float[32];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      NDArray x = manager.create(values, new Shape(8, 4));
      NDArray y = Layers.linear(Layers.linear(x, leaves.get("b"), null), leaves.get("a"), null);
      NDArray far = y.add(leaves.get("bias")).sub(x.flip(1)).square();
      figures.put("first", (double) far.getFloat(0, 0));
      return Layers.scale(far.sum(), 1.0 / 32);
    };
  }

  private Map<String, NDArray> trained(Path where) {
    Map<String, NDArray> leaves = leaves();
    training(leaves, where, "same", LONG).run(objective(leaves));
    return leaves;
  }

  @Test
  void theLossFalls() {
    trained(folder);
    List<TrainingLog.Line> lines = new TrainingLog(folder.resolve(Training.LOG)).lines();
    assertThat(lines).hasSize(STEPS / 5);
    double first = lines.get(0).figures().get("loss");
    double last = lines.get(lines.size() - 1).figures().get("loss");
    assertThat(last).isLessThan(0.2 * first);
    assertThat(lines.get(3).step()).isEqualTo(20);
    assertThat(lines.get(0).figures()).containsOnlyKeys("loss", "first", "gradient");
  }

  @Test
  void aTrainingThatWasKilledEndsWithTheSameBitsAsOneThatWasNot() throws IOException {
    Path whole = folder.resolve("whole");
    Map<String, NDArray> expected = trained(whole);
    Path killed = folder.resolve("killed");
    Map<String, NDArray> victims = leaves();
    assertThatThrownBy(
            () ->
                training(victims, killed, "same", LONG)
                    .run(
                        (step, manager, figures) -> {
                          if (step == 33) {
                            throw new IllegalStateException("killed");
                          }
                          return objective(victims).loss(step, manager, figures);
                        }))
        .hasMessage("killed");
    Files.writeString(killed.resolve(Training.LOG), "{\"step\":3", StandardOpenOption.APPEND);
    Map<String, NDArray> actual = leaves();
    assertThat(training(actual, killed, "same", LONG).run(objective(actual)).step())
        .isEqualTo(STEPS);
    expected.forEach(
        (name, leaf) ->
            assertThat(actual.get(name).toFloatArray()).as(name).isEqualTo(leaf.toFloatArray()));
    assertThat(killed.resolve(Training.LOG)).hasSameTextualContentAs(whole.resolve(Training.LOG));
    assertThat(Files.readAllBytes(killed.resolve("step-60.safetensors")))
        .isEqualTo(Files.readAllBytes(whole.resolve("step-60.safetensors")));
    try (var files = Files.list(killed)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("state.json", "step-60.safetensors", Training.LOG);
    }
  }

  @Test
  void itPausesAtALineOfTheLogWhenItsTimeIsOver() {
    Map<String, NDArray> leaves = leaves();
    Training training = training(leaves, folder, "same", Duration.ZERO);
    assertThat(training.run(objective(leaves)).step()).isEqualTo(5);
    assertThat(training.run(objective(leaves)).step()).isEqualTo(10);
  }

  @Test
  void aFolderOfAnotherTrainingIsRefused() {
    trained(folder);
    Map<String, NDArray> leaves = leaves();
    assertThatThrownBy(() -> training(leaves, folder, "other", LONG).run(objective(leaves)))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("other settings (same, now other)");
  }

  @Test
  void aLossThatIsNoNumberEndsTheTraining() {
    Map<String, NDArray> leaves = leaves();
    assertThatThrownBy(
            () ->
                training(leaves, folder, "same", LONG)
                    .run(
                        (step, manager, figures) ->
                            Layers.scale(leaves.get("a").sum(), Double.NaN)))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("step 1");
  }

  @Test
  void theTerminalTellsHowFarItIs() {
    trained(folder);
    assertThat(told.toString(StandardCharsets.UTF_8).lines())
        .hasSize(STEPS / 5)
        .element(0)
        .asString()
        .startsWith("step 5 of 60  8 %  loss ");
    assertThat(TrainingProgress.left(600)).isEqualTo("  10 min left");
    assertThat(TrainingProgress.left(5)).isEqualTo("  less than a minute left");
  }

  @Test
  void theCurveHasALineForEveryFigure() {
    trained(folder);
    List<TrainingLog.Line> lines = new TrainingLog(folder.resolve(Training.LOG)).lines();
    String svg = LossCurve.svg("a < b", lines, List.of("loss", "first"));
    assertThat(svg).startsWith("<svg ").contains("a &lt; b").contains(">loss<").contains(">60<");
    assertThat(svg.split("<polyline", -1)).hasSize(3);
  }
}
