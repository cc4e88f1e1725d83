package io.capbench.engine.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loads vectors from memory outside of the heap. Until JDK 18 vectors are read from byte buffers,
 * from JDK 19 on from memory segments, which JDK 17 does not have: constant method handles are
 * either, and cost nothing once compiled.
 */
final class WeightMemory {
  private static final MethodHandle VIEW = view();
  private static final MethodHandle BYTES = load(ByteVector.class);
  private static final MethodHandle SHORTS = load(ShortVector.class);
  private static final MethodHandle FLOATS = load(FloatVector.class);
  private static final String SEGMENT = "java.lang.foreign.MemorySegment";

  private WeightMemory() {}

  /** What the others read from. Keep the buffer's memory alive yourself. */
  static Object of(ByteBuffer direct) {
    try {
      return (Object) VIEW.invokeExact((Object) direct);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Bytes from an offset in bytes. */
  static ByteVector bytes(VectorSpecies<Byte> species, Object memory, int at) {
    try {
      return (ByteVector)
          BYTES.invokeExact((VectorSpecies<?>) species, memory, at, ByteOrder.LITTLE_ENDIAN);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Numbers of 16 bits from an offset in bytes. */
  static ShortVector shorts(VectorSpecies<Short> species, Object memory, int at) {
    try {
      return (ShortVector)
          SHORTS.invokeExact((VectorSpecies<?>) species, memory, at, ByteOrder.LITTLE_ENDIAN);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Numbers of 32 bits from an offset in bytes. */
  static FloatVector floats(VectorSpecies<Float> species, Object memory, int at) {
    try {
      return (FloatVector)
          FLOATS.invokeExact((VectorSpecies<?>) species, memory, at, ByteOrder.LITTLE_ENDIAN);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static MethodHandle view() {
    try {
      Class<?> segment = Class.forName(SEGMENT);
      return MethodHandles.lookup()
          .findStatic(segment, "ofBuffer", MethodType.methodType(segment, Buffer.class))
          .asType(MethodType.methodType(Object.class, Object.class));
    } catch (ClassNotFoundException e) {
      return MethodHandles.identity(Object.class);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException("this Java has other memory segments", e);
    }
  }

  private static <V extends Vector<?>> MethodHandle load(Class<V> vector) {
    MethodHandle load;
    try {
      Class<?> segment = Class.forName(SEGMENT);
      load = find(vector, "fromMemorySegment", segment, long.class);
    } catch (ClassNotFoundException e) {
      load = find(vector, "fromByteBuffer", ByteBuffer.class, int.class);
    }
    return load.asType(
        MethodType.methodType(
            vector, VectorSpecies.class, Object.class, int.class, ByteOrder.class));
  }

  private static MethodHandle find(Class<?> vector, String name, Class<?> memory, Class<?> offset) {
    try {
      return MethodHandles.lookup()
          .findStatic(
              vector,
              name,
              MethodType.methodType(vector, VectorSpecies.class, memory, offset, ByteOrder.class));
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException("this Java reads vectors in another way", e);
    }
  }

  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof RuntimeException runtime) {
      return runtime;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e);
  }
}
