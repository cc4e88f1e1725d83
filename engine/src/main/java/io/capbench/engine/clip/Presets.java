package io.capbench.engine.clip;

import io.capbench.resources.Resource;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Configurations of published models, for checkpoints that come without one. */
public final class Presets {
  private static final List<String> NAMES =
      List.of(
          "ViT-B-32",
          "ViT-B-32-quickgelu",
          "ViT-B-16",
          "ViT-B-16-quickgelu",
          "ViT-L-14",
          "ViT-L-14-quickgelu",
          "ViT-L-14-336",
          "ViT-L-14-336-quickgelu",
          "DreamLIP-ViT-B-16",
          "ViT-L-14-CLIPS-224");

  /** Their names: open_clip's, with "-quickgelu" for OpenAI's own weights. */
  public List<String> names() {
    return NAMES;
  }

  /**
   * The configuration of a name; case and slashes do not matter.
   *
   * @throws CapbenchException if there is none of that name, listing those there are
   */
  ClipConfig read(String name) {
    String wanted = name.strip().replace('/', '-').toLowerCase(Locale.ROOT);
    String found =
        NAMES.stream()
            .filter(each -> each.toLowerCase(Locale.ROOT).equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    new CapbenchException(
                        "There is no preset \""
                            + name
                            + "\". There are "
                            + String.join(", ", NAMES)
                            + "."));
    String file = "models/presets/" + found + ".json";
    try (InputStream in = Resource.url(file).openStream()) {
      return new OpenClipConfig(ConfigNode.read(file, in), new ArrayList<>()).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
