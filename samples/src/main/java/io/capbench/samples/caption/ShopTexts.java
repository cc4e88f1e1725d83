package io.capbench.samples.caption;

import io.capbench.samples.caption.Tongues.Tongue;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes alt-texts in the voices of shops: products, books, auctions, other languages. */
final class ShopTexts {
  private final Names names;
  private final Tongues tongues = new Tongues();

  ShopTexts(Names names) {
    this.names = names;
  }

  /** About 2,000 characters of search words, as shops write them that want to be found. */
  AltText wordy(Scene scene, Dice dice) {
    String brand = names.brand(dice);
    StringBuilder text = new StringBuilder(brand + " " + Phrases.title(scene.main().kind().noun()));
    while (text.length() < 2000) {
      Kind kind = dice.pick(scene.place().kinds());
      text.append(dice.one(", ", " | ", ", ", " - "));
      text.append(dice.one("cheap ", "best ", "buy ", "discount ", "new ", "top 10 ", ""));
      text.append(dice.pick(Catalogue.products(kind)).toLowerCase(Locale.ROOT));
      text.append(
          dice.one("", " " + names.code(dice), " " + names.brand(dice), " online", " sale"));
    }
    String name = brand + " " + scene.main().kind().noun();
    return new AltText(text.toString(), Map.of("brand", brand), name, "", "");
  }

  AltText product(Thing main, Dice dice) {
    Offer offer =
        new Offer(
            names.brand(dice),
            names.code(dice),
            dice.pick(Catalogue.products(main.kind())),
            Phrases.title(main.colour().word()),
            names.price(dice),
            dice.between(2, 12));
    return switch (dice.below(7)) {
      case 0 -> offer.online();
      case 1 -> offer.loud();
      case 2 -> offer.bundle();
      case 3 -> offer.cheap(dice.between(1_000_000, 9_999_999));
      case 4 -> offer.marked();
      case 5 -> offer.rated(dice.one("Shopwell", "Handelo", "Basketry"));
      default -> offer.collection(dice.between(2005, 2022));
    };
  }

  AltText book(Thing main, String lettering, Dice dice) {
    String person = names.person(dice);
    String isbn = names.isbn(dice);
    String title = Phrases.title(lettering.toLowerCase(Locale.ROOT));
    String name = "book \"%s\" by %s".formatted(title, person);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("title", title);
    facts.put("name", person);
    if (dice.chance(0.6)) {
      facts.put("isbn", isbn);
      String text = "%s by %s, Hardcover, ISBN-13: %s".formatted(title, person, isbn);
      return new AltText(text, facts, name, "ISBN-13 " + isbn, "");
    }
    String colour = Phrases.title(main.colour().word());
    String text = "%s: %s [%s Edition] PDF free downl".formatted(person, title, colour);
    return new AltText(text, facts, name, "", "");
  }

  AltText auction(Thing main, Dice dice) {
    int lot = dice.between(11, 980);
    String person = names.person(dice);
    int low = dice.between(2, 40) * 10;
    String estimate = "$" + low + "-" + (low + dice.between(1, 5) * 10);
    String brand = names.brand(dice);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("lot", "Lot " + lot);
    facts.put("estimate", estimate);
    facts.put("brand", brand);
    facts.put("name", person);
    String item = brand + " " + main.kind().noun();
    String text =
        "Lot %s: %s, estate of %s, est. %s".formatted(lot, Phrases.a(item), person, estimate);
    String extra = "offered as lot %s with an estimate of %s".formatted(lot, estimate);
    return new AltText(text, facts, item + " from the estate of " + person, extra, "");
  }

