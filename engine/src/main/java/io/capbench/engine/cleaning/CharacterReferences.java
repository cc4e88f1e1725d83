package io.capbench.engine.cleaning;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jsoup.nodes.Entities;

/**
 * HTML's character references, resolved as HTML5 says and Python's html.unescape does: by name, by
 * decimal and by hexadecimal number, and without a semicolon what browsers resolve so.
 */
final class CharacterReferences {
  private static final Pattern REFERENCE =
      Pattern.compile("&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)");
  private static final Pattern CLOSED_REFERENCE = Pattern.compile("&#?[0-9A-Za-z]{1,24};");
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final String UNKNOWN = "\ufffd";
  // Undefined in windows-1252, where Java's charset gives the replacement character.
  private static final String UNDEFINED = "\u0081\u008d\u008f\u0090\u009d";

  private CharacterReferences() {}

  static TracedText resolve(TracedText text) {
    return text.text().indexOf('&') < 0
        ? text
        : text.replace(REFERENCE, CharacterReferences::resolved);
  }

  /**
   * Resolves only what ends with a semicolon, and also names that somebody wrote in capitals
   * throughout, as ftfy does: EACUTE for a capital E with an acute accent.
   */
  static TracedText resolveClosed(TracedText text) {
    return text.text().indexOf('&') < 0
        ? text
        : text.replace(CLOSED_REFERENCE, CharacterReferences::resolvedIfClosed);
  }

  private static String resolvedIfClosed(MatchResult match) {
    String reference = match.group();
    if (reference.charAt(1) == '#') {
      String character = resolve(TracedText.original(reference)).text();
      return character.indexOf(';') < 0 ? character : reference;
    }
    String name = reference.substring(1, reference.length() - 1);
    String character = named(name);
    if (!character.isEmpty()) {
      return character;
    }
    String small = named(name.toLowerCase(Locale.ROOT));
    boolean inCapitals = name.equals(name.toUpperCase(Locale.ROOT));
    return !inCapitals || small.isEmpty() || beginsWithBaseName(name)
        ? reference
        : small.toUpperCase(Locale.ROOT);
  }

  /** Whether browsers would see a shorter name in it that needs no semicolon. */
  private static boolean beginsWithBaseName(String name) {
    for (int length = name.length(); length > 1; length--) {
      if (Entities.isBaseNamedEntity(name.substring(0, length))) {
        return true;
      }
    }
    return false;
  }

  private static String resolved(MatchResult match) {
    String reference = match.group(1);
    return reference.charAt(0) == '#' ? number(reference) : name(reference);
  }

  private static String number(String reference) {
    boolean hexadecimal = Character.toLowerCase(reference.charAt(1)) == 'x';
    int radix = hexadecimal ? 16 : 10;
    int end = reference.length() - (reference.endsWith(";") ? 1 : 0);
    int number = 0;
    for (int i = hexadecimal ? 2 : 1; i < end && number <= Character.MAX_CODE_POINT; i++) {
      number = number * radix + Character.digit(reference.charAt(i), radix);
    }
    if (number == 0 || number > Character.MAX_CODE_POINT || isSurrogate(number)) {
      return UNKNOWN;
    }
    if (number >= 0x80 && number <= 0x9f) {
      return meantAsWindows1252(number);
    }
    return isNoCharacter(number) ? "" : Character.toString(number);
  }

  /** What a number in the range of C1 controls is taken for. */
  static String meantAsWindows1252(int number) {
    return UNDEFINED.indexOf(number) >= 0
        ? Character.toString(number)
        : new String(new byte[] {(byte) number}, WINDOWS_1252);
  }

  private static boolean isSurrogate(int number) {
    return number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE;
  }

  private static boolean isNoCharacter(int number) {
    return number <= 0x8
        || number == 0xb
        || (number >= 0xe && number <= 0x1f)
        || number == 0x7f
        || (number >= 0xfdd0 && number <= 0xfdef)
        || (number & 0xfffe) == 0xfffe;
  }

  private static String name(String reference) {
    if (reference.endsWith(";")) {
      String character = named(reference.substring(0, reference.length() - 1));
      if (!character.isEmpty()) {
        return character;
      }
    }
    for (int length = reference.length(); length > 1; length--) {
      String name = reference.substring(0, length);
      if (Entities.isBaseNamedEntity(name)) {
        return named(name) + reference.substring(length);
      }
    }
    return '&' + reference;
  }

  /**
   * What a name stands for.
   *
   * @param name without ampersand and semicolon
   * @return "" if it is none of HTML's
   */
  static String named(String name) {
    return Entities.getByName(name);
  }
}
