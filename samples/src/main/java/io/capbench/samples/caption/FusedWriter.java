package io.capbench.samples.caption;

import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import java.util.ArrayList;
import java.util.List;

/** Writes fluent sentences that join what the alt-text knows to what the captioner saw. */
final class FusedWriter {
  private static final List<String> ADJECTIVES =
      List.of(
          "striped",
          "leather",
          "broken",
          "gold-plated",
          "wicker",
          "polka-dot",
          "rusty",
          "folded",
          "knitted");

  private final Names names;

  FusedWriter(Names names) {
    this.names = names;
  }

  /**
   * Joins the two.
   *
   * @param knowledge from the alt-text, or one whose clauses are all empty
   * @param reads whether lettering on the main thing is mentioned
   * @param fault what to do wrong beyond the wrong things of the glimpse
   */
  Draft write(
      Scene scene, AltText knowledge, Glimpse glimpse, boolean reads, Fault fault, Dice dice) {
    Glimpse seen =
        fault == Fault.ATTRIBUTE || fault == Fault.COUNT ? spoiled(glimpse, fault, dice) : glimpse;
    Draft draft = new Draft(Track.CAPSFUSION);
    Fault foreign = fault == Fault.MISMATCHED_PARENTS ? fault : Fault.NONE;
    String lettering = scene.main().lettering();
    String quote = "";
    if (lettering != null && fault == Fault.SCENE_TEXT) {
      quote = misread(lettering, dice);
    } else if (lettering != null && reads) {
      quote = lettering;
    }
    Teller teller = new Teller(scene, seen, draft, quote, fault);
    if (!knowledge.name().isEmpty()) {
      named(teller, knowledge, foreign, dice);
    } else if (!knowledge.aside().isEmpty()) {
      aside(teller, knowledge.aside(), foreign, dice);
    } else {
      draft.add(
          dice.one(
              "",
              "In this picture, ",
              "In this illustration, ",
              "In this charming scene, ",
              "As the picture shows, "));
      teller.whole();
      draft.add(".");
    }
    draft.capital();
    after(draft, scene, knowledge, fault, dice);
    return draft;
  }

  private static Glimpse spoiled(Glimpse glimpse, Fault fault, Dice dice) {
    List<Mention> mentions = new ArrayList<>(glimpse.mentions());
    Mention main = mentions.get(0);
    String adjective = fault == Fault.ATTRIBUTE ? dice.pick(ADJECTIVES) : "";
    mentions.set(0, new Mention(main.kind(), adjective, main.colour(), main.noun(), fault));
    return new Glimpse(mentions, glimpse.invented());
  }

  private static String misread(String lettering, Dice dice) {
    int at = lettering.length() - 1;
    char last = lettering.charAt(at);
    char other =
        Character.isDigit(last) ? (char) ('0' + (last - '0' + dice.between(1, 9)) % 10) : 'X';
    return lettering.substring(0, at) + (last == 'X' ? 'N' : other);
  }

  private static void named(Teller teller, AltText knowledge, Fault foreign, Dice dice) {
    Draft draft = teller.draft;
    Mention main = teller.seen.main();
    String extra = knowledge.extra();
    int form =
        main.fault() == Fault.COUNT || teller.scene.main().kind() == Kind.FISH ? 2 : dice.below(5);
    switch (form) {
      case 0 -> {
        draft
            .add("the ")
            .add(foreign, knowledge.name())
            .add(dice.one(" is shown here as ", " appears as ", " is pictured as "));
        main.write(draft);
        teller.inscription();
        draft.add(" ").add(Phrases.posture(main.kind())).add(" ");
        teller.surroundings();
        tail(draft, extra, foreign);
      }
      case 1 -> {
        draft.add("this ");
        main.writeBare(draft);
        teller.inscription();
        draft.add(" is the ").add(foreign, knowledge.name());
        tail(draft, extra, foreign);
        draft.add(". It ").add(Phrases.does(main.kind())).add(" ");
        teller.surroundings();
      }
      case 2 -> {
        teller.whole();
        draft
            .add(dice.one(", featuring the ", ", presented as the "))
            .add(foreign, knowledge.name());
        tail(draft, extra, foreign);
      }
      default -> {
        draft
            .add(dice.one("featured here is the ", "pictured is the "))
            .add(foreign, knowledge.name());
        tail(draft, extra, foreign);
        draft.add(", ");
        main.write(draft);
        teller.inscription();
        draft.add(" ").add(Phrases.posture(main.kind())).add(" ");
        teller.surroundings();
      }
    }
    draft.add(".");
  }

  private static void tail(Draft draft, String extra, Fault foreign) {
    if (!extra.isEmpty()) {
      draft.add(", ").add(foreign, extra);
    }
  }

  private static void aside(Teller teller, String aside, Fault foreign, Dice dice) {
    if (dice.chance(0.4)) {
      teller.draft.add(foreign, aside).add(", ");
      teller.whole();
    } else {
      teller.whole();
      teller.draft.add(", ").add(foreign, aside);
    }
    teller.draft.add(".");
  }

  private void after(Draft draft, Scene scene, AltText knowledge, Fault fault, Dice dice) {
    String noun = scene.main().kind().noun();
    switch (fault) {
      case OBJECT -> {
        String thing = Glimpse.invented(dice);
        draft.add(dice.one(" In the background, ", " Beside it, ", " A little further on, "));
        draft.plant(fault, thing).add(dice.one(" can be seen.", " can also be seen."));
      }
      case NUMBER ->
          draft
              .add(dice.one(" It measures about ", " The " + noun + " is roughly "))
              .plant(fault, strange(scene, knowledge, dice))
              .add(" centimetres high.");
      case ENTITY ->
          draft
              .add(dice.one(" It was designed by ", " It belonged to "))
              .plant(fault, names.person(dice))
              .add(".");
      case PROMPT_LEAK ->
          draft
              .add(dice.one(" The caption ", " This image ", " The " + noun + " "))
              .plant(fault, "provides detailed real-world knowledge")
              .add(" about " + Phrases.plural(noun) + dice.one(".", " and their surroundings."));
      default -> {}
    }
  }

  /** A number that neither parent has. */
  private static String strange(Scene scene, AltText knowledge, Dice dice) {
    String parents =
        knowledge.text() + scene.things().stream().map(Thing::lettering).toList().toString();
    String number = String.valueOf(dice.between(13, 89));
    while (parents.contains(number)) {
      number = String.valueOf(dice.between(13, 89));
    }
    return number;
  }

  /** Tells what is seen, in pieces. */
  private record Teller(Scene scene, Glimpse seen, Draft draft, String quote, Fault fault) {

    /** All of it: "a red teapot sits on a kitchen table next to a blue mug". */
    void whole() {
      Mention main = seen.main();
      main.write(draft);
      inscription();
      boolean many = main.fault() == Fault.COUNT;
      draft.add(" ").add(many ? Phrases.posture(main.kind()) : Phrases.does(main.kind())).add(" ");
      surroundings();
    }

    void inscription() {
      if (!quote.isEmpty()) {
        draft.add(" with the " + Phrases.lettering(quote) + " \"");
        draft.add(fault == Fault.SCENE_TEXT ? fault : Fault.NONE, quote).add("\" on it");
      }
    }

    void surroundings() {
      draft.add(Phrases.where(seen.main().kind(), scene.place()));
      seen.company(draft, true);
    }
  }
}
