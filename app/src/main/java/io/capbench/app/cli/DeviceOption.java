package io.capbench.app.cli;

import io.capbench.engine.torch.DeviceChoice;
import picocli.CommandLine.Option;

/** Where a model runs. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where it runs: auto (the default), cpu or gpu.")
  private DeviceChoice device = DeviceChoice.AUTO;

  DeviceChoice choice() {
    return device;
  }
}
