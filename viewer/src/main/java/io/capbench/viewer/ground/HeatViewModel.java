package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.GroundingMaps;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.MapChoice;
import io.capbench.engine.explain.PatchGrid;
import io.capbench.engine.explain.PatchMap;
import io.capbench.engine.explain.SubCaptionGrounding;
import io.capbench.engine.explain.TokenGrounding;
import java.util.Arrays;
import java.util.OptionalInt;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The colours that lie on the picture now, out of what was found. FX thread only. */
public final class HeatViewModel {
  private final GroundViewModel ground;
  private final ReadOnlyObjectWrapper<@Nullable Heat> heat =
      new ReadOnlyObjectWrapper<>(this, "heat", null);

  /**
   * What to colour.
   *
   * @param grid where the patches are
   * @param field how much of each colour
   * @param meaning of the numbers, for people
   */
  public record Heat(PatchGrid grid, HeatField field, String meaning) {}

  /** Follows what a person looks at. */
  public HeatViewModel(GroundViewModel ground) {
    this.ground = ground;
    OverlayViewModel overlay = ground.overlay();
    ground.stateProperty().addListener(o -> refresh());
    ground.chosenProperty().addListener(o -> refresh());
    ground.words().wordsProperty().addListener(o -> refresh());
    overlay.methodProperty().addListener(o -> refresh());
    overlay.fromBlockProperty().addListener(o -> refresh());
    overlay.sigmaProperty().addListener(o -> refresh());
  }

  /** What to colour, or null for nothing. */
  public ReadOnlyObjectProperty<@Nullable Heat> heatProperty() {
    return heat.getReadOnlyProperty();
  }

  private void refresh() {
    Grounding found = ground.found();
    WordRange word = ground.words().wordsProperty().get();
    Heat ofWord = found == null || word == null ? null : ofWord(found, word);
    heat.set(ofWord == null ? of(ground.chosenProperty().get()) : ofWord);
  }

  /**
   * What to colour for a sub-caption.
   *
   * @param number from 0
   * @return null if nothing was found
   */
  public @Nullable Heat of(int number) {
    Grounding found = ground.found();
    if (found == null || number < 0 || number >= found.subCaptions().size()) {
      return null;
    }
    MapChoice choice = choice(found.subCaptions().get(number).relevance().size());
    PatchMap map = GroundingMaps.map(found, number, choice);
    return new Heat(
        found.grid(), new HeatField(found.grid(), map), new MethodWords().unit(choice.method()));
  }

  private MapChoice choice(int blocks) {
    OverlayViewModel overlay = ground.overlay();
    GroundingMethod method = overlay.methodProperty().get();
    int from = Math.min(overlay.fromBlockProperty().get(), blocks - 1);
    return new MapChoice(
        method,
        method == GroundingMethod.RELEVANCE_ALL ? OptionalInt.of(from) : OptionalInt.empty(),
        overlay.sigmaProperty().get());
  }

  /** The largest similarity of the words' tokens, patch by patch; null if they have no tokens. */
  private static @Nullable Heat ofWord(Grounding found, WordRange word) {
    float[] largest = new float[found.grid().patches()];
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    boolean any = false;
    for (SubCaptionGrounding each : found.subCaptions()) {
      for (TokenGrounding token : each.tokens()) {
        if (token.start() < word.end() && token.end() > word.start()) {
          any = true;
          for (int patch = 0; patch < largest.length; patch++) {
            largest[patch] = Math.max(largest[patch], token.similarity().get(patch));
          }
        }
      }
    }
    return any
        ? new Heat(
            found.grid(),
            new HeatField(found.grid(), PatchMap.of(largest)),
            new MethodWords().unit(GroundingMethod.PATCH_SIMILARITY))
        : null;
  }
}
