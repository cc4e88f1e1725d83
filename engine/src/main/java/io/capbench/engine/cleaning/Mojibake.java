package io.capbench.engine.cleaning;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Repairs text that was UTF-8 and was decoded with another charset, as often as that happened to
 * it. Follows the steps that ftfy 6.3 documents for fix_encoding; what is broken is decided by
 * {@link MojibakeSigns}.
 */
final class Mojibake {
  private static final List<SingleByteCharset> CHARSETS = SingleByteCharset.all();
  private static final SingleByteCharset WINDOWS_1252 = CHARSETS.get(1);
  private static final Pattern C1 = Pattern.compile("[\u0080-\u009f]");
  // A letter a with a grave accent whose second byte became a space, and the space behind it.
  private static final Pattern A_GRAVE = Pattern.compile("\u00c3 (?! |s |quel)");

  private Mojibake() {}

  static TracedText repair(TracedText text) {
    TracedText repaired = text;
    while (MojibakeSigns.in(repaired.text())) {
      TracedText next = once(repaired);
      if (next.text().equals(repaired.text())) {
        break;
      }
      repaired = next;
    }
    return repaired;
  }

  private static TracedText once(TracedText text) {
    for (SingleByteCharset charset : CHARSETS) {
      if (charset.covers(text.text())) {
        Optional<TracedText> decoded = decoded(text, charset);
        if (decoded.isPresent()) {
          return decoded.get();
        }
      }
    }
    TracedText partly = partly(text);
    return partly.text().equals(text.text()) ? withoutC1(text) : partly;
  }

  /** All of the text decoded anew, if all of it is UTF-8. */
  private static Optional<TracedText> decoded(TracedText text, SingleByteCharset charset) {
    TracedText spaced = charset.loose() ? text.replace(A_GRAVE, match -> "\u00c3\u00a0 ") : text;
    byte[] bytes = charset.encode(spaced.text());
    if (charset.loose()) {
      Utf8Sequence.restoreSpaces(bytes);
    }
    TracedText.Rewriter rewriter = spaced.rewrite();
    int at = 0;
    while (at < bytes.length) {
      Optional<Utf8Sequence> sequence = Utf8Sequence.at(bytes, at, charset.loose());
      if (sequence.isEmpty()) {
        return Optional.empty();
      }
      at += sequence.get().length();
      if (sequence.get().length() == 1 && sequence.get().character().charAt(0) != '\ufffd') {
        rewriter.keepTo(at);
      } else {
        rewriter.replaceTo(at, sequence.get().character());
      }
    }
    return Optional.of(rewriter.finish());
  }

  /** Only those runs of characters decoded anew that are broken for certain. */
  private static TracedText partly(TracedText text) {
    String all = text.text();
    TracedText.Rewriter rewriter = text.rewrite();
    int at = 0;
    while (at < all.length()) {
      int end = at;
      while (end < all.length() && WINDOWS_1252.encode(all.charAt(end)) >= 0x80) {
        end++;
      }
      if (end - at >= 2 && MojibakeSigns.in(around(all, at, end))) {
        decodeRun(rewriter, WINDOWS_1252.encode(all.substring(at, end)), at);
      }
      at = Math.max(at + 1, end);
    }
    return rewriter.finish();
  }

  private static String around(String all, int from, int to) {
    return all.substring(Math.max(0, from - 1), Math.min(all.length(), to + 1));
  }

  private static void decodeRun(TracedText.Rewriter rewriter, byte[] run, int offset) {
    int at = 0;
    while (at < run.length) {
      Optional<Utf8Sequence> sequence = Utf8Sequence.at(run, at, false);
      if (sequence.isPresent()) {
        rewriter.keepTo(offset + at);
        at += sequence.get().length();
        rewriter.replaceTo(offset + at, sequence.get().character());
      } else {
        at++;
      }
    }
  }

  /** C1 controls, which nobody writes, as the characters that windows-1252 has in their place. */
  static TracedText withoutC1(TracedText text) {
    return text.replace(
        C1, match -> CharacterReferences.meantAsWindows1252(match.group().charAt(0)));
  }
}
