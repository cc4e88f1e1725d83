package io.capbench.viewer.theme;

import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;

/**
 * The mark of words that tell a person what did not work, wherever in the window they stand: by it
 * stylesheets can colour them, and who drives the window knows that waiting is in vain. FX thread
 * only.
 */
public final class ProblemMark {
  private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");

  private ProblemMark() {}

  /** Marks words that never tell of anything else. */
  public static void on(Label words) {
    set(words, true);
  }

  /** Marks words, or takes the mark away when they tell of something else. */
  public static void set(Label words, boolean problem) {
    words.pseudoClassStateChanged(PROBLEM, problem);
  }

  /** The sentences about problems that a person sees now. */
  public static List<String> seenIn(Parent part) {
    return part.lookupAll(".label").stream()
        .filter(node -> node.getPseudoClassStates().contains(PROBLEM))
        .filter(ProblemMark::seen)
        .map(node -> ((Label) node).getText())
        .filter(words -> !words.isBlank())
        .toList();
  }

  private static boolean seen(Node node) {
    for (Node each = node; each != null; each = each.getParent()) {
      if (!each.isVisible()) {
        return false;
      }
    }
    return true;
  }
}
