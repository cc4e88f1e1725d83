package io.capbench.storage.image;

import io.capbench.storage.model.ImageRef;

/** Reads the encoded bytes of images. Thread-safe; every call may read from disk. */
public interface ImageSource {

  /**
   * Reads one image as it is stored.
   *
   * @throws ImageException if there is none or it may not be read, with a typed reason
   */
  ImageBytes read(ImageRef image) throws ImageException;
}
