package io.capbench.samples.clip;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.samples.SampleRow;
import io.capbench.samples.SampleWorld;
import io.capbench.samples.world.Box;
import io.capbench.samples.world.Colour;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Place;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import io.capbench.samples.world.Thing.Size;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StatementsTest {
  private static final Box BOX = new Box(10, 20, 30, 40);
  private static final Scene SCENE =
      new Scene(
          9,
          512,
          512,
          Place.KITCHEN,
          List.of(
              new Thing(Kind.MUG, Colour.RED, Size.USUAL, BOX, "TEA"),
              new Thing(Kind.PEAR, Colour.GREEN, Size.SMALL, BOX, null)));

  private final Statements statements = new Statements();
  private final Dice dice = new Dice(4);

  @Test
  void whatIsTrueHoldsAndSpeaksOfThingsAndPlaceInManyWords() {
    Set<String> texts = new HashSet<>();
    Set<Claim> claims = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      List<Statement> truth = statements.truth(SCENE, 4, dice);
      assertThat(truth).hasSize(4).allMatch(one -> one.claim().holds(SCENE));
      assertThat(truth.get(0).claim()).isNotEqualTo(truth.get(1).claim());
      truth.forEach(
          one -> {
            texts.add(one.text());
            claims.add(one.claim());
          });
    }
    assertThat(texts).hasSizeGreaterThan(80);
    assertThat(claims)
        .contains(
            Claim.thing(Kind.MUG, Colour.RED),
            Claim.thing(Kind.PEAR, null),
            Claim.place(Place.KITCHEN));
  }

  @Test
  void whatIsFalseIsFalseInOneWayAndNeverOfAPairThatIsHeldOut() {
    for (int i = 0; i < 300; i++) {
      Claim.Seen colour = only(statements.wrongColour(SCENE, true, dice));
      assertThat(colour.kind()).isIn(Kind.MUG, Kind.PEAR);
      Claim.Seen kind = only(statements.wrongKind(SCENE, true, dice));
      assertThat(kind.kind()).isNotIn(Kind.MUG, Kind.PEAR);
      assertThat(kind.colour()).isIn(Colour.RED, Colour.GREEN);
      Claim.Seen absent = only(statements.absent(SCENE, true, dice));
      assertThat(absent.kind()).isNotIn(Kind.MUG, Kind.PEAR);
      assertThat(absent.colour()).isNotIn(Colour.RED, Colour.GREEN);
    }
  }

  private static Claim.Seen only(Statement statement) {
    assertThat(statement.claim().holds(SCENE)).as(statement.text()).isFalse();
    Claim.Seen seen = statement.claim().things().get(0);
    assertThat(statement.text().toLowerCase(java.util.Locale.ROOT)).contains(seen.kind().noun());
    Colour colour = seen.colour();
    assertThat(colour).isNotNull();
    if (colour != null) {
      assertThat(HeldOut.pair(seen.kind(), colour)).isFalse();
    }
    return seen;
  }

  @Test
  void falseSentencesTellOfWhatIsWrongOrNotThere() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      Statement statement = statements.falseSentence(SCENE, true, dice);
      assertThat(statement.claim().holds(SCENE)).isFalse();
      texts.add(statement.text());
    }
    assertThat(texts)
        .hasSizeGreaterThan(80)
        .anyMatch(text -> text.contains("can be seen") && !text.contains("mug"))
        .anyMatch(text -> text.contains("partly hidden"))
        .anyMatch(text -> text.contains(" mug") && !text.contains("red mug"))
        .noneMatch(text -> text.matches("(?i)(an? )?(small )?(red mug|green pear)\\.?"));
    assertThat(
            texts.stream()
                .filter(text -> text.toLowerCase(java.util.Locale.ROOT).contains("red mug"))
                .filter(text -> text.contains("green pear"))
                .filter(text -> !text.contains(" with ")))
        .isEmpty();
  }

  @Test
  void claimsAreReadFromSentences() {
    assertThat(Statements.claim("A red mug stands next to the pear.", SCENE))
        .isEqualTo(
            new Claim(
                List.of(new Claim.Seen(Kind.MUG, Colour.RED), new Claim.Seen(Kind.PEAR, null)),
                null,
                true));
    assertThat(Statements.claim("A wooden kitchen table with smuggled pearls.", SCENE))
        .isEqualTo(Claim.place(Place.KITCHEN));
  }

  @Test
  void aClaimHoldsOnlyIfAllOfItIsThere() {
    assertThat(Claim.thing(Kind.MUG, Colour.RED).holds(SCENE)).isTrue();
    assertThat(Claim.thing(Kind.MUG, Colour.GREEN).holds(SCENE)).isFalse();
    assertThat(Claim.place(Place.DESK).holds(SCENE)).isFalse();
    Claim both = Statements.claim("a red mug and a green pear in a kitchen", SCENE);
    assertThat(both.holds(SCENE)).isTrue();
    assertThat(both.touches(Claim.thing(Kind.PEAR, null))).isTrue();
    assertThat(both.touches(Claim.thing(Kind.CAT, null))).isFalse();
    Scene alone = new Scene(9, 512, 512, Place.KITCHEN, SCENE.things().subList(0, 1));
    assertThat(both.holds(alone)).isFalse();
  }

  @Test
  void everyKindAndEveryColourIsInSomePairsThatAreHeldOut() {
    int pairs = 0;
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    Set<Colour> colours = EnumSet.noneOf(Colour.class);
    for (Kind kind : Kind.values()) {
      for (Colour colour : Colour.values()) {
        if (HeldOut.pair(kind, colour)) {
          pairs++;
          kinds.add(kind);
          colours.add(colour);
        }
      }
    }
    assertThat(pairs).isBetween(30, 45);
    assertThat(kinds).hasSize(Kind.values().length);
    assertThat(colours).hasSize(Colour.values().length);
  }

  @Test
  void trainingShowsNothingThatIsHeldOutAndNoSceneOfTheTest() {
    List<Scene> training = ClipProgram.trainingScenes(1, 300);
    List<Scene> test = ClipProgram.testScenes(300);
    assertThat(training).hasSize(300).noneMatch(HeldOut::scene).doesNotContainAnyElementsOf(test);
    assertThat(test).anyMatch(HeldOut::scene);
  }

  @Test
  void halfOfTheLetteringIsOpenInTrainingAndAllOfItUnseenInOneTest() {
    Set<String> shown = lettering(new SampleWorld().rows().stream().map(SampleRow::scene).toList());
    Set<String> training = lettering(ClipProgram.trainingScenes(1, 300));
    assertThat(training).containsAnyElementsOf(shown).hasSizeGreaterThan(2 * shown.size());
    List<Scene> unseen = ClipProgram.letteredScenes(300);
    assertThat(lettering(unseen).stream().filter(word -> word.matches("\\p{L}+")))
        .hasSizeGreaterThan(50)
        .doesNotContainAnyElementsOf(training);
    assertThat(unseen).map(Scene::seed).isEqualTo(seeds(ClipProgram.testScenes(300)));
  }

  private static List<Long> seeds(List<Scene> scenes) {
    return scenes.stream().map(Scene::seed).toList();
  }

  private static Set<String> lettering(List<Scene> scenes) {
    return scenes.stream()
        .flatMap(scene -> scene.things().stream())
        .flatMap(thing -> Optional.ofNullable(thing.lettering()).stream())
        .collect(Collectors.toSet());
  }
}
