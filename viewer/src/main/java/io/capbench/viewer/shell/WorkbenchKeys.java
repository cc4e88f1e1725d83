package io.capbench.viewer.shell;

import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.fuse.FuseViewModel;
import io.capbench.viewer.ground.GroundViewModel;
import io.capbench.viewer.ground.OverlayViewModel;
import io.capbench.viewer.review.ReviewViewModel;
import io.capbench.viewer.review.SpanViewModel;
import java.util.ArrayList;
import java.util.List;

/** Which key does what in the window. */
final class WorkbenchKeys {
  private static final String MOVE = "Move";
  private static final String DECIDE = "Decide";
  private static final String FILTER = "Filter and sort";
  private static final String NOTE = "Tag and mark";
  private static final String LOOK = "Look at the image";
  private static final String FUSE = "Merge captions";
  private static final String WINDOW = "Window";
  private static final String PICTURE = "Picture";
  private static final int TRACKS = 9;

  private final Workbench window;
  private final WorkbenchLayout layout;
  private final WorkbenchViewModel workbench;
  private final BrowseViewModel browse;
  private final ReviewViewModel review;
  private final GroundViewModel ground;
  private final FuseViewModel fuse;
  private final Sheets sheets;

  WorkbenchKeys(Workbench window, WorkbenchLayout layout, Workbench.Models models, Sheets sheets) {
    this.window = window;
    this.layout = layout;
    this.workbench = models.workbench();
    this.browse = models.browse();
    this.review = models.review();
    this.ground = models.ground();
    this.fuse = models.fuse();
    this.sheets = sheets;
  }

  KeyMap map() {
    List<KeyAction> keys = new ArrayList<>();
    keys.addAll(moving());
    keys.addAll(deciding());
    keys.addAll(filtering());
    keys.addAll(noting());
    keys.addAll(looking());
    keys.addAll(fusing());
    keys.addAll(window());
    keys.addAll(picture());
    return new KeyMap(keys);
  }

  private List<KeyAction> moving() {
    return List.of(
        KeyAction.of(MOVE, "Next row", "↓  J", () -> browse.move(1), "Down", "j", "J"),
        KeyAction.of(MOVE, "Previous row", "↑  K", () -> browse.move(-1), "Up", "k", "K"),
        KeyAction.of(MOVE, "A page down", "PgDn", () -> window.page(1), "Page Down"),
        KeyAction.of(MOVE, "A page up", "PgUp", () -> window.page(-1), "Page Up"),
        KeyAction.of(MOVE, "First row", "Home", () -> browse.select(0), "Home"),
        KeyAction.of(MOVE, "Last row", "End", () -> browse.select(Long.MAX_VALUE), "End"),
        KeyAction.of(MOVE, "Go to a row", "G  Ctrl+G", sheets::jump, "g", "G", "Shortcut+G"));
  }

  private List<KeyAction> deciding() {
    List<KeyAction> keys = new ArrayList<>();
    keys.add(KeyAction.of(DECIDE, "Accept", "A", review::accept, "a", "A"));
    keys.add(KeyAction.of(DECIDE, "Reject", "X", review::reject, "x", "X"));
    keys.add(KeyAction.of(DECIDE, "Skip", "Space", review::skip, "Space"));
    keys.add(KeyAction.of(DECIDE, "Clear the verdict", "Del", review::clearVerdict, "Delete"));
    keys.add(KeyAction.of(DECIDE, "Edit the caption", "E", window::edit, "e", "E"));
    for (int track = 1; track <= TRACKS; track++) {
      int number = track;
      keys.add(
          KeyAction.of(
              DECIDE,
              "Prefer track 1 to 9",
              number == 1 ? "1 – 9" : "",
              () -> review.preferNumber(number),
              String.valueOf(number)));
    }
    keys.add(KeyAction.of(DECIDE, "Undo", "Ctrl+Z", review::undo, "Shortcut+Z"));
    keys.add(
        KeyAction.of(
            DECIDE, "Redo", "Ctrl+Shift+Z", review::redo, "Shortcut+Shift+Z", "Shortcut+Y"));
    return keys;
  }

  private List<KeyAction> filtering() {
    return List.of(
        KeyAction.of(FILTER, "Search", "/  Ctrl+F", window::focusSearch, "/", "Shortcut+F"),
        KeyAction.of(
                FILTER,
                "Conditions, one by one",
                "Ctrl+Shift+F",
                window::toggleBuilder,
                "Shortcut+Shift+F")
            .everywhere(),
        KeyAction.of(FILTER, "Sort", "S", window::showSort, "s", "S"),
        KeyAction.of(FILTER, "Name the filter", "Ctrl+S", sheets::names, "Shortcut+S").everywhere(),
        KeyAction.of(FILTER, "Facets", "I", window::toggleFacets, "i", "I"),
        KeyAction.of(FILTER, "Filter anew", "F5", workbench.query()::apply, "F5").everywhere());
  }

