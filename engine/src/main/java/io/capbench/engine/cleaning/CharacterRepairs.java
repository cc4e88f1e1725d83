package io.capbench.engine.cleaning;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Repairs of single characters, as ftfy 6.3's options of the same names describe them: ligatures of
 * Latin letters, widths, quotation marks, line breaks, surrogates, terminal escapes, control
 * characters, and the normal form NFC.
 */
final class CharacterRepairs {
  private static final Pattern TERMINAL_ESCAPE = Pattern.compile("\u001b\\[[0-9;]*[a-zA-Z]");
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n?|[\u2028\u2029\u0085]");
  private static final Pattern LONE_SURROGATE = Pattern.compile("[\ud800-\udfff]");
  private static final Pattern CONTROL =
      Pattern.compile("[\u0000-\u0008\u000b\u000e-\u001f\u007f\u206a-\u206f\ufeff\ufff9-\ufffc]");
  private static final Pattern QUOTE = Pattern.compile("[\u02bc\u2018-\u201b\u201c-\u201f]");
  private static final Pattern LIGATURE =
      Pattern.compile("[\u0132\u0133\u0149\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb06]");
  private static final Pattern WIDE = Pattern.compile("[\u3000\uff01-\uffef]");
  // A letter with the marks that may combine with it, or a Hangul syllable in parts.
  private static final Pattern CLUSTER =
      Pattern.compile(".[\\p{M}\u1161-\u1175\u11a8-\u11c2]*", Pattern.DOTALL);
  private static final Map<String, String> LIGATURES =
      Map.ofEntries(
          Map.entry("\u0132", "IJ"),
          Map.entry("\u0133", "ij"),
          Map.entry("\u0149", "\u02bcn"),
          Map.entry("\u01f1", "DZ"),
          Map.entry("\u01f2", "Dz"),
          Map.entry("\u01f3", "dz"),
          Map.entry("\u01c4", "D\u017d"),
          Map.entry("\u01c5", "D\u017e"),
          Map.entry("\u01c6", "d\u017e"),
          Map.entry("\u01c7", "LJ"),
          Map.entry("\u01c8", "Lj"),
          Map.entry("\u01c9", "lj"),
          Map.entry("\u01ca", "NJ"),
          Map.entry("\u01cb", "Nj"),
          Map.entry("\u01cc", "nj"),
          Map.entry("\ufb00", "ff"),
          Map.entry("\ufb01", "fi"),
          Map.entry("\ufb02", "fl"),
          Map.entry("\ufb03", "ffi"),
          Map.entry("\ufb04", "ffl"),
          Map.entry("\ufb05", "\u017ft"),
          Map.entry("\ufb06", "st"));

  private CharacterRepairs() {}

  static TracedText removeTerminalEscapes(TracedText text) {
    return text.text().indexOf('\u001b') < 0 ? text : text.replace(TERMINAL_ESCAPE, match -> "");
  }

  static TracedText separateLigatures(TracedText text) {
    return text.replace(LIGATURE, match -> LIGATURES.getOrDefault(match.group(), match.group()));
  }

  static TracedText levelWidths(TracedText text) {
    return text.replace(WIDE, match -> Normalizer.normalize(match.group(), Normalizer.Form.NFKC));
  }

  static TracedText straightenQuotes(TracedText text) {
    return text.replace(QUOTE, match -> match.group().charAt(0) >= '\u201c' ? "\"" : "'");
  }

  static TracedText levelLineBreaks(TracedText text) {
    return text.replace(LINE_BREAK, match -> "\n");
  }

  static TracedText replaceLoneSurrogates(TracedText text) {
    return text.replace(LONE_SURROGATE, match -> "\ufffd");
  }

  static TracedText removeControls(TracedText text) {
    return text.replace(CONTROL, match -> "");
  }

  /** Normal form NFC, letter by letter, so that each remembers where it came from. */
  static TracedText compose(TracedText text) {
    if (Normalizer.isNormalized(text.text(), Normalizer.Form.NFC)) {
      return text;
    }
    return text.replace(CLUSTER, match -> Normalizer.normalize(match.group(), Normalizer.Form.NFC));
  }
}
