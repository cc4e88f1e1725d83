package io.capbench.engine.weights;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Bytes that tensors lie in: a run of a file, or a compressed member of an archive. */
sealed interface ByteSource permits FileRun, PackedRun {

  /** What to call it in a message. */
  String name();

  /** How many there are. */
  long size();

  /**
   * A part, little endian, mapped (then read-only) or direct. It outlives this for as long as it is
   * held.
   */
  ByteBuffer read(long offset, int length);

  /** Where the part lies in a plain file. */
  Optional<Place> place(long offset, long length);
}
