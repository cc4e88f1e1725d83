package io.capbench.samples.caption;

import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import java.util.ArrayList;
import java.util.List;

/** Writes three to seven sentences that describe one part of the picture each. */
final class DetailedWriter {
  private static final int LONGEST = 7;

  /** With a sentence about something that is not there, if wanted. */
  Draft write(Scene scene, boolean planted, Dice dice) {
    List<String> sentences = new ArrayList<>();
    List<String> notes = PlaceNotes.of(scene.place());
    sentences.add(notes.get(0));
    for (Thing thing : scene.things()) {
      sentences.add(there(thing, scene, dice));
    }
    List<String> more = new ArrayList<>(notes.subList(1, notes.size()));
    for (Thing thing : scene.things()) {
      more.add(Catalogue.detail(thing.kind()));
      if (thing.lettering() != null) {
        more.add(inscription(thing, thing.lettering()));
      }
    }
    relation(scene, more);
    int room = Math.min(LONGEST, sentences.size() + dice.between(1, 4)) - (planted ? 1 : 0);
    for (String sentence : dice.shuffled(more)) {
      if (sentences.size() < Math.max(3, room)) {
        sentences.add(sentence);
      }
    }
    int wrong = planted ? dice.between(1, sentences.size()) : -1;
    Draft draft = new Draft(Track.LONG_CAPTION);
    for (int i = 0; i <= sentences.size(); i++) {
      if (i == wrong) {
        draft.add(" ").plant(Fault.OBJECT, invented(dice));
      }
      if (i < sentences.size()) {
        draft.add(i == 0 ? "" : " ").add(sentences.get(i));
      }
    }
    return draft;
  }

  private static String there(Thing thing, Scene scene, Dice dice) {
    String size =
        thing.size() == Thing.Size.USUAL
            ? ""
            : thing.size().name().toLowerCase(java.util.Locale.ROOT) + " ";
    String words = Phrases.a(size + thing.colour().word() + " " + thing.kind().noun());
    String side = Phrases.side(thing, scene);
    String does = Phrases.does(thing.kind());
    return Phrases.capital(
        switch (dice.below(5)) {
          case 0 -> side + ", there is " + words + ".";
          case 1 -> side + ", " + words + " " + does + ".";
          case 2 -> words + " can be seen " + side + ".";
          default -> words + " " + does + " " + side + ".";
        });
  }

  private static String inscription(Thing thing, String lettering) {
    return "The "
        + Phrases.lettering(lettering)
        + " \""
        + lettering
        + "\" can be read on the "
        + thing.kind().noun()
        + ".";
  }

  private static void relation(Scene scene, List<String> more) {
    if (scene.things().size() < 2) {
      return;
    }
    Thing a = scene.things().get(0);
    Thing b = scene.things().get(1);
    if (Math.abs(a.box().centre() - b.box().centre()) > 0.15 * scene.width()) {
      String side = a.box().centre() < b.box().centre() ? "left" : "right";
      more.add(
          "The " + a.kind().noun() + " is to the " + side + " of the " + b.kind().noun() + ".");
    }
  }

  private static String invented(Dice dice) {
    String thing = Phrases.capital(Glimpse.invented(dice));
    String verb = thing.startsWith("Two") ? "are" : "is";
    return thing
        + " "
        + verb
        + dice.one(" visible in the background.", " partly hidden at the edge of the picture.");
  }
}
