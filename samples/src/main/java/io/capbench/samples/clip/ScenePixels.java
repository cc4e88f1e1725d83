package io.capbench.samples.clip;

import io.capbench.engine.pixels.ImageTransform;
import io.capbench.samples.draw.ScenePainter;
import io.capbench.samples.world.Scene;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageSamples;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures of scenes as the model sees them, painted once and kept in a file, one byte a colour.
 * Thread-safe once made.
 */
final class ScenePixels {
  private static final int BLOCK = 256;

  private final int size;
  private final MappedByteBuffer pixels;

  private ScenePixels(int size, MappedByteBuffer pixels) {
    this.size = size;
    this.pixels = pixels;
  }

  /**
   * Opens a file of pictures, and paints those that are missing.
   *
   * @param file belongs to these scenes and this size only
   */
  static ScenePixels of(Path file, List<Scene> scenes, int size) throws IOException {
    int bytes = 3 * size * size;
    ImageTransform transform = new ImageTransform(SampleClip.preprocess(size));
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      int done = (int) (channel.size() / bytes);
      while (done < scenes.size()) {
        int end = Math.min(scenes.size(), done + BLOCK);
        List<byte[]> painted =
            IntStream.range(done, end)
                .parallel()
                .mapToObj(i -> pixels(scenes.get(i), transform))
                .toList();
        for (byte[] picture : painted) {
          ByteBuffer buffer = ByteBuffer.wrap(picture);
          long at = (long) done * bytes;
          while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
          }
          done++;
        }
      }
      return new ScenePixels(
          size, channel.map(FileChannel.MapMode.READ_ONLY, 0, (long) scenes.size() * bytes));
    }
  }

  private static byte[] pixels(Scene scene, ImageTransform transform) {
    BufferedImage picture = new ScenePainter().paint(scene);
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] rgb = picture.getRGB(0, 0, width, height, null, 0, width);
    byte[] samples = new byte[3 * rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      samples[3 * i] = (byte) (rgb[i] >> 16);
      samples[3 * i + 1] = (byte) (rgb[i] >> 8);
      samples[3 * i + 2] = (byte) rgb[i];
    }
    try {
      float[] values =
          transform
              .apply(new ImageSamples(samples, ImageSamples.Kind.RGB, new int[0], width, height))
              .values();
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < values.length; i++) {
        bytes[i] = (byte) Math.round((values[i] + 1) * 127.5f);
      }
      return bytes;
    } catch (ImageException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /**
   * Pictures as the vision tower takes them.
   *
   * @param scenes numbers
   * @return [B, 3, size, size] row by row
   */
  float[] normalized(int[] scenes) {
    int length = 3 * size * size;
    float[] values = new float[scenes.length * length];
    byte[] one = new byte[length];
    for (int i = 0; i < scenes.length; i++) {
      pixels.get(scenes[i] * length, one);
      for (int j = 0; j < length; j++) {
        values[i * length + j] = ((one[j] & 0xff) / 255f - 0.5f) / 0.5f;
      }
    }
    return values;
  }
}
