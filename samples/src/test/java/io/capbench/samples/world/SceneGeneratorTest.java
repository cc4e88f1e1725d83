package io.capbench.samples.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SceneGeneratorTest {
  private static final int MANY = 2000;

  private final List<Scene> scenes =
      LongStream.range(0, MANY).mapToObj(new SceneGenerator(7)::scene).toList();

  @Test
  void aSeedGivesTheSameScenesInAnyOrderAndLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      SceneGenerator again = new SceneGenerator(7);
      for (int i = MANY - 1; i >= 0; i -= 50) {
        assertThat(again.scene(i)).isEqualTo(scenes.get(i));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anotherSeedGivesOtherScenes() {
    assertThat(new SceneGenerator(8).scene(0)).isNotEqualTo(scenes.get(0));
  }

  @Test
  void everyThingLiesWithinThePicture() {
    for (Scene scene : scenes) {
      for (Thing thing : scene.things()) {
        Box box = thing.box();
        assertThat(box.x() >= 0 && box.y() >= 0).as("%s", scene).isTrue();
        assertThat(box.x() + box.w()).as("%s", scene).isLessThanOrEqualTo(scene.width());
        assertThat(box.bottom()).as("%s", scene).isLessThanOrEqualTo(scene.height());
      }
    }
  }

  @Test
  void thingsDoNotCoverOneAnother() {
    for (Scene scene : scenes) {
      for (Thing a : scene.things()) {
        for (Thing b : scene.things()) {
          assertThat(a.equals(b) || a.box().overlap(b.box()) == 0).as("%s", scene).isTrue();
        }
      }
    }
  }

  @Test
  void everyKindColourAndPlaceComes() {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    Set<Colour> colours = EnumSet.noneOf(Colour.class);
    Set<Place> places = EnumSet.noneOf(Place.class);
    for (Scene scene : scenes) {
      places.add(scene.place());
      assertThat(scene.things()).hasSizeBetween(1, 5);
      for (Thing thing : scene.things()) {
        kinds.add(thing.kind());
        colours.add(thing.colour());
        assertThat(thing.kind().colours()).contains(thing.colour());
        assertThat(scene.place().kinds()).contains(thing.kind());
      }
    }
    assertThat(kinds).containsExactlyInAnyOrder(Kind.values());
    assertThat(colours).containsExactlyInAnyOrder(Colour.values());
    assertThat(places).containsExactlyInAnyOrder(Place.values());
  }

  @Test
  void boatsComeOnlyWhereThereIsWater() {
    for (Scene scene : scenes) {
      boolean boat = scene.things().stream().anyMatch(thing -> thing.kind().floats());
      assertThat(!boat || scene.place().hasWater()).as("%s", scene).isTrue();
    }
  }

  @Test
  void theMainThingIsTheLargest() {
    for (Scene scene : scenes) {
      scene
          .things()
          .forEach(t -> assertThat(t.box().area()).isLessThanOrEqualTo(scene.main().box().area()));
    }
  }

  @Test
  void relationsFollowFromTheBoxes() {
    for (Scene scene : scenes) {
      for (Relation relation : scene.relations()) {
        Box a = scene.things().get(relation.subject()).box();
        Box b = scene.things().get(relation.object()).box();
        assertThat(relation.words().equals("above") ? a.bottom() <= b.y() : a.centre() < b.centre())
            .isTrue();
      }
    }
  }
}
