package io.capbench.engine.clip;

import io.capbench.engine.weights.Checkpoint;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the configuration that belongs to weights: beside them, in a preset, or in their shapes.
 */
final class ConfigFinder {
  private static final String OPEN_CLIP = "open_clip_config.json";
  private static final String HUGGING_FACE = "config.json";
  private static final String PREPROCESSOR = "preprocessor_config.json";

  private final Path folder;
  private final Checkpoint checkpoint;
  private final List<Path> files = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Looks beside weights.
   *
   * @param path folder of the model or file of its weights
   */
  ConfigFinder(Path path, Checkpoint checkpoint) {
    Path parent = path.toAbsolutePath().getParent();
    this.folder = Files.isDirectory(path) || parent == null ? path : parent;
    this.checkpoint = checkpoint;
  }

  /**
   * Finds it.
   *
   * @param preset name of the preset to take, whatever lies beside the weights; or null
   * @throws CapbenchException if there is none, or one of another kind of model
   */
  ClipConfig find(@Nullable String preset) {
    if (preset != null) {
      return new ShapeGuess(checkpoint).fitted(new Presets().read(preset));
    }
    Path openClip = folder.resolve(OPEN_CLIP);
    if (Files.isRegularFile(openClip)) {
      return new OpenClipConfig(read(openClip), problems).read();
    }
    Path huggingFace = folder.resolve(HUGGING_FACE);
    if (!Files.isRegularFile(huggingFace)) {
      return new ShapeGuess(checkpoint).config(problems);
    }
    ConfigNode root = read(huggingFace);
    if (OpenClipConfig.fits(root)) {
      return new OpenClipConfig(root, problems).read();
    }
    if (!HuggingFaceConfig.fits(root)) {
      throw new CapbenchException(
          huggingFace
              + " has "
              + HuggingFaceConfig.described(root)
              + ", not \"clip\". Choose the folder of a CLIP model: OpenAI's, open_clip's,"
              + " DreamLIP's or CLIPS.");
    }
    Path preprocessor = folder.resolve(PREPROCESSOR);
    return new HuggingFaceConfig(
            root, Files.isRegularFile(preprocessor) ? read(preprocessor) : null)
        .read();
  }

  private ConfigNode read(Path file) {
    files.add(file);
    return ConfigNode.read(file);
  }

  /** Where configurations and tokenizers lie. */
  Path folder() {
    return folder;
  }

  /** The files that were read. */
  List<Path> files() {
    return List.copyOf(files);
  }

  /** What is odd about the configuration. */
  List<String> problems() {
    return List.copyOf(problems);
  }
}
