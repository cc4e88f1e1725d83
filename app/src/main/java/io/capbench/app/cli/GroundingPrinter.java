package io.capbench.app.cli;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.GroundingAdvice;
import io.capbench.engine.explain.GroundingMaps;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.Grouping;
import io.capbench.engine.explain.MapChoice;
import io.capbench.engine.explain.ModelDescription;
import io.capbench.engine.explain.PatchGrid;
import io.capbench.engine.explain.PatchMap;
import io.capbench.engine.explain.SubCaptionGrounding;
import io.capbench.engine.explain.WeakGrounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints what sub-captions look at, for people or for scripts. */
final class GroundingPrinter {
  private final Terminal terminal;
  private final boolean json;
  private final double weakMargin;

  GroundingPrinter(Terminal terminal, boolean json, GroundingAdvice advice) {
    this.terminal = terminal;
    this.json = json;
    this.weakMargin = advice.weakMargin();
  }

  /** The model in {@code --json}. */
  record Model(String name, String sha256, String architecture, String dtype, String device) {}

  /**
   * A sub-caption in {@code --json}.
   *
   * @param similarity cosine with the whole image
   * @param weak whether the image hardly shows it, compared with the caption's best part
   * @param relevance [P] raw, row-major: of grouping, the similarities that it starts from
   * @param weights [P] of grouping at sigma, or null where no weights can be
   */
  record Part(
      String text,
      int start,
      int end,
      float similarity,
      boolean weak,
      List<Float> relevance,
      @Nullable List<Float> weights) {}

  /**
   * What {@code --json} prints.
   *
   * @param grid rows and columns
   * @param region left, top, width and height of what the model saw, in fractions of the image
   * @param sigma threshold of the weights: a number, or 1/P
   * @param projected whether patches were projected into the joint space to be compared
   */
  record Report(
      Model model,
      String method,
      @Nullable Integer fromBlock,
      String sigma,
      List<Integer> grid,
      List<Double> region,
      boolean projected,
      float logitScale,
      List<Part> subCaptions) {}

  /** Prints it. */
  void print(ModelDescription model, Grounding grounding, MapChoice choice) {
    List<Part> parts = parts(grounding, choice);
    terminal.clearStatus();
    if (json) {
      PatchGrid grid = grounding.grid();
      terminal.line(
          new Json()
              .line(
                  new Report(
                      new Model(
                          model.name(),
                          model.sha256(),
                          model.architecture(),
                          model.dtype(),
                          model.device()),
                      choice.method().id(),
                      choice.fromBlock().isPresent() ? choice.fromBlock().getAsInt() : null,
                      choice.sigma().id(),
                      List.of(grid.rows(), grid.columns()),
                      List.of(grid.left(), grid.top(), grid.width(), grid.height()),
                      grounding.projected(),
                      grounding.logitScale(),
                      parts)));
      return;
    }
    Table table = new Table("similarity", "", "looks most at", "sub-caption");
    for (Part part : parts) {
      table.add(
          String.format(Locale.ROOT, "%.3f", part.similarity()),
          part.weak() ? "weak" : "",
          place(part, grounding.grid()),
          SafeText.line(part.text()));
    }
    table.print(terminal);
  }

  private List<Part> parts(Grounding grounding, MapChoice choice) {
    List<Boolean> weak = WeakGrounding.weak(grounding, weakMargin);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < grounding.subCaptions().size(); i++) {
      SubCaptionGrounding found = grounding.subCaptions().get(i);
      boolean grouping = choice.method() == GroundingMethod.GROUPING;
      PatchMap raw = grouping ? found.patchSimilarity() : GroundingMaps.map(grounding, i, choice);
      parts.add(
          new Part(
              found.subCaption().text(),
              found.subCaption().start(),
              found.subCaption().end(),
              found.similarity(),
              weak.get(i),
              numbers(raw),
              Grouping.weights(found.patchSimilarity(), choice.sigma())
                  .map(GroundingPrinter::numbers)
                  .orElse(null)));
    }
    return parts;
  }

  private static List<Float> numbers(PatchMap map) {
    List<Float> numbers = new ArrayList<>();
    for (float number : map.toArray()) {
      numbers.add(number);
    }
    return numbers;
  }

  /** The centre of the patch with the most, in per cent of the image from the left and the top. */
  private static String place(Part part, PatchGrid grid) {
    int most = 0;
    for (int p = 1; p < part.relevance().size(); p++) {
      most = part.relevance().get(p) > part.relevance().get(most) ? p : most;
    }
    int row = most / grid.columns();
    double x = grid.left() + (most % grid.columns() + 0.5) * grid.width() / grid.columns();
    double y = grid.top() + (row + 0.5) * grid.height() / grid.rows();
    return String.format(Locale.ROOT, "%.0f %%, %.0f %%", 100 * x, 100 * y);
  }
}
