package io.capbench.engine.weights;

import java.util.List;

/** A tuple in a pickle. Items may contain this again, so it is never hashed or printed. */
final class PickleTuple {
  private final List<Object> items;

  PickleTuple(List<Object> items) {
    this.items = List.copyOf(items);
  }

  List<Object> items() {
    return items;
  }
}