  private List<KeyAction> noting() {
    SpanViewModel spans = review.spans();
    return List.of(
        KeyAction.of(NOTE, "Tag the row", "T", sheets::tags, "t", "T"),
        KeyAction.of(NOTE, "Select the next word", "→", () -> spans.moveWord(1, false), "Right"),
        KeyAction.of(
            NOTE, "Select the previous word", "←", () -> spans.moveWord(-1, false), "Left"),
        KeyAction.of(NOTE, "More words", "Shift+→", () -> spans.moveWord(1, true), "Shift+Right"),
        KeyAction.of(NOTE, "Fewer words", "Shift+←", () -> spans.moveWord(-1, true), "Shift+Left"),
        KeyAction.of(NOTE, "Select in the next caption", "W", spans::nextCaption, "w", "W"),
        KeyAction.of(NOTE, "Say what is wrong with the words", "H", sheets::spans, "h", "H"));
  }

  private List<KeyAction> looking() {
    OverlayViewModel overlay = ground.overlay();
    return List.of(
        KeyAction.of(LOOK, "Look where a caption is in the image", "L", ground::toggle, "l", "L"),
        KeyAction.of(LOOK, "Look at the next caption", "C", ground::nextCaption, "c", "C"),
        KeyAction.of(LOOK, "Next sub-caption", ".", () -> ground.move(1), "."),
        KeyAction.of(LOOK, "Previous sub-caption", ",", () -> ground.move(-1), ","),
        KeyAction.of(LOOK, "All sub-captions at once", "P", ground::toggleGrid, "p", "P"),
        KeyAction.of(LOOK, "Another method", "V", overlay::nextMethod, "v", "V"),
        KeyAction.of(LOOK, "Colours off and on", "O", overlay::toggleHidden, "o", "O"),
        KeyAction.of(LOOK, "Score rows", "Y", sheets::score, "y", "Y"),
        KeyAction.of(LOOK, "Models", "Ctrl+M", sheets::models, "Shortcut+M").everywhere());
  }

  private List<KeyAction> fusing() {
    return List.of(
        KeyAction.of(FUSE, "Fuse the row", "F", sheets::fuse, "f", "F"),
        KeyAction.of(FUSE, "Fuse filtered rows", "U", sheets::fuseRows, "u", "U"));
  }

  private List<KeyAction> window() {
    return List.of(
        KeyAction.of(WINDOW, "Open a file", "Ctrl+O", sheets::openFile, "Shortcut+O").everywhere(),
        KeyAction.of(WINDOW, "Export", "Ctrl+E", sheets::export, "Shortcut+E").everywhere(),
        KeyAction.of(WINDOW, "Columns", "M", sheets::columns, "m", "M"),
        KeyAction.of(WINDOW, "One row in the whole window", "Enter", this::focus, "Enter"),
        KeyAction.of(WINDOW, "Stop filtering, back to the list", "Esc", this::back, "Esc")
            .everywhere(),
        KeyAction.of(WINDOW, "To the notice under the header", "N", window::focusNotice, "n", "N"),
        KeyAction.of(WINDOW, "Fold the left side", "[", layout::toggleLeft, "["),
        KeyAction.of(WINDOW, "Fold the right side", "]", layout::toggleRight, "]"),
        KeyAction.of(WINDOW, "Light or dark", "Ctrl+D", layout::switchTheme, "Shortcut+D")
            .everywhere(),
        KeyAction.of(
                WINDOW,
                "Larger text",
                "Ctrl++",
                () -> layout.changeTextSize(1),
                "Shortcut+Plus",
                "Shortcut+Equals",
                "Shortcut+Shift+Equals",
                "Shortcut+Add")
            .everywhere(),
        KeyAction.of(
                WINDOW,
                "Smaller text",
                "Ctrl+−",
                () -> layout.changeTextSize(-1),
                "Shortcut+Minus",
                "Shortcut+Subtract")
            .everywhere(),
        KeyAction.of(
                WINDOW, "Text as it was", "Ctrl+0", () -> layout.changeTextSize(0), "Shortcut+0")
            .everywhere(),
        KeyAction.of(WINDOW, "Look as at first", "Ctrl+Shift+R", layout::reset, "Shortcut+Shift+R")
            .everywhere(),
        KeyAction.of(WINDOW, "All keys", "?  F1", sheets::help, "?", "F1"));
  }

  private List<KeyAction> picture() {
    return List.of(
        KeyAction.of(PICTURE, "Larger", "+", () -> window.picture().zoomIn(), "+"),
        KeyAction.of(PICTURE, "Smaller", "−", () -> window.picture().zoomOut(), "-"),
        KeyAction.of(PICTURE, "Whole picture", "0", () -> window.picture().fit(), "0"),
        KeyAction.of(
            PICTURE,
            "Ask again for a picture that failed",
            "Ctrl+R",
            window::retryPicture,
            "Shortcut+R"));
  }

  private void focus() {
    layout.focus(true);
  }

  private void back() {
    if (review.draftProperty().get() != null) {
      review.cancelEdit();
    } else if (workbench.query().runningProperty().get()) {
      workbench.query().cancel();
    } else if (window.leaveBuilder()) {
      window.focusRows();
    } else if (review.spans().selectionProperty().get() != null) {
      review.spans().clear();
    } else if (fuse.cancel()) {
      window.focusRows();
    } else if (ground.stepBack()) {
      window.focusRows();
    } else if (window.searching() && !workbench.filter().textProperty().get().isEmpty()) {
      workbench.filter().textProperty().set("");
      workbench.query().apply();
    } else {
      workbench.dismissProblem();
      layout.focus(false);
      window.focusRows();
    }
  }
}
