package io.capbench.samples.caption;

import java.util.ArrayList;
import java.util.List;

/** A caption in the making, which remembers where something wrong was put. */
final class Draft {
  private final Track track;
  private final StringBuilder text = new StringBuilder();
  private final List<Planted> planted = new ArrayList<>();

  Draft(Track track) {
    this.track = track;
  }

  Draft add(String more) {
    text.append(more);
    return this;
  }

  /** Adds something wrong. */
  Draft plant(Fault fault, String more) {
    int start = text.length();
    text.append(more);
    planted.add(new Planted(track, fault, start, text.length(), more));
    return this;
  }

  /** Adds it as something wrong unless the fault is NONE. */
  Draft add(Fault fault, String more) {
    return fault == Fault.NONE ? add(more) : plant(fault, more);
  }

  /** Makes the first letter a capital. */
  Draft capital() {
    if (text.length() > 0) {
      text.setCharAt(0, Character.toUpperCase(text.charAt(0)));
    }
    return this;
  }

  /** Cuts the end off; the last {@code marked} units that stay are marked as truncation. */
  Draft cut(int length, int marked) {
    text.setLength(length);
    planted.removeIf(span -> span.end() > length);
    planted.add(
        new Planted(
            track, Fault.TRUNCATION, length - marked, length, text.substring(length - marked)));
    return this;
  }

  int length() {
    return text.length();
  }

  String text() {
    return text.toString();
  }

  /** What was put wrong, with the text as it is now. */
  List<Planted> planted() {
    return planted.stream()
        .map(
            span ->
                new Planted(
                    span.track(),
                    span.fault(),
                    span.start(),
                    span.end(),
                    text.substring(span.start(), span.end())))
        .toList();
  }
}
