package io.capbench.samples.caption;

import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A thing as a caption calls it.
 *
 * @param kind what it really is
 * @param adjective put before the colour, or empty
 * @param fault which part is wrong: the colour or the adjective (attribute), the noun (object), the
 *     number (count), or nothing
 */
record Mention(Kind kind, String adjective, String colour, String noun, Fault fault) {

  /** Captioners name few things. */
  private static final int MOST = 3;

  /** The first things of the scene as they are. */
  static List<Mention> truth(Scene scene) {
    return scene.things().stream().limit(MOST).map(Mention::truth).collect(Collectors.toList());
  }

  private static Mention truth(Thing thing) {
    return new Mention(thing.kind(), "", thing.colour().word(), thing.kind().noun(), Fault.NONE);
  }

  /** With an article: "a red teapot". */
  void write(Draft draft) {
    if (fault == Fault.COUNT) {
      draft.plant(fault, "two").add(" " + colour + " " + Phrases.plural(noun));
      return;
    }
    String first = adjective.isEmpty() ? colour : adjective;
    draft.add(Phrases.a(first).substring(0, Phrases.a(first).length() - first.length()));
    writeBare(draft);
  }

  /** Without an article: "red teapot". */
  void writeBare(Draft draft) {
    boolean attribute = fault == Fault.ATTRIBUTE;
    if (!adjective.isEmpty()) {
      draft.add(fault, adjective).add(" ");
    }
    draft.add(attribute && adjective.isEmpty() ? fault : Fault.NONE, colour).add(" ");
    draft.add(fault == Fault.OBJECT ? fault : Fault.NONE, noun);
    if (kind == Kind.FISH && fault != Fault.OBJECT) {
      draft.add(" in a glass bowl");
    }
  }
}
