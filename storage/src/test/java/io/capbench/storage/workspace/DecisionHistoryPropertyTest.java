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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories against an editor with two stacks per person, written without the log. */
class DecisionHistoryPropertyTest {
  private static final List<String> PEOPLE = List.of("Ada", "Bo");

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
        switch (random.nextInt(8)) {
          case 0 -> NewDecision.accept(row, person);
          case 1 -> NewDecision.reject(row, person);
          case 2 -> NewDecision.skip(row, person);
          case 3 -> NewDecision.clear(row, person);
          case 4 -> NewDecision.prefer(row, person, "track " + random.nextInt(3));
          case 5 -> NewDecision.prefer(row, person, null);
          case 6 -> NewDecision.withdrawEdit(row, person);
          default -> NewDecision.edit(row, person, "fused", "text " + step);
        };
    return decision.withNote("step " + step); // tells equal actions apart
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
      RowKey key, Verdict verdict, String preferred, String track, String text, String annotator) {}

  private static Answer answer(Decision decision) {
    return new Answer(
        decision.key(),
        decision.verdict(),
        decision.preferredTrack(),
        decision.editedTrack(),
        decision.editedText(),
        decision.annotator());
  }

  private List<Answer> expected() {
    List<Answer> answers = new ArrayList<>();
    for (String shard : List.of(Rows.FIRST_SHARD, Rows.SECOND_SHARD)) {
      for (long number = 0; number < 4; number++) {
        RowKey key = new RowKey(shard, number);
        Answer answer = new Answer(key, null, null, null, null, null);
        for (NewDecision d : happened) {
          if (counts.get(d) && d.row().key().equals(key)) {
            answer = after(answer, d);
          }
        }
        if (answer.verdict != null || answer.preferred != null || answer.text != null) {
          answers.add(answer);
        }
      }
    }
    return answers;
  }

  private static Answer after(Answer a, NewDecision d) {
    return switch (d.action()) {
      case ACCEPT, REJECT, SKIP, CLEAR ->
          new Answer(a.key, d.action().verdict(), a.preferred, a.track, a.text, d.annotator());
      case PREFER -> new Answer(a.key, a.verdict, d.track(), a.track, a.text, d.annotator());
      case EDIT -> new Answer(a.key, a.verdict, a.preferred, d.track(), d.text(), d.annotator());
      case UNDO, REDO -> throw new AssertionError();
    };
  }
}
