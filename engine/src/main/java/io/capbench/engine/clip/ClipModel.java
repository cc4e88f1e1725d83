package io.capbench.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.capbench.engine.explain.ModelDescription;
import io.capbench.engine.torch.TorchDevice;
import io.capbench.engine.torch.TorchRuntime;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A CLIP model with its weights, on a device. One thread at a time; whoever loads it closes it. */
public final class ClipModel implements AutoCloseable {
  private final TorchRuntime torch;
  private final TorchDevice device;
  private final NDManager manager;
  private final ClipConfig config;
  private final Towers towers;
  private final ModelDescription description;

  /** What arrays of weights lie in; it has to live as long as they do. */
  private final List<ByteBuffer> buffers;

  /** What is made of weights. */
  record Towers(VisionTower vision, TextTower text, float logitScale, float logitBias) {}

  ClipModel(
      TorchRuntime torch,
      TorchDevice device,
      NDManager manager,
      ClipConfig config,
      Towers towers,
      List<ByteBuffer> buffers,
      ModelDescription description) {
    this.torch = torch;
    this.device = device;
    this.manager = manager;
    this.config = config;
    this.towers = towers;
    this.buffers = new ArrayList<>(buffers);
    this.description = description;
  }

  /** Its shape. */
  public ClipConfig config() {
    return config;
  }

  /** What a person is told of it. */
  public ModelDescription description() {
    return description;
  }

  /** Where it runs. */
  public TorchDevice device() {
    return device;
  }

  /** The runtime that it runs on; closed with the model. */
  public TorchRuntime torch() {
    return torch;
  }

  /** The tower that looks at images. */
  public VisionTower vision() {
    return towers.vision();
  }

  /** The tower that reads captions. */
  public TextTower text() {
    return towers.text();
  }

  /** What cosines are multiplied by to be logits: exp of the learned scale. */
  public float logitScale() {
    return towers.logitScale();
  }

  /**
   * logitScale * image features . text features, plus the learned bias if there is one.
   *
   * @param images [I, D] normalised
   * @param captions [T, D] normalised
   * @return [I, T]
   */
  public NDArray logits(NDArray images, NDArray captions) {
    NDArray logits = images.mul(towers.logitScale()).matMul(captions.transpose());
    return config.logitBias() ? logits.add(towers.logitBias()) : logits;
  }

  /** Memory for inputs and results on the model's device, freed with the model at the latest. */
  public NDManager newManager() {
    return manager.newSubManager();
  }

  @Override
  public void close() {
    manager.close();
    torch.close();
    buffers.clear();
  }
}
