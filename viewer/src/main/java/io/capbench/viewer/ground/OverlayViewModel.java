package io.capbench.viewer.ground;

import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.Sigma;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** What of a grounding is shown, and how it lies on the picture. FX thread only. */
public final class OverlayViewModel {
  private final ObjectProperty<GroundingMethod> method =
      new SimpleObjectProperty<>(this, "method", GroundingMethod.RELEVANCE_LAST);
  private GroundingMethod advised = GroundingMethod.RELEVANCE_LAST;
  private boolean chosen;
  private final IntegerProperty fromBlock = new SimpleIntegerProperty(this, "fromBlock", 0);
  private final ObjectProperty<Sigma> sigma =
      new SimpleObjectProperty<>(this, "sigma", Sigma.ONE_OF_PATCHES);
  private final DoubleProperty opacity = new SimpleDoubleProperty(this, "opacity");
  private final DoubleProperty threshold = new SimpleDoubleProperty(this, "threshold");
  private final BooleanProperty contour = new SimpleBooleanProperty(this, "contour");
  private final BooleanProperty hidden = new SimpleBooleanProperty(this, "hidden");
  private final BooleanProperty grid = new SimpleBooleanProperty(this, "grid");

  OverlayViewModel() {
    method.addListener((o, was, now) -> chosen = now != advised);
    take(GroundPreferences.DEFAULT);
  }

  /** Shows things as an earlier window did. */
  void take(GroundPreferences kept) {
    GroundingMethod before = kept.groundingMethod();
    method.set(before == null ? advised : before);
    chosen = before != null; // even the usual one, which the next model may not advise
    sigma.set(kept.sigmaOrDefault());
    GroundPreferences.Overlay overlay = kept.overlayOrDefault();
    opacity.set(overlay.opacity());
    threshold.set(overlay.threshold());
    contour.set(overlay.contour());
  }

  /** Takes the method that suits a model, unless the person has chosen another than advised. */
  void advise(GroundingMethod best) {
    advised = best;
    if (!chosen) {
      method.set(best);
    }
  }

  /** The method that the person chose, or null if it is the advised one. */
  @Nullable GroundingMethod chosenMethod() {
    return chosen ? method.get() : null;
  }

  GroundPreferences.Overlay overlay() {
    return new GroundPreferences.Overlay(opacity.get(), threshold.get(), contour.get());
  }

  /** How relevance is worked out. */
  public ObjectProperty<GroundingMethod> methodProperty() {
    return method;
  }

  /** Shows the next method; after the last the first. */
  public void nextMethod() {
    List<GroundingMethod> all = List.of(GroundingMethod.values());
    method.set(all.get((all.indexOf(method.get()) + 1) % all.size()));
  }

  /** The block from which on {@link GroundingMethod#RELEVANCE_ALL} propagates, from 0. */
  public IntegerProperty fromBlockProperty() {
    return fromBlock;
  }

  /** Threshold of {@link GroundingMethod#GROUPING}. */
  public ObjectProperty<Sigma> sigmaProperty() {
    return sigma;
  }

  /** How much the colours cover, 0 to 1. */
  public DoubleProperty opacityProperty() {
    return opacity;
  }

  /** What is left without colour, as a share of the way from the least value to the largest. */
  public DoubleProperty thresholdProperty() {
    return threshold;
  }

  /** Whether a line goes round what is above the threshold. */
  public BooleanProperty contourProperty() {
    return contour;
  }

  /** Whether the picture is shown without colours for a while. */
  public BooleanProperty hiddenProperty() {
    return hidden;
  }

  /** Takes the colours away, or shows them again. */
  public void toggleHidden() {
    hidden.set(!hidden.get());
  }

  /** Whether all sub-captions are shown beside each other. */
  public BooleanProperty gridProperty() {
    return grid;
  }
}
