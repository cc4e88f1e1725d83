package io.capbench.storage.workspace;

import static io.capbench.storage.workspace.Rows.BOTH;
import static io.capbench.storage.workspace.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories against an editor with two stacks per person, written without the log. */
class DecisionHistoryPropertyTest {
  private static final List<String> PEOPLE = List.of("Ada", "Bo");
  private static final List<String> TAGS = List.of("blurred", "Blurred", "check");

  private static final Set<DecisionAction> NOTING =
      EnumSet.of(
          DecisionAction.TAG, DecisionAction.UNTAG, DecisionAction.SPAN, DecisionAction.UNSPAN);

  @TempDir Path folder;

  private final List<NewDecision> happened = new ArrayList<>();
  private final Map<NewDecision, Boolean> counts = new HashMap<>();
  private final Map<String, Deque<NewDecision>> done = new HashMap<>();
  private final Map<String, Deque<NewDecision>> undone = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theViewIsWhatAnEditorWouldShowAndWhatTheLogRebuilds(long seed) {
    Random random = new Random(seed);
    PEOPLE.forEach(person -> done.put(person, new ArrayDeque<>()));
    PEOPLE.forEach(person -> undone.put(person, new ArrayDeque<>()));
    try (Workspace workspace = Workspace.open(folder.resolve("w.capbench"))) {
      DecisionLog log = workspace.decisions();
      for (int step = 0; step < 250; step++) {
        String person = PEOPLE.get(random.nextInt(PEOPLE.size()));
        switch (random.nextInt(8)) {
          case 0, 1 -> assertMoved(log.undo(person, BOTH), undo(person));
          case 2 -> assertMoved(log.redo(person, BOTH), redo(person));
          default -> log.append(act(person, randomAction(random, person, step)));
        }
      }
      List<Decision> view = log.all();
      assertThat(view).extracting(DecisionHistoryPropertyTest::answer).isEqualTo(expected());
      assertThat(log.rebuild()).isEqualTo(view.size());
      assertThat(log.all()).isEqualTo(view);
      view.forEach(decision -> assertThat(log.current(decision.key())).contains(decision));
    }
  }

  private static NewDecision randomAction(Random random, String person, int step) {
    CaptionRow row =
        row(random.nextBoolean() ? Rows.FIRST_SHARD : Rows.SECOND_SHARD, random.nextInt(4));
    NewDecision decision =
        switch (random.nextInt(12)) {
          case 0 -> NewDecision.accept(row, person);
          case 1 -> NewDecision.reject(row, person);
          case 2 -> NewDecision.skip(row, person);
          case 3 -> NewDecision.clear(row, person);
          case 4 -> NewDecision.prefer(row, person, "track " + random.nextInt(3));
          case 5 -> NewDecision.prefer(row, person, null);
          case 6 -> NewDecision.withdrawEdit(row, person);
          case 7 -> NewDecision.tag(row, person, TAGS.get(random.nextInt(TAGS.size())));
          case 8 -> NewDecision.untag(row, person, TAGS.get(random.nextInt(TAGS.size())));
          case 9 -> NewDecision.span(row, person, "raw", place(random), type(random));
          case 10 -> NewDecision.unspan(row, person, "raw", place(random), type(random));
          default -> NewDecision.edit(row, person, "fused", "text " + step);
        };
    return decision.withNote("step " + step); // tells equal actions apart
  }

  private static Span place(Random random) {
    return random.nextBoolean() ? new Span(0, 3) : new Span(0, 5);
  }

  private static String type(Random random) {
    return random.nextBoolean() ? "object" : "count";
  }

  private static void assertMoved(Optional<DecisionEntry> entry, Optional<NewDecision> expected) {
    assertThat(entry.map(DecisionEntry::note)).isEqualTo(expected.map(NewDecision::note));
  }

  private NewDecision act(String person, NewDecision decision) {
    happened.add(decision);
    counts.put(decision, true);
    done.get(person).push(decision);
    undone.get(person).clear();
    return decision;
  }

  private Optional<NewDecision> undo(String person) {
    return move(done.get(person), undone.get(person), false);
  }

  private Optional<NewDecision> redo(String person) {
    return move(undone.get(person), done.get(person), true);
  }

  private Optional<NewDecision> move(
      Deque<NewDecision> from, Deque<NewDecision> to, boolean nowCounts) {
    Optional<NewDecision> top = Optional.ofNullable(from.poll());
    top.ifPresent(to::push);
    top.ifPresent(decision -> counts.put(decision, nowCounts));
    return top;
  }

  private record Answer(
      RowKey key, Verdict verdict, String preferred, String track, String text, Notes notes) {}

  /** Tags by lower case, who marked by span, and who decided or noted last. */
  private record Notes(Map<String, String> tags, Map<String, String> spans, String annotator) {}

  private static Answer answer(Decision decision) {
    Map<String, String> tags = new HashMap<>();
    decision.tags().forEach(tag -> tags.put(tag.toLowerCase(Locale.ROOT), tag));
    Map<String, String> spans = new HashMap<>();
    decision.spans().forEach(span -> spans.put(span.type() + " 0-" + span.end(), span.annotator()));
    assertThat(tags).as("no tag in two cases").hasSameSizeAs(decision.tags());
    assertThat(decision.tags()).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    assertThat(spans).as("no span twice").hasSameSizeAs(decision.spans());
    return new Answer(
        decision.key(),
        decision.verdict(),
        decision.preferredTrack(),
        decision.editedTrack(),
        decision.editedText(),
        new Notes(tags, spans, decision.annotator()));
  }

  private List<Answer> expected() {
    List<Answer> answers = new ArrayList<>();
    for (String shard : List.of(Rows.FIRST_SHARD, Rows.SECOND_SHARD)) {
      for (long number = 0; number < 4; number++) {
        RowKey key = new RowKey(shard, number);
        List<NewDecision> counting =
            happened.stream().filter(d -> counts.get(d) && d.row().key().equals(key)).toList();
        Answer answer = expected(key, counting);
        if (answer.notes.annotator != null) {
          answers.add(answer);
        }
      }
    }
    return answers;
  }

  private static Answer expected(RowKey key, List<NewDecision> counting) {
    Verdict verdict = null;
    String preferred = null;
    NewDecision edit = null;
    Map<String, String> tags = new HashMap<>();
    Map<String, String> spans = new HashMap<>();
    String decider = null;
    String noter = null;
    for (NewDecision d : counting) {
      String tag = String.valueOf(d.text()).toLowerCase(Locale.ROOT);
      String span = d.span() == null ? "" : d.text() + " 0-" + d.span().end();
      switch (d.action()) {
        case ACCEPT, REJECT, SKIP, CLEAR -> verdict = d.action().verdict();
        case PREFER -> preferred = d.track();
        case EDIT -> edit = d.text() == null ? null : d;
        case TAG -> tags.put(tag, d.text());
        case UNTAG -> tags.remove(tag);
        case SPAN -> spans.put(span, d.annotator());
        case UNSPAN -> spans.remove(span);
        case UNDO, REDO -> throw new AssertionError();
      }
      if (NOTING.contains(d.action())) {
        noter = d.annotator();
      } else {
        decider = d.annotator();
      }
    }
    boolean decided = verdict != null || preferred != null || edit != null;
    boolean noted = !tags.isEmpty() || !spans.isEmpty();
    return new Answer(
        key,
        verdict,
        preferred,
        edit == null ? null : edit.track(),
        edit == null ? null : edit.text(),
        new Notes(tags, spans, decided ? decider : noted ? noter : null));
  }
}
