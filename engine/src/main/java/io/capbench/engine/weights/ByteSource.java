package io.capbench.engine.weights;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Bytes that tensors lie in: a run of a file, or memory where they had to be unpacked. */
sealed interface ByteSource permits FileRun, UnpackedBytes {

  /** What to call it in a message. */
  String name();

  /** How many there are. */
  long size();

  /**
   * A part, read-only, little endian, mapped or direct. It outlives this for as long as it is held.
   */
  ByteBuffer read(long offset, int length);

  /** Where the part lies in a plain file. */
  Optional<Place> place(long offset, long length);
}
