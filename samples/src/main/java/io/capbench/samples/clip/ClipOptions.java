package io.capbench.samples.clip;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the program's command line says.
 *
 * @param out where the model goes
 * @param work where state, pictures and figures are kept
 * @param pauseAfter when it stops, to be started again
 * @param ablations folders of work of other trainings that the card tells of
 * @param plain whether progress is told line by line, as a file wants it
 */
record ClipOptions(
    Path out,
    Path work,
    ClipTrainer.Settings settings,
    Duration pauseAfter,
    List<Path> ablations,
    boolean plain) {
  static final String USAGE =
      """
      Trains the demonstration model for grounding, measures it and writes its folder.
      Started again with the same options it goes on where it stopped.

        --out DIR           the model's folder (samples/models/sample-clip)
        --work DIR          state, painted pictures, figures (samples/target/sample-clip)
        --seed N            of everything (1)
        --steps N           (%d)
        --scenes N          pictures to train on (%d)
        --local LOSS        what teaches patches: best-patch, grouping, both, none (best-patch)
        --pause-after MIN   stops after so many minutes
        --ablation DIR      a --work folder of another training that the card shall tell of
        --plain             tells progress line by line, as a file wants it
        --help
      """
          .formatted(ClipTrainer.Settings.SHIPPED.steps(), ClipTrainer.Settings.SHIPPED.scenes());

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it is not understood; the message says why
   */
  static ClipOptions of(List<String> arguments) {
    Path out = Path.of("samples", "models", "sample-clip");
    Path work = Path.of("samples", "target", "sample-clip");
    ClipTrainer.Settings settings = ClipTrainer.Settings.SHIPPED;
    Duration pauseAfter = Duration.ofDays(1);
    List<Path> ablations = new ArrayList<>();
    boolean plain = false;
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (name.equals("--plain")) {
        plain = true;
        i--;
        continue;
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + " has no value");
      }
      String value = arguments.get(i + 1);
      switch (name) {
        case "--out" -> out = Path.of(value);
        case "--work" -> work = Path.of(value);
        case "--seed" -> settings = settings.withSeed(number(name, value));
        case "--steps" -> settings = settings.withSteps((int) number(name, value));
        case "--scenes" -> settings = settings.withScenes((int) number(name, value));
        case "--local" -> settings = settings.withLocal(local(value));
        case "--pause-after" -> pauseAfter = Duration.ofMinutes(number(name, value));
        case "--ablation" -> ablations.add(Path.of(value));
        default -> throw new IllegalArgumentException("there is no option " + name);
      }
    }
    return new ClipOptions(out, work, settings, pauseAfter, List.copyOf(ablations), plain);
  }

  private static long number(String name, String value) {
    try {
      long number = Long.parseLong(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " wants a number, not " + value, e);
    }
    throw new IllegalArgumentException(name + " wants a number above 0, not " + value);
  }

  private static LocalLoss local(String id) {
    return Arrays.stream(LocalLoss.values())
        .filter(loss -> loss.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("--local knows no " + id));
  }
}
