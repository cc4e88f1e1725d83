package io.capbench.engine.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that models run on.
 *
 * @param name "cpu", "gpu0"
 * @param device DJL's name of it
 */
public record TorchDevice(String name, Device device) {
  private static final Logger LOG = LoggerFactory.getLogger(TorchDevice.class);
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

  /**
   * Bytes of memory that a model may take: what is free of a GPU, all of the machine, whose other
   * programs and cached files can give way. Empty where nobody says.
   */
  public OptionalLong memory() {
    if (!isGpu()) {
      return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
          ? OptionalLong.of(machine.getTotalMemorySize())
          : OptionalLong.empty();
    }
    try {
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return OptionalLong.of(usage.getMax() - usage.getCommitted());
    } catch (RuntimeException | LinkageError e) {
      LOG.info("The memory of {} is not known; a model that does not fit fails later", name, e);
      return OptionalLong.empty();
    }
  }
}
