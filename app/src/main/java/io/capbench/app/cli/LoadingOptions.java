package io.capbench.app.cli;

import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.torch.DeviceChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a model is loaded, for every command that takes one. */
final class LoadingOptions {
  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Configuration to take in place of what the folder has: ViT-B-16, ...")
  private @Nullable String preset;

  DeviceChoice device() {
    return device.choice();
  }

  @Nullable String preset() {
    return preset;
  }

  /** Loads CLIP models, and remembers the hashes of their files. */
  ClipLoader clip(Session session) {
    return new ClipLoader(session.folders().cache().resolve("models"));
  }
}
