package io.capbench.viewer.review;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.workspace.NewDecision;
import io.capbench.storage.workspace.Span;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.caption.Words;
import java.util.List;
import java.util.OptionalInt;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Selects words in the captions of the row that is shown, and says of words what is wrong with
 * them. FX thread only.
 */
public final class SpanViewModel {
  /** What is looked through for words at most; no more is shown of a caption either. */
  public static final int SHOWN = 20_000;

  private final BrowseViewModel browse;
  private final DecisionRecorder recorder;
  private final SpanTypes types = new SpanTypes();
  private final ReadOnlyObjectWrapper<@Nullable WordSelection> selection =
      new ReadOnlyObjectWrapper<>(this, "selection", null);
  private ColumnMapping mapping = ColumnMapping.NONE;
  private String firstTrack = "";

  SpanViewModel(BrowseViewModel browse, DecisionRecorder recorder) {
    this.browse = browse;
    this.recorder = recorder;
    browse.currentProperty().subscribe(this::forgetOfOtherRow);
  }

  /** Works with these tracks from now on. */
  void attach(ColumnMapping tracks) {
    mapping = tracks;
    clear();
  }

  /** Works with more tracks from now on; what is selected stays so. */
  void retrack(ColumnMapping tracks) {
    mapping = tracks;
  }

  private void forgetOfOtherRow(@Nullable RowItem item) {
    WordSelection selected = selection.get();
    if (selected != null && item != null && !selected.row().key().equals(item.row().key())) {
      clear();
    }
  }

  /** The caption in which the keys begin to select, if the row has it; empty for the fused one. */
  public void beginIn(String track) {
    firstTrack = track;
  }

  /** What can be said of words. */
  public SpanTypes types() {
    return types;
  }

  /** The words that are selected, or null. */
  public ReadOnlyObjectProperty<@Nullable WordSelection> selectionProperty() {
    return selection.getReadOnlyProperty();
  }

  /** Selects nothing. */
  public void clear() {
    selection.set(null);
  }

  /**
   * Selects the words of a caption that a stretch touches; nothing if it touches none.
   *
   * @param from UTF-16 position of the character where the stretch began
   * @param to position of the character where it ended, which may be before
   */
  public void select(String track, int from, int to) {
    RowItem item = browse.currentProperty().get();
    String caption = item == null ? null : item.row().caption(track);
    if (item == null || caption == null) {
      return;
    }
    WordSelection before = selection.get();
    Words words = before != null && before.track().equals(track) ? before.words() : words(caption);
    OptionalInt first = words.from(Math.min(from, to));
    OptionalInt last = words.upTo(Math.max(from, to));
    if (first.isEmpty() || last.isEmpty() || first.getAsInt() > last.getAsInt()) {
      clear();
      return;
    }
    boolean backwards = to < from;
    selection.set(
        new WordSelection(
            item.row(),
            track,
            words,
            backwards ? last.getAsInt() : first.getAsInt(),
            backwards ? first.getAsInt() : last.getAsInt()));
  }

  private static Words words(String caption) {
    return new Words(caption.length() > SHOWN ? caption.substring(0, SHOWN) : caption);
  }

  /**
   * Selects the word so many words further on; backwards if negative. Begins in the caption that is
   * looked at, else in the fused one.
   *
   * @param extend keeps the other end of the selection where it is
   */
  public void moveWord(int by, boolean extend) {
    WordSelection before = selection.get();
    if (before == null) {
      RowItem item = browse.currentProperty().get();
      List<String> tracks = item == null ? List.of() : tracks(item.row());
      if (item != null && !tracks.isEmpty()) {
        String fused =
            tracks.contains(firstTrack)
                ? firstTrack
                : mapping.first(TrackRole.FUSED).map(CaptionTrack::name).orElse(tracks.get(0));
        begin(item.row(), tracks.contains(fused) ? fused : tracks.get(0), by < 0);
      }
      return;
    }
    int last = before.words().size() - 1;
    int caret = Math.max(0, Math.min(last, before.caret() + by));
    selection.set(
        new WordSelection(
            before.row(), before.track(), before.words(), extend ? before.anchor() : caret, caret));
  }

  /** Selects the first word of the next caption that has any; of the fused one to begin with. */
  public void nextCaption() {
    WordSelection before = selection.get();
    if (before == null) {
      moveWord(1, false);
      return;
    }
    List<String> tracks = tracks(before.row());
    int next = (tracks.indexOf(before.track()) + 1) % tracks.size();
    begin(before.row(), tracks.get(next), false);
  }

  private void begin(CaptionRow row, String track, boolean atEnd) {
    Words words = words(String.valueOf(row.caption(track)));
    int word = atEnd ? words.size() - 1 : 0;
    selection.set(new WordSelection(row, track, words, word, word));
  }

  private List<String> tracks(CaptionRow row) {
    return mapping.tracks().stream()
        .map(CaptionTrack::name)
        .filter(track -> row.caption(track) != null)
        .filter(track -> words(String.valueOf(row.caption(track))).size() > 0)
        .toList();
  }

  /** Says that nothing is selected that something could be said of. */
  public void askForWords() {
    recorder.complain("Select words of a caption first, with the mouse or with ← and →");
  }

  /** Marks words as of that type, and selects nothing if they are still selected. */
  public void mark(WordSelection marked, SpanType type) {
    if (marked.equals(selection.get())) {
      clear();
    }
    CaptionRow row = marked.row();
    Span place = new Span(marked.start(), marked.end());
    String words = quoted(marked.text());
    recorder.add(
        decisions -> {
          String who = recorder.annotator();
          CaptionSpan span =
              new CaptionSpan(marked.track(), place.start(), place.end(), type.id(), who);
          recorder.write(
              () -> {
                Decision before = DecisionRecorder.current(decisions, row.key(), who);
                if (before.spans().stream().anyMatch(span::sameAs)) {
                  return () -> recorder.noted(before, words + " is marked " + type.name());
                }
                Decision now =
                    DecisionRecorder.append(
                        decisions, NewDecision.span(row, who, marked.track(), place, type.id()));
                return () -> recorder.noted(now, "Marked " + words + " as " + type.name());
              });
          return true;
        });
  }

  /** Takes back what was said of words. */
  public void remove(CaptionRow row, CaptionSpan span) {
    recorder.add(
        decisions -> {
          recorder.record(
              decisions,
              NewDecision.unspan(
                  row,
                  recorder.annotator(),
                  span.track(),
                  new Span(span.start(), span.end()),
                  span.type()),
              "Removed the mark " + types.name(span.type()) + " from " + span.track());
          return true;
        });
  }

  private static String quoted(String text) {
    int most = 40;
    String line = text.replaceAll("\\s+", " ");
    return "\"" + (line.length() > most ? line.substring(0, most) + "…" : line) + "\"";
  }
}
