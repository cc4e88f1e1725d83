package io.capbench.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("computes")
final class LinearTablesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(value = NumberType.class, names = "F64", mode = EnumSource.Mode.EXCLUDE)
  void everyTypeHasAWayForEveryNumberOfRows(NumberType type) {
    try (TorchRuntime torch = TorchRuntime.start()) {
      LinearTable table = new LinearTables(torch, folder).of(List.of(type));

      for (int rows : LinearTrial.ROWS) {
        assertThat(table.best(type, rows)).as("%s, %d rows", type, rows).isPresent();
        assertThat(table.best(type, rows).orElseThrow().gigabytes()).isPositive();
      }
      for (LinearMeasurement failed : table.failures()) {
        assertThat(failed.failure()).as(failed.way()).isNotBlank();
        assertThat(table.ranking(type, failed.rows())).doesNotContain(failed);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = NumberType.class, names = "F64", mode = EnumSource.Mode.EXCLUDE)
  void givesTheProductForEveryShape(NumberType type) {
    try (TorchRuntime torch = TorchRuntime.start();
        NDManager manager = torch.newManager(TorchDevice.PROCESSOR)) {
      DecoderOps ops = new DecoderOps(manager);
      LinearTable table = new LinearTables(torch, folder).of(List.of(type));
      NumberType compute = type == NumberType.INT8 ? NumberType.BF16 : type;
      try (LinearLayers layers = new LinearLayers(manager, torch.threads(), table)) {
        for (int rows : List.of(1, 3, 17, 300)) {
          for (int columns : List.of(64, 100, 2048)) {
            NDArray x = ops.cast(manager.randomNormal(new Shape(rows, columns)), compute);
            NDArray w = manager.randomNormal(new Shape(130, columns));
            NDArray scales = null;
            NDArray stored;
            NDArray single;
            if (type == NumberType.INT8) {
              NDArray steps = ops.scales(w);
              stored = ops.quantize(w, steps);
              scales = ops.cast(steps, compute);
              single =
                  ops.cast(stored, NumberType.F32)
                      .mul(ops.cast(scales, NumberType.F32).reshape(130, 1));
            } else {
              stored = ops.cast(w, type);
              single = ops.cast(stored, NumberType.F32);
            }
            NDArray y = ops.cast(layers.apply(x, stored, scales), NumberType.F32);
            NDArray expected = ops.cast(x, NumberType.F32).matMul(single.transpose());

            assertThat(y.getShape()).isEqualTo(expected.getShape());
            float size = expected.abs().max().getFloat();
            assertThat(y.sub(expected).abs().max().getFloat())
                .as("%s, %d rows of %d", type, rows, columns)
                .isLessThan(size * (type == NumberType.F32 ? 1e-5f : 0.02f));
          }
        }
      }
    }
  }

  @Test
  void takesFurtherTypesAndLeavesNoPartsInTheCache() throws IOException {
    try (TorchRuntime torch = TorchRuntime.start()) {
      LinearTable one = new LinearTables(torch, folder).of(List.of(NumberType.F32));
      LinearTable two = new LinearTables(torch, folder).of(List.of(NumberType.INT8));

      assertThat(two.measurements()).containsAll(one.measurements());
      assertThat(two.has(NumberType.INT8)).isTrue();
      assertThat(new LinearTables(torch, folder).of(List.of(NumberType.F32))).isEqualTo(two);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.matches("linear-[0-9a-f]{16}\\.json"));
    }
  }

  @Test
  void worksWhereNothingCanBeKept() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    try (TorchRuntime torch = TorchRuntime.start()) {
      LinearTable table =
          new LinearTables(torch, file.resolve("cache")).of(List.of(NumberType.BF16));

      assertThat(table.best(NumberType.BF16, 1)).isPresent();
    }
  }
}
