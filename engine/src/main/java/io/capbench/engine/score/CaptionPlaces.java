package io.capbench.engine.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Where captions are in the joint space; equal ones are read once. One thread at a time. */
final class CaptionPlaces {
  private static final int REMEMBERED = 8_192;

  /** Captions that are read at once; short ones together, which takes less than with long ones. */
  private static final int AT_ONCE = 32;

  private final JointSpace space;
  private final Map<String, float[]> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
          return size() > REMEMBERED;
        }
      };

  CaptionPlaces(JointSpace space) {
    this.space = space;
  }

  /** The places of these captions, [D] each. */
  Map<String, float[]> of(List<String> captions) {
    Map<String, float[]> places = new HashMap<>();
    List<String> unread = new ArrayList<>();
    for (String caption : new LinkedHashSet<>(captions)) {
      float[] known = remembered.get(caption);
      if (known == null) {
        unread.add(caption);
      } else {
        places.put(caption, known);
      }
    }
    unread.sort(Comparator.comparingInt(String::length));
    for (int from = 0; from < unread.size(); from += AT_ONCE) {
      List<String> some = unread.subList(from, Math.min(unread.size(), from + AT_ONCE));
      float[][] read = space.captions(some);
      for (int i = 0; i < read.length; i++) {
        places.put(some.get(i), read[i]);
        remembered.put(some.get(i), read[i]);
      }
    }
    return places;
  }
}