  AltText foreign(Thing main, Dice dice) {
    String brand = names.brand(dice);
    String code = names.code(dice);
    Tongue tongue =
        dice.one(
            Tongue.GERMAN,
            Tongue.GERMAN,
            Tongue.GERMAN,
            Tongue.FRENCH,
            Tongue.FRENCH,
            Tongue.SPANISH,
            Tongue.SPANISH,
            Tongue.JAPANESE,
            Tongue.ARABIC);
    String noun = tongues.noun(main.kind(), tongue);
    String colour = tongues.colour(main.colour(), tongue);
    String price = dice.between(9, 89) + ",90 €";
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("brand", brand);
    facts.put("code", code);
    String text =
        switch (tongue) {
          case GERMAN -> {
            facts.put("price", price);
            yield "%s %s %s, Art.-Nr. %s günstig kaufen ab %s"
                .formatted(brand, noun, colour, code, price);
          }
          case FRENCH ->
              noun + " " + brand + " " + code + " – coloris " + colour + " – livraison offerte";
          case SPANISH ->
              noun + " " + brand + " " + code + " color " + colour + " | envío gratis ¡Oferta!";
          case JAPANESE -> "【送料無料】" + brand + " " + noun + "（" + colour + "） " + code;
          case ARABIC -> noun + " " + colour + " من " + brand + " موديل " + code + " - توصيل مجاني";
        };
    String english = brand + " " + code + " " + main.kind().noun();
    String extra = facts.containsKey("price") ? "offered from " + price : "";
    return new AltText(text, facts, english, extra, "");
  }

  /**
   * A product that a shop offers.
   *
   * @param set how many come together
   */
  private record Offer(
      String brand, String code, String product, String colour, String price, int set) {

    private String plain() {
      return brand + " " + product;
    }

    private String full() {
      return brand + " " + code + " " + product;
    }

    private String html() {
      return brand.replace("&", "&amp;");
    }

    private static Map<String, String> facts(String... namesAndValues) {
      Map<String, String> facts = new LinkedHashMap<>();
      for (int i = 0; i < namesAndValues.length; i += 2) {
        facts.put(namesAndValues[i], namesAndValues[i + 1]);
      }
      return facts;
    }

    AltText online() {
      String text = "%s %s | Order Online".formatted(full(), colour);
      return new AltText(text, facts("brand", brand, "code", code), full(), "", "");
    }

    AltText loud() {
      String text = plain().toUpperCase(Locale.ROOT) + " - " + price + " FREE SHIPPING!!";
      Map<String, String> facts = facts("brand", brand.toUpperCase(Locale.ROOT), "price", price);
      return new AltText(text, facts, plain(), "listed at " + price, "");
    }

    AltText bundle() {
      String text =
          "%s &quot;%s&quot; %s - %s, Set of %s".formatted(html(), code, product, colour, set);
      Map<String, String> facts = facts("brand", html(), "code", code, "number", "Set of " + set);
      return new AltText(text, facts, full(), "sold in a set of " + set, "");
    }

    AltText cheap(int sku) {
      String text = "Buy %s Online at Low Prices (SKU %s)".formatted(plain(), sku);
      Map<String, String> facts = facts("brand", brand, "sku", String.valueOf(sku));
      return new AltText(text, facts, plain(), "sold under SKU " + sku, "");
    }

    AltText marked() {
      String text =
          "<b>%s</b> %s<br /> %s &amp; more | now %s".formatted(html(), product, colour, price);
      Map<String, String> facts = facts("brand", html(), "price", price);
      return new AltText(text, facts, plain(), "now priced at " + price, "");
    }

    AltText rated(String shop) {
      String text = "%s 3-Star Rated %s - %s | Best Sel".formatted(full(), colour, shop);
      Map<String, String> facts = facts("brand", brand, "code", code, "rating", "3-Star");
      return new AltText(text, facts, full(), "rated three stars", "");
    }

    AltText collection(int year) {
      String text = "%s by %s, %s Collection, %s".formatted(product, brand, year, colour);
      Map<String, String> facts = facts("brand", brand, "year", String.valueOf(year));
      return new AltText(text, facts, plain(), "part of the " + year + " collection", "");
    }
  }
}
