package io.capbench.engine.score;

import io.capbench.engine.explain.ModelDescription;
import io.capbench.engine.pixels.ImageRegion;
import io.capbench.engine.pixels.PixelTensor;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A space of two dimensions that remembers what it was asked. An image lies at the angle of a tenth
 * of its width in radians, a caption at that of a tenth of its length, so that cosines are known.
 */
final class CountingSpace implements JointSpace {
  final List<String> captionsRead = new ArrayList<>();
  final List<Integer> batches = new ArrayList<>();
  final AtomicInteger prepared = new AtomicInteger();
  private final String sha256;
  private final int batch;
  Runnable beforeImages = () -> {};
  int numberlessWidth = -1;

  CountingSpace(String sha256, int batch) {
    this.sha256 = sha256;
    this.batch = batch;
  }

  static double cosine(int width, String caption) {
    return Math.cos((width - caption.length()) / 10.0);
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription(
        "counting", Path.of("m"), "none", 0, "F32", 1, 1, 1, 1, "none", sha256, "cpu", List.of());
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public PixelTensor prepare(ImageBytes image) throws ImageException {
    prepared.incrementAndGet();
    if (image.width() == 13) {
      throw new ImageException(ImageException.Reason.NOT_AN_IMAGE, "The image is unlucky");
    }
    return new PixelTensor(new float[] {image.width()}, 1, ImageRegion.WHOLE);
  }

  @Override
  public float[][] images(List<PixelTensor> images) {
    beforeImages.run();
    batches.add(images.size());
    return images.stream().map(this::place).toArray(float[][]::new);
  }

  private float[] place(PixelTensor image) {
    return image.values()[0] == numberlessWidth
        ? new float[] {Float.NaN, 0}
        : place(image.values()[0]);
  }

  @Override
  public float[][] captions(List<String> captions) {
    captionsRead.addAll(captions);
    return captions.stream().map(caption -> place(caption.length())).toArray(float[][]::new);
  }

  private static float[] place(double tenths) {
    return new float[] {(float) Math.cos(tenths / 10), (float) Math.sin(tenths / 10)};
  }

  @Override
  public void close() {}
}
