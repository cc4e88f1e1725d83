package io.capbench.samples.caption;

import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes alt-texts in the many voices of the web. */
final class AltTextWriter {
  private final Names names;
  private final ShopTexts shops;

  AltTextWriter(Names names) {
    this.names = names;
    this.shops = new ShopTexts(names);
  }

  /** About 2,000 characters of search words. */
  AltText wordy(Scene scene, Dice dice) {
    return shops.wordy(scene, dice);
  }

  /** In a voice that chance picks. */
  AltText write(Scene scene, Dice dice) {
    Thing main = scene.main();
    if (main.kind() == Kind.BOOK && main.lettering() != null) {
      return shops.book(main, main.lettering(), dice);
    }
    int voice = dice.below(100);
    if (voice < 34) {
      return shops.product(main, dice);
    } else if (voice < 46) {
      return shops.foreign(main, dice);
    } else if (voice < 58) {
      return print(scene, dice);
    } else if (voice < 72) {
      return travel(scene, dice);
    } else if (voice < 80) {
      return shops.auction(main, dice);
    } else if (voice < 88) {
      return fileName(scene, dice);
    } else {
      return story(scene, dice);
    }
  }

  private AltText print(Scene scene, Dice dice) {
    String person = names.person(dice);
    String size = names.size(dice);
    String subject = Phrases.title(scene.main().colour().word() + " " + scene.main().kind().noun());
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("name", person);
    facts.put("size", size);
    String text =
        dice.one(
            subject + " Canvas Print " + size + "&quot; by " + person,
            subject + " - " + person + " - Giclée Art Print, " + size + "\" | Wall Decor",
            person + " illustration, \"" + subject + "\", poster " + size);
    return new AltText(
        text,
        facts,
        "",
        "",
        dice.one("in a print of " + size + " inches by ", "in an illustration by ") + person);
  }

  private AltText travel(Scene scene, Dice dice) {
    String town = names.town(dice);
    String month = names.month(dice);
    String person = names.person(dice);
    String noun = scene.main().kind().noun();
    String tag = noun.replace(" ", "");
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("town", town);
    switch (dice.below(4)) {
      case 0 -> {
        facts.put("date", month);
        String place = scene.place().noun().replace(" ", "");
        String text = "%s, %s #travel #%s #%s #nofilter".formatted(town, month, tag, place);
        return new AltText(text, facts, "", "", "pictured in " + town + " in " + month);
      }
      case 1 -> {
        facts.put("name", person);
        String date = names.date(dice);
        facts.put("date", date);
        String text = Phrases.title(noun) + " in " + town + ", " + date + ". Picture: " + person;
        return new AltText(
            text, facts, "", "", "captured by " + person + " in " + town + " on " + date);
      }
      case 2 -> {
        int day = dice.between(3, 99);
        facts.put("number", "Day " + day);
        String mood = dice.one("😍", "🌊☀️", "🎒✨", "😂");
        String text = "Day %s: %s spotting in %s %s".formatted(day, noun, town, mood);
        return new AltText(
            text, facts, "", "", "seen in " + town + " on day " + day + " of a trip");
      }
      default -> {
        facts.put("name", person);
        String text =
            person + " | " + town + " | " + Phrases.title(scene.place().noun()) + " | Portfolio";
        return new AltText(text, facts, "", "", "from the " + town + " portfolio of " + person);
      }
    }
  }

  private AltText fileName(Scene scene, Dice dice) {
    int number = dice.between(2, 4999);
    String stem = scene.main().colour().word() + "-" + scene.main().kind().noun().replace(' ', '-');
    String text =
        dice.one(
            stem + "-" + scene.place().noun().split(" ", -1)[0] + "-" + number,
            "IMG_" + number + "_" + stem.replace('-', '_') + " (1)",
            stem + "_" + number + ".jpg");
    return new AltText(text, Map.of("number", String.valueOf(number)), "", "", "");
  }

  private AltText story(Scene scene, Dice dice) {
    String person = names.person(dice);
    String town = names.town(dice);
    String brand = names.brand(dice);
    String noun = scene.main().kind().noun();
    String nouns = Phrases.plural(noun);
    int count = dice.between(5, 25);
    Map<String, String> facts = new LinkedHashMap<>();
    switch (dice.below(4)) {
      case 0 -> {
        facts.put("name", person);
        facts.put("town", town);
        String text = "%s at the %s %s Fair".formatted(person, town, Phrases.title(noun));
        String aside = "as shown by %s at the %s %s fair".formatted(person, town, noun);
        return new AltText(text, facts, "", "", aside);
      }
      case 1 -> {
        facts.put("number", String.valueOf(count));
        facts.put("brand", brand);
        String place = Phrases.title(scene.place().noun());
        String text =
            "%s Best %s for the %s, Tested by %s"
                .formatted(count, Phrases.title(nouns), place, brand);
        String aside = "from a list of the %s best %s tested by %s".formatted(count, nouns, brand);
        return new AltText(text, facts, "", "", aside);
      }
      case 2 -> {
        facts.put("name", person);
        String text =
            "Our favourite %s of the year and what %s told us about the way they are ma"
                .formatted(nouns, person);
        return new AltText(text, facts, "", "", "one of the favourites discussed by " + person);
      }
      default -> {
        String year = String.valueOf(dice.between(1998, 2021));
        facts.put("town", town);
        facts.put("year", year);
        String loud = town.toUpperCase(Locale.ROOT);
        String text = "REPLAY: %s %s Week %s » %s".formatted(loud, Phrases.title(noun), year, town);
        String aside = "at the %s %s week of %s".formatted(town, noun, year);
        return new AltText(text, facts, "", "", aside);
      }
    }
  }
}
