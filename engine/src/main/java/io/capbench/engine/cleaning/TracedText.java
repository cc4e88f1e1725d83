package io.capbench.engine.cleaning;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that was changed, and for every UTF-16 unit of it the part of the original that it stands
 * for. Immutable. Steps that change nothing give back the very same object.
 */
public final class TracedText {
  private final String text;
  // Null where nothing was changed yet, which is the rule.
  private final int @Nullable [] starts;
  private final int @Nullable [] ends;

  private TracedText(String text, int @Nullable [] starts, int @Nullable [] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  /** A text as it was given. */
  public static TracedText original(String text) {
    return new TracedText(text, null, null);
  }

  /** The text as it is now. */
  public String text() {
    return text;
  }

  /**
   * Where a unit's part of the original begins.
   *
   * @param index of a UTF-16 unit of the text as it is now
   */
  public int start(int index) {
    return starts == null ? index : starts[index];
  }

  /**
   * Where a unit's part of the original ends, exclusive; a surrogate pair's units share their part.
   *
   * @param index of a UTF-16 unit of the text as it is now
   */
  public int end(int index) {
    return ends == null ? index + 1 : ends[index];
  }

  /**
   * Replaces what a pattern finds.
   *
   * @param replacement for a match; the matched text itself leaves it alone
   */
  TracedText replace(Pattern pattern, Function<MatchResult, String> replacement) {
    Matcher matcher = pattern.matcher(text);
    Rewriter rewriter = rewrite();
    while (matcher.find()) {
      String with = replacement.apply(matcher);
      if (!with.contentEquals(text.subSequence(matcher.start(), matcher.end()))) {
        rewriter.keepTo(matcher.start());
        rewriter.replaceTo(matcher.end(), with);
      }
    }
    return rewriter.finish();
  }

  /** A part of this text. */
  TracedText part(int from, int to) {
    if (from == 0 && to == text.length()) {
      return this;
    }
    Rewriter rewriter = rewrite();
    rewriter.replaceTo(from, "");
    rewriter.keepTo(to);
    rewriter.replaceTo(text.length(), "");
    return rewriter.finish();
  }

  /** Texts one behind the other, which are parts of one original. */
  static TracedText join(List<TracedText> parts) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.text));
    int[] starts = new int[text.length()];
    int[] ends = new int[text.length()];
    int at = 0;
    for (TracedText part : parts) {
      for (int i = 0; i < part.text.length(); i++) {
        starts[at] = part.start(i);
        ends[at++] = part.end(i);
      }
    }
    return new TracedText(text.toString(), starts, ends);
  }

  /** Starts to change the text from its beginning to its end. */
  Rewriter rewrite() {
    return new Rewriter();
  }

  /** Goes over the text once, keeping or replacing it piece by piece. */
  final class Rewriter {
    private final StringBuilder out = new StringBuilder();
    private int[] outStarts = {};
    private int[] outEnds = {};
    private int at;
    private boolean changed;

    /** Keeps everything up to a position. */
    void keepTo(int to) {
      if (changed) {
        makeRoom(to - at);
        for (int i = at; i < to; i++) {
          outStarts[out.length() + i - at] = start(i);
          outEnds[out.length() + i - at] = end(i);
        }
      }
      out.append(text, at, to);
      at = to;
    }

    /** Puts something in the place of everything up to a position. */
    void replaceTo(int to, String with) {
      if (at == to && with.isEmpty()) {
        return;
      }
      if (!changed) {
        noteWhatWasKept();
      }
      makeRoom(with.length());
      int start = at < text.length() ? start(at) : at == 0 ? 0 : end(at - 1);
      int end = to > at ? end(to - 1) : start;
      Arrays.fill(outStarts, out.length(), out.length() + with.length(), start);
      Arrays.fill(outEnds, out.length(), out.length() + with.length(), end);
      out.append(with);
      at = to;
    }

    /** The changed text, with what was not gone over yet as it was. */
    TracedText finish() {
      keepTo(text.length());
      return changed ? new TracedText(out.toString(), outStarts, outEnds) : TracedText.this;
    }

    private void noteWhatWasKept() {
      changed = true;
      makeRoom(0);
      for (int i = 0; i < at; i++) {
        outStarts[i] = start(i);
        outEnds[i] = end(i);
      }
    }

    private void makeRoom(int more) {
      int needed = out.length() + more;
      if (needed > outStarts.length) {
        int length = Math.max(needed, Math.max(text.length(), 2 * outStarts.length));
        outStarts = Arrays.copyOf(outStarts, length);
        outEnds = Arrays.copyOf(outEnds, length);
      }
    }
  }
}
