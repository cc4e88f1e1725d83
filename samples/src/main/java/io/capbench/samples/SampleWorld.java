package io.capbench.samples;

import io.capbench.samples.caption.CaptionWriter;
import io.capbench.samples.caption.CaptionWriter.Plan;
import io.capbench.samples.caption.Captions;
import io.capbench.samples.caption.Fault;
import io.capbench.samples.caption.Track;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Place;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.SceneGenerator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which scenes the bundled sample shows, and what is wrong in their captions. */
public final class SampleWorld {
  /** How many rows there are. */
  public static final int ROWS = 300;

  private static final long SEED = 20260101L;
  private static final int WORDY_ROW = 61;

  /** What a newcomer sees first, chosen by eye. */
  private static final List<Opening> OPENINGS =
      List.of(
          new Opening(Place.PARK, 3, Fault.NONE, Fault.NONE, 2),
          new Opening(Place.KITCHEN, 7, Fault.OBJECT, Fault.NONE, 6),
          new Opening(Place.HARBOUR, 1, Fault.NONE, Fault.NONE, 6),
          new Opening(Place.STREET, 2, Fault.NONE, Fault.ATTRIBUTE, 1),
          new Opening(Place.MARKET, 1, Fault.NUMBER, Fault.NONE, 14),
          new Opening(Place.BEACH, 5, Fault.NONE, Fault.NONE, 2),
          new Opening(Place.PLAYROOM, 8, Fault.ATTRIBUTE, Fault.NONE, 15),
          new Opening(Place.SNOW, 1, Fault.PROMPT_LEAK, Fault.NONE, 5),
          new Opening(Place.DESK, 3, Fault.NONE, Fault.OBJECT, 14),
          new Opening(Place.GARDEN, 0, Fault.NONE, Fault.NONE, 14),
          new Opening(Place.STUDIO, 8, Fault.MISMATCHED_PARENTS, Fault.NONE, 2),
          new Opening(Place.BEACH, 8, Fault.ENTITY, Fault.NONE, 6));

  /** How often each fault comes in the fused captions after the openings. */
  private static final Map<Fault, Integer> FAULTS =
      new TreeMap<>(
          Map.of(
              Fault.OBJECT, 9,
              Fault.ATTRIBUTE, 7,
              Fault.COUNT, 3,
              Fault.ENTITY, 5,
              Fault.NUMBER, 12,
              Fault.SCENE_TEXT, 4,
              Fault.PROMPT_LEAK, 11,
              Fault.TRUNCATION, 9,
              Fault.CONCATENATION, 9,
              Fault.MISMATCHED_PARENTS, 12));

  private record Opening(Place place, int number, Fault fused, Fault synthetic, int salt) {}

  private final SceneGenerator scenes = new SceneGenerator(SEED);
  private final CaptionWriter writer = new CaptionWriter();

  /** All rows, in their order. */
  public List<SampleRow> rows() {
    List<Scene> shown = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    Dice dice = new Dice(SEED);
    for (int i = 0; i < ROWS; i++) {
      if (i < OPENINGS.size()) {
        shown.add(scenes.scene(OPENINGS.get(i).number(), OPENINGS.get(i).place()));
        continue;
      }
      if (places.isEmpty()) {
        places.addAll(dice.shuffled(List.of(Place.values())));
      }
      shown.add(scenes.scene(1000 + i, places.remove(0)));
    }
    return captioned(shown, plans(shown));
  }

  private List<SampleRow> captioned(List<Scene> shown, List<Plan> plans) {
    Set<String> used = new HashSet<>();
    List<SampleRow> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Scene scene = shown.get(i);
      Scene other = stranger(shown, i);
      int salt = i < OPENINGS.size() ? OPENINGS.get(i).salt() : 0;
      Captions captions = writer.write(scene, other, plans.get(i), salt);
      while (captions.altText() != null && !used.add(captions.altText())) {
        captions = writer.write(scene, other, plans.get(i), ++salt);
      }
      String ending = i % 40 == 22 ? "png" : "jpg";
      String path = String.format(Locale.ROOT, "%05d.%s", i, ending);
      rows.add(new SampleRow(i, path, scene, captions));
    }
    return rows;
  }

  /** A scene whose main thing is not in the one at that number. */
  private static Scene stranger(List<Scene> shown, int number) {
    for (int step = 7; step < ROWS; step++) {
      Scene other = shown.get((number + step) % ROWS);
      if (shown.get(number).things().stream()
          .noneMatch(thing -> thing.kind() == other.main().kind())) {
        return other;
      }
    }
    throw new IllegalStateException("Every scene shows the same");
  }

  private static List<Plan> plans(List<Scene> shown) {
    Dice dice = new Dice(Dice.mixed(SEED, 5));
    List<Fault> faults = new ArrayList<>();
    FAULTS.forEach(
        (fault, times) -> {
          for (int i = 0; i < times; i++) {
            faults.add(fault);
          }
        });
    while (faults.size() < ROWS - OPENINGS.size()) {
      faults.add(Fault.NONE);
    }
    List<Fault> left = new ArrayList<>(dice.shuffled(faults));
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      if (i < OPENINGS.size()) {
        Opening opening = OPENINGS.get(i);
        plans.add(
            new Plan(
                opening.fused(), opening.synthetic(), i == 3, i == 5, Track.CAPSFUSION, false));
        continue;
      }
      Fault fused = next(left, shown.get(i), i == WORDY_ROW);
      Fault synthetic = fused == Fault.NONE && dice.chance(0.2) ? seen(dice) : Fault.NONE;
      int gap = fused == Fault.NONE && i != WORDY_ROW ? dice.below(40) : 40;
      Track missing = gap == 0 ? Track.LAION_2B : gap == 1 ? Track.LAION_COCO : Track.CAPSFUSION;
      plans.add(
          new Plan(fused, synthetic, dice.chance(0.5), dice.chance(0.15), missing, i == WORDY_ROW));
    }
    return plans;
  }

  /** The next fault that this scene can have. */
  private static Fault next(List<Fault> left, Scene scene, boolean faultless) {
    for (int i = 0; i < left.size(); i++) {
      Fault fault = left.get(i);
      boolean possible = fault != Fault.SCENE_TEXT || scene.main().lettering() != null;
      if (possible && (!faultless || fault == Fault.NONE)) {
        return left.remove(i);
      }
    }
    return Fault.NONE;
  }

  private static Fault seen(Dice dice) {
    return dice.one(Fault.ATTRIBUTE, Fault.ATTRIBUTE, Fault.OBJECT, Fault.OBJECT, Fault.COUNT);
  }
}
