package io.capbench.viewer.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.capbench.engine.explain.PatchGrid;
import io.capbench.engine.explain.PatchMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContourTest {
  private static HeatField field(int side, float... values) {
    return new HeatField(new PatchGrid(side, side, 0, 0, 1, 1), PatchMap.of(values));
  }

  private static HeatField random(int side, long seed) {
    Random random = new Random(seed);
    float[] values = new float[side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return field(side, values);
  }

  @Test
  void anIslandIsGoneRoundOnce() {
    HeatField field = field(3, 0, 0, 0, 0, 1, 0, 0, 0, 0);

    List<Contour.Piece> pieces = Contour.of(field, 0.5);

    assertThat(pieces).isNotEmpty();
    for (Contour.Piece piece : pieces) {
      assertThat((double) field.at(piece.x1(), piece.y1())).isCloseTo(0.5, within(0.1));
    }
    double left = pieces.stream().mapToDouble(Contour.Piece::x1).min().orElseThrow();
    double right = pieces.stream().mapToDouble(Contour.Piece::x1).max().orElseThrow();
    assertThat(left).isCloseTo(1 / 3.0, within(0.02));
    assertThat(right).isCloseTo(2 / 3.0, within(0.02));
  }

  @Test
  void everyLineIsClosedAlsoAtTheEdges() {
    for (long seed = 0; seed < 20; seed++) {
      for (double level : new double[] {0.2, 0.5, 0.8}) {
        Map<String, Integer> ends = new HashMap<>();
        for (Contour.Piece piece : Contour.of(random(5, seed), level)) {
          ends.merge(end(piece.x1(), piece.y1()), 1, Integer::sum);
          ends.merge(end(piece.x2(), piece.y2()), 1, Integer::sum);
        }
        assertThat(ends).isNotEmpty();
        assertThat(ends.values())
            .as("seed %d level %s", seed, level)
            .allMatch(count -> count % 2 == 0);
      }
    }
  }

  private static String end(double x, double y) {
    return Math.round(x * 1e6) + "," + Math.round(y * 1e6);
  }

  @Test
  void allPiecesLieInTheField() {
    for (Contour.Piece piece : Contour.of(random(7, 3), 0.4)) {
      for (double share : new double[] {piece.x1(), piece.y1(), piece.x2(), piece.y2()}) {
        assertThat(share).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void nothingAboveTheLevelMeansNoLine() {
    assertThat(Contour.of(field(2, 5, 5, 5, 5), 0.5)).isEmpty();
  }

  @Test
  void aFieldThatIsAboveEverywhereIsFramed() {
    HeatField field = field(2, 1, 2, 2, 2);
    List<Contour.Piece> pieces = Contour.of(field, 0);

    assertThat(pieces).allMatch(piece -> onEdge(piece.x1()) || onEdge(piece.y1()));
    assertThat(pieces).isNotEmpty();
  }

  private static boolean onEdge(double share) {
    return share == 0 || share == 1;
  }
}
