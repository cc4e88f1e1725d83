package io.capbench.engine.torch;

import org.jspecify.annotations.Nullable;

/**
 * How a way to linear layers did on this machine.
 *
 * @param type of the weights
 * @param rows of input
 * @param way its name
 * @param gigabytes of weights that it reads in a second, 10^9 bytes; 0 if it fails
 * @param failure why it is out; null if it is not
 */
public record LinearMeasurement(
    NumberType type, int rows, String way, double gigabytes, @Nullable String failure) {

  /** Whether it can be gone. */
  public boolean works() {
    return failure == null;
  }
}
