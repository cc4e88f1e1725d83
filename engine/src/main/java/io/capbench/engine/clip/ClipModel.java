package io.capbench.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.capbench.engine.explain.ModelDescription;
import io.capbench.engine.tokenizer.ClipTokenizer;
import io.capbench.engine.torch.TorchDevice;
import io.capbench.engine.torch.TorchRuntime;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A CLIP model with its weights, on a device. One thread at a time; whoever loads it closes it. */
public final class ClipModel implements AutoCloseable {
  private final TorchRuntime torch;
  private final NDManager manager;
  private final ClipConfig config;
  private final Loaded loaded;
  private final FoundTokenizer tokenizer;
  private final ModelDescription description;

  /** What arrays of weights lie in; it has to live as long as they do. */
  private final List<ByteBuffer> buffers;

  /** What is made of weights. */
  record Loaded(
      TorchDevice device,
      VisionTower vision,
      TextTower text,
      float logitScale,
      float logitBias,
      List<ByteBuffer> buffers) {}

  ClipModel(
      TorchRuntime torch,
      NDManager manager,
      ClipConfig config,
      Loaded loaded,
      FoundTokenizer tokenizer,
      ModelDescription description) {
    this.torch = torch;
    this.manager = manager;
    this.config = config;
    this.loaded = loaded;
    this.tokenizer = tokenizer;
    this.description = description;
    this.buffers = new ArrayList<>(loaded.buffers());
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
    return loaded.device();
  }

  /** The runtime that it runs on; closed with the model. */
  public TorchRuntime torch() {
    return torch;
  }

  /** The tower that looks at images. */
  public VisionTower vision() {
    return loaded.vision();
  }

  /** The tower that reads captions. */
  public TextTower text() {
    return loaded.text();
  }

  /**
   * What cuts captions into tokens for it; closed with the model.
   *
   * @throws io.capbench.storage.model.CapbenchException if none lies beside the weights; it says
   *     which file to add
   */
  public ClipTokenizer tokenizer() {
    return tokenizer.get();
  }

  /** What cosines are multiplied by to be logits: exp of the learned scale. */
  public float logitScale() {
    return loaded.logitScale();
  }

  /**
   * logitScale * image features . text features, plus the learned bias if there is one.
   *
   * @param images [I, D] normalised
   * @param captions [T, D] normalised
   * @return [I, T]
   */
  public NDArray logits(NDArray images, NDArray captions) {
    NDArray logits = images.mul(loaded.logitScale()).matMul(captions.transpose());
    return config.logitBias() ? logits.add(loaded.logitBias()) : logits;
  }

  /** Memory for inputs and results on the model's device, freed with the model at the latest. */
  public NDManager newManager() {
    return manager.newSubManager();
  }

  @Override
  public void close() {
    manager.close();
    torch.close();
    tokenizer.close();
    buffers.clear();
  }
}
