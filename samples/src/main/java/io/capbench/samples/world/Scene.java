package io.capbench.samples.world;

import java.util.ArrayList;
import java.util.List;

/**
 * A scene to paint and to write about.
 *
 * @param seed of everything that is left to chance when it is painted or written about
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param things the most important one first
 */
public record Scene(long seed, int width, int height, Place place, List<Thing> things) {
  public Scene {
    things = List.copyOf(things);
  }

  /** The thing that the captions talk about first. */
  public Thing main() {
    return things.get(0);
  }

  /** What lies left of or above what, where the boxes leave no doubt. */
  public List<Relation> relations() {
    List<Relation> relations = new ArrayList<>();
    for (int i = 0; i < things.size(); i++) {
      for (int j = 0; j < things.size(); j++) {
        Box a = things.get(i).box();
        Box b = things.get(j).box();
        if (i != j && a.x() + a.w() <= b.x()) {
          relations.add(new Relation(i, "left of", j));
        }
        if (i != j && a.bottom() <= b.y()) {
          relations.add(new Relation(i, "above", j));
        }
      }
    }
    return relations;
  }
}
