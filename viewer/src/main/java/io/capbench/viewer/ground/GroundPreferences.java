package io.capbench.viewer.ground;

import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.Sigma;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a person likes to look at images, and with which model; kept between starts. What is missing
 * or out of range is as on the first start.
 *
 * @param model the model's folder, or null
 * @param recentModels folders that worked before, the latest first
 * @param method id of a {@link GroundingMethod}, or null for the one that suits the model
 * @param rule id of a {@link SubCaptionRule}
 * @param sigma id of a {@link Sigma}, the threshold of grouping
 * @param overlay how the colours lie on the picture
 */
public record GroundPreferences(
    @Nullable String model,
    @Nullable List<String> recentModels,
    @Nullable String method,
    @Nullable String rule,
    @Nullable String sigma,
    @Nullable Overlay overlay) {

  /** What the first start has. */
  public static final GroundPreferences DEFAULT =
      new GroundPreferences(null, List.of(), null, null, null, null);

  private static final Logger LOG = LoggerFactory.getLogger(GroundPreferences.class);

  /**
   * How the colours lie on the picture.
   *
   * @param opacity 0 to 1
   * @param threshold what is left without colour, as a share of the way from the smallest to the
   *     largest value, 0 to 1
   * @param contour whether a line goes round what is above the threshold
   */
  public record Overlay(double opacity, double threshold, boolean contour) {
    /** What the first start has. */
    public static final Overlay DEFAULT = new Overlay(0.7, 0.35, true);

    /** Puts every value into its range: the settings file may hold anything. */
    public Overlay {
      opacity = within(opacity);
      threshold = within(threshold);
    }

    private static double within(double share) {
      return Double.isNaN(share) ? 0 : Math.max(0, Math.min(1, share));
    }
  }

  /** Puts every value into its range: the settings file may hold anything. */
  public GroundPreferences {
    recentModels = recentModels == null ? List.of() : List.copyOf(recentModels);
    method = id(method);
    rule = ruleId(rule);
    overlay = overlay == null ? Overlay.DEFAULT : overlay;
  }

  Sigma sigmaOrDefault() {
    try {
      return sigma == null ? Sigma.ONE_OF_PATCHES : Sigma.of(sigma);
    } catch (CapbenchException e) {
      LOG.warn("The threshold that was kept is none", e);
      return Sigma.ONE_OF_PATCHES;
    }
  }

  private static @Nullable String id(@Nullable String method) {
    for (GroundingMethod each : GroundingMethod.values()) {
      if (each.id().equals(method)) {
        return each.id();
      }
    }
    return null;
  }

  private static String ruleId(@Nullable String rule) {
    return SubCaptionRule.DREAMLIP.id().equals(rule)
        ? SubCaptionRule.DREAMLIP.id()
        : SubCaptionRule.SENTENCES.id();
  }

  List<Path> recentFolders() {
    List<Path> folders = new ArrayList<>();
    for (String folder : recentModels == null ? List.<String>of() : recentModels) {
      if (path(folder) != null) {
        folders.add(path(folder));
      }
    }
    return folders;
  }

  @Nullable Path folder() {
    return model == null || model.isBlank() ? null : path(model);
  }

  private static @Nullable Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      LOG.warn("A model's folder has a name that cannot be used here", e);
      return null;
    }
  }

  @Nullable GroundingMethod groundingMethod() {
    for (GroundingMethod each : GroundingMethod.values()) {
      if (each.id().equals(method)) {
        return each;
      }
    }
    return null;
  }

  SubCaptionRule subCaptionRule() {
    return SubCaptionRule.DREAMLIP.id().equals(rule)
        ? SubCaptionRule.DREAMLIP
        : SubCaptionRule.SENTENCES;
  }

  Overlay overlayOrDefault() {
    return overlay == null ? Overlay.DEFAULT : overlay;
  }
}
