package io.capbench.engine.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PyTorch in this process. Its engine starts with the first of these and stays until the process
 * ends; closing one frees only the operations it loaded. Thread-safe.
 */
public final class TorchRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TorchRuntime.class);
  private static final String ENGINE = "PyTorch";

  private final Engine engine;
  private final PtNDManager root;
  private final Ops ops;

  private TorchRuntime(Engine engine, PtNDManager root, Ops ops) {
    this.engine = engine;
    this.root = root;
    this.ops = ops;
  }

  /**
   * Starts PyTorch, which takes a few seconds the first time on a machine (its libraries are
   * unpacked into the user's DJL cache) and less than one later.
   *
   * @throws CapbenchException if its native libraries are missing or do not load
   */
  public static TorchRuntime start() {
    refuseTracking();
    PtNDManager manager = null;
    try {
      Engine engine = Engine.getEngine(ENGINE);
      manager = (PtNDManager) engine.newBaseManager(TorchDevice.PROCESSOR.device());
      TorchRuntime runtime = new TorchRuntime(engine, manager, Ops.load(manager));
      LOG.debug("PyTorch {} with {} threads", engine.getVersion(), JniUtils.getNumThreads());
      return runtime;
    } catch (RuntimeException | LinkageError e) {
      if (manager != null) {
        manager.close();
      }
      throw new CapbenchException(
          "PyTorch does not start: "
              + rootMessage(e)
              + ". Its libraries come with Capbench for the system it was built for ("
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " is this one) and are unpacked into the folder .djl.ai of your home: see that it"
              + " is writable and has 500 MB free, or name another one with DJL_CACHE_DIR."
              + " `capbench doctor` looks into it.",
          e);
    }
  }

  /** DJL would tell its makers of every start over the network; a person's work is nobody's. */
  private static void refuseTracking() {
    if (System.getProperty("OPT_OUT_TRACKING") == null) {
      System.setProperty("OPT_OUT_TRACKING", "true");
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** PyTorch's version, for example "2.7.1". */
  public String version() {
    return engine.getVersion();
  }

  /** The folder that PyTorch's libraries were loaded from. */
  public Path libraries() {
    return Path.of(LibUtils.getLibtorchPath());
  }

  /** How many GPUs PyTorch can compute on, 0 where its libraries are those for processors. */
  public int gpus() {
    // DJL counts with CUDA's runtime library, which it may not find where PyTorch has its own.
    return engine.hasCapability("CUDA") ? Math.max(1, engine.getGpuCount()) : 0;
  }

  /** How many threads one operation uses. */
  public int threads() {
    return JniUtils.getNumThreads();
  }

  /**
   * The device that a choice means on this machine.
   *
   * @throws CapbenchException if a GPU is asked for and there is none
   */
  public TorchDevice device(DeviceChoice choice) {
    boolean gpu = choice != DeviceChoice.CPU && gpus() > 0;
    if (choice == DeviceChoice.GPU && !gpu) {
      throw new CapbenchException(
          "PyTorch "
              + version()
              + " finds no GPU: its libraries are those for processors, or the GPU's driver is"
              + " missing. Choose the device cpu, or follow the part on GPUs in docs/models.md.");
    }
    return gpu ? TorchDevice.gpu(0) : TorchDevice.PROCESSOR;
  }

  /** Memory for tensors on a device; frees them all when closed. Not thread-safe. */
  public NDManager newManager(TorchDevice device) {
    return engine.newBaseManager(device.device());
  }

  /** The operations that DJL lacks. */
  public Ops ops() {
    return ops;
  }

  @Override
  public void close() {
    root.close();
  }
}
