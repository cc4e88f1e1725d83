package io.capbench.engine.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Java's module of vector instructions. It is an incubator: Java leaves it out unless told, and
 * complains on standard error at every start if told by {@code --add-modules}. So it is loaded when
 * the first kernel is wanted, as Java loads its own late modules.
 */
final class VectorModule {
  private static final String MODULE = "jdk.incubator.vector";
  private static final String LOADER = "jdk.internal.module.Modules";

  private VectorModule() {}

  /**
   * Loads it; does nothing if it is there.
   *
   * @throws UnsupportedOperationException if this Java has none or does not allow it, saying why
   */
  static void load() {
    if (ModuleLayer.boot().findModule(MODULE).isPresent()) {
      return;
    }
    try {
      Method load = Class.forName(LOADER).getMethod("loadModule", String.class);
      load.invoke(null, MODULE);
    } catch (IllegalAccessException e) {
      throw new UnsupportedOperationException(
          "Java was started without --add-opens=java.base/jdk.internal.module=ALL-UNNAMED", e);
    } catch (InvocationTargetException e) {
      throw new UnsupportedOperationException(
          "this Java comes without the module " + MODULE, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException(
          "this Java loads no modules late; start it with --add-modules " + MODULE, e);
    }
  }
}
