package io.capbench.engine.cleaning;

import java.util.ArrayList;
import java.util.List;

/**
 * What ftfy 6.3's fix_text does to a text with its options as they are by default, written anew
 * from its documentation: line by line, all repairs in turn until nothing changes.
 */
final class TextRepair {
  /** A text that still changes then was made to keep machines busy. */
  private static final int MOST_TURNS = 64;

  private TextRepair() {}

  static TracedText repair(TracedText text) {
    String all = text.text();
    if (all.indexOf('\n') < 0) {
      return repairLine(text, all.indexOf('<') < 0);
    }
    List<TracedText> lines = new ArrayList<>();
    boolean resolve = true;
    int at = 0;
    while (at < all.length()) {
      int end = all.indexOf('\n', at) + 1;
      end = end == 0 ? all.length() : end;
      TracedText line = text.part(at, end);
      // What has tags is HTML, which keeps its references, in the lines that follow too.
      resolve &= line.text().indexOf('<') < 0;
      lines.add(repairLine(line, resolve));
      at = end;
    }
    return TracedText.join(lines);
  }

  private static TracedText repairLine(TracedText line, boolean resolveReferences) {
    TracedText repaired = line;
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      TracedText before = repaired;
      if (resolveReferences) {
        repaired = CharacterReferences.resolveClosed(repaired);
      }
      repaired = turn(repaired);
      if (repaired.text().equals(before.text())) {
        break;
      }
    }
    return repaired;
  }

  private static TracedText turn(TracedText line) {
    TracedText repaired = line;
    repaired = CharacterRepairs.separateLigatures(repaired);
    repaired = CharacterRepairs.levelWidths(repaired);
    repaired = CharacterRepairs.straightenQuotes(repaired);
    repaired = CharacterRepairs.levelLineBreaks(repaired);
    repaired = CharacterRepairs.replaceLoneSurrogates(repaired);
    repaired = CharacterRepairs.removeTerminalEscapes(repaired);
    repaired = CharacterRepairs.removeControls(repaired);
    return CharacterRepairs.compose(repaired);
  }
}
