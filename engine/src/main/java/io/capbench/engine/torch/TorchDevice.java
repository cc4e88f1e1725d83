package io.capbench.engine.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

/**
 * A device that models run on.
 *
 * @param name "cpu", "gpu0"
 * @param device DJL's name of it
 */
public record TorchDevice(String name, Device device) {
  static final TorchDevice PROCESSOR = new TorchDevice("cpu", Device.cpu());

  static TorchDevice gpu(int index) {
    return new TorchDevice("gpu" + index, Device.gpu(index));
  }

  /** PyTorch's name of the device of a manager. */
  static String torchName(NDManager manager) {
    Device device = manager.getDevice();
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }

  /** Whether it has memory of its own. */
  public boolean isGpu() {
    return device.isGpu();
  }
}
