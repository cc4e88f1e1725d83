package io.capbench.engine.cleaning;

import java.util.regex.Pattern;

/**
 * Tells text that was decoded with the wrong charset from text that only looks odd. UTF-8 gives
 * itself away: the first byte of a character becomes an accented letter, and the others become
 * symbols, punctuation and capitals which nobody writes right behind one. Every character is given
 * a class, and combinations of classes are looked for.
 *
 * <p>The combinations were found by asking which pairs and triples ftfy 6.3 takes for broken; they
 * agree with it on the charsets of Western and Central Europe and on most of the others.
 */
final class MojibakeSigns {
  private static final String OPENING =
      "\u201a\u201e\u2039\u2018\u201c\u2022\u00a1\u00a9\u00ab\u00bf";
  private static final String CLOSING = "\u201d\u2122\u203a\u00ae\u00bb";
  private static final String NUMERIC = "\u00b1\u00b2\u00b3\u00b5\u00b9\u00bc\u00bd\u00be";
  private static final String MONEY = "\u20ac\u00a2\u00a3\u00a5";
  private static final String ODD =
      "\u0192\u2020\u2021\u02c6\u2030\u02dc\u00a4\u00a6\u00a8\u00aa\u00ac\u00af\u00b8\u00ba"
          + "\u02c7\u02d8\u02db\u02dd\u02d9\u0384\u0385";
  private static final String SIGNS = "\u00a7\u00b0\u00b6";
  private static final String COMMON = "\u2026\u2019";
  private static final String NEUTRAL = "\u2013\u2014\u00a0\u00ad\u00b4\u00b7";

  /** Capitals that begin the letters of Western Europe, Greek and Russian in UTF-8. */
  private static final String FREQUENT = "\u00c3\u00c2\u00ce\u00d0\u0102";

  /** Capitals that begin characters which are rare, or that stand before symbols by themselves. */
  private static final String UNSUSPICIOUS =
      "\u00d2\u00d3\u00d4\u00d5\u00d6\u00d9\u00da\u00db\u00de";

  /*
   * l, L: plain letters   u, U: accented letters   k: S, Z and Y with an accent
   * F: frequent capital   E: unsuspicious capital   t: times   v, j: the ligatures OE, oe
   * o, c: opening and closing punctuation   n: numbers   m: money   w: odd   s: signs
   * h: ellipsis and apostrophe   -: neutral   x: C1 control   d: digit   f: replacement
   * r, e: Russian Er and Es, small Ve   D, y: Dje, other letters beside Russian   b: box
   * q, a: root and other mathematics   .: anything else
   */
  private static final Pattern SIGN =
      Pattern.compile(
          "x"
              + "|F[ocnmwskjf-]|Fv(?![lL])|Fh(?=[lLuU])|(?<![LdF])F(?= )"
              + "|U[nmws]|U[oc](?=[lLuU])|lUo|U[vj](?![lL])"
              + "|u[mwUFEvjk]|t[owuUkvj]|tn"
              + "|[uvjk]o[nwuUvjkFE]|[uvjk]s[nwuUvjkFEo]|[uvjkUF]c[mowuUvjknFEs]"
              + "|[uvjk]n[owuUvjkFE]|k[mwUvj]"
              + "|[uUF][ocmnwh-]?f"
              + "|(?:ry){2}|r[ocnmws]r?y|(?:r[yocnmwsh-]){3}|eD"
              + "|q[UuwomncFsEvj]|[lL]qa|a[uUFqvj]|oU[a-zA-Z]"
              + "|b[a-zA-Z]");

  private MojibakeSigns() {}

  /** Whether a text has signs of a wrong charset anywhere. */
  static boolean in(String text) {
    return SIGN.matcher(classes(text)).find();
  }

  private static String classes(String text) {
    StringBuilder classes = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      classes.append(classOf(text.charAt(i)));
    }
    return classes.toString();
  }

  private static char classOf(char value) {
    if (value < 0x80) {
      return Character.isLetter(value)
          ? Character.isUpperCase(value) ? 'L' : 'l'
          : Character.isDigit(value) ? 'd' : value == ' ' ? ' ' : '.';
    }
    if (value < 0xa0) {
      return 'x';
    }
    if (value >= 0x400 && value < 0x460) {
      return cyrillic(value);
    }
    if (value >= 0x2500 && value < 0x2600) {
      return 'b';
    }
    if (value == '\u221a') {
      return 'q';
    }
    if (value >= 0x2200 && value < 0x2300) {
      return 'a';
    }
    return value == '\ufffd' ? 'f' : letterOrSymbol(value);
  }

  private static char cyrillic(char value) {
    int special = "\u0420\u0421\u0432\u0402".indexOf(value);
    if (special >= 0) {
      return "rreD".charAt(special);
    }
    return (value >= 0x410 && value < 0x450) || value == '\u0401' || value == '\u0451' ? '.' : 'y';
  }

  private static char letterOrSymbol(char value) {
    String[] sets = {
      OPENING, CLOSING, NUMERIC, MONEY, ODD, SIGNS, COMMON, NEUTRAL, FREQUENT, UNSUSPICIOUS
    };
    for (int i = 0; i < sets.length; i++) {
      if (sets[i].indexOf(value) >= 0) {
        return "ocnmwsh-FE".charAt(i);
      }
    }
    if (value == '\u00d7') {
      return 't';
    }
    if ("\u0160\u0161\u017d\u017e\u0178".indexOf(value) >= 0) {
      return 'k';
    }
    if (value == '\u0152' || value == '\u0153') {
      return value == '\u0152' ? 'v' : 'j';
    }
    if (value < 0x250 && Character.isLetter(value)) {
      return Character.isUpperCase(value) ? 'U' : 'u';
    }
    return '.';
  }
}
