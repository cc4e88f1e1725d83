package io.capbench.engine.score;

import io.capbench.engine.explain.ModelDescription;
import io.capbench.engine.pixels.PixelTensor;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import java.util.List;

/**
 * A loaded model that gives images and captions a place in one space. One thread at a time, except
 * for {@link #prepare}.
 */
public interface JointSpace extends AutoCloseable {

  /** What is loaded. */
  ModelDescription model();

  /** How many images it takes at once with profit. */
  int batch();

  /**
   * Decodes an image and makes it the model's input. Thread-safe.
   *
   * @throws ImageException if it does not decode
   */
  PixelTensor prepare(ImageBytes image) throws ImageException;

  /**
   * Looks at images.
   *
   * @param images at least one, at most {@link #batch()}
   * @return [I][D], each of length 1, or of numbers that are none where the model gives none
   * @throws io.capbench.storage.model.CapbenchException if there is not enough memory
   */
  float[][] images(List<PixelTensor> images);

  /**
   * Reads captions.
   *
   * @param captions at least one
   * @return [T][D], each of length 1
   * @throws io.capbench.storage.model.CapbenchException if there is not enough memory
   */
  float[][] captions(List<String> captions);

  /** Frees the weights. */
  @Override
  void close();
}
