package io.capbench.samples.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random choices that depend on nothing but the seed. Built on {@link Random#nextInt()}, whose
 * sequence the Java specification fixes.
 */
public final class Dice {
  private final Random random;

  public Dice(long seed) {
    this.random = new Random(mixed(seed, 0));
  }

  /** A seed for part {@code salt} of what {@code seed} makes; neighbours are unrelated. */
  public static long mixed(long seed, long salt) {
    long z = seed + (salt + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** From 0 up to, not including, {@code bound}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code from} to {@code to}, both included. */
  public int between(int from, int to) {
    return from + random.nextInt(to - from + 1);
  }

  /** From {@code from} up to {@code to}. */
  public double between(double from, double to) {
    return from + (to - from) * random.nextInt(1 << 24) / (1 << 24);
  }

  /** True with that probability. */
  public boolean chance(double probability) {
    return between(0.0, 1.0) < probability;
  }

  /** One of the list, each as likely as another. */
  public <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** One of the arguments, each as likely as another. */
  @SafeVarargs
  public final <T> T one(T... choices) {
    return choices[below(choices.length)];
  }

  /** The list in another order. */
  public <T> List<T> shuffled(List<T> things) {
    List<T> left = new ArrayList<>(things);
    List<T> result = new ArrayList<>(left.size());
    while (!left.isEmpty()) {
      result.add(left.remove(below(left.size())));
    }
    return result;
  }
}
