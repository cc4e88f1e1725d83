package io.capbench.engine.weights;

/**
 * A class or function that a pickle names. It is only ever a name here.
 *
 * @param module Python module
 * @param name name in there
 */
record PickleGlobal(String module, String name) {

  /** As in Python: {@code collections.OrderedDict}. */
  String qualified() {
    return module + "." + name;
  }
}
