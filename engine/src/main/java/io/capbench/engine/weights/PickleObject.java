package io.capbench.engine.weights;

import org.jspecify.annotations.Nullable;

/** An object that a pickle describes and that is not made: its class's name and its attributes. */
final class PickleObject {
  private final PickleGlobal type;
  private @Nullable PickleDict attributes;

  PickleObject(PickleGlobal type) {
    this.type = type;
  }

  PickleGlobal type() {
    return type;
  }

  /** Takes the state that Python would give the object; anything but attributes is let be. */
  void build(Object state) {
    if (state instanceof PickleDict dict) {
      attributes = dict;
    }
  }

  @Nullable PickleDict attributes() {
    return attributes;
  }
}
