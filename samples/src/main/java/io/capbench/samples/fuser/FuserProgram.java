package io.capbench.samples.fuser;

import io.capbench.samples.train.TrainingProgress;
import io.capbench.samples.train.TrainingState;
import io.capbench.storage.model.CapbenchException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** Trains the demonstration fuser, measures it and writes its folder. */
public final class FuserProgram {
  private static final String USAGE =
      """
      Trains the demonstration fuser, measures it and writes its folder.
      Started again with the same options it goes on where it stopped.

        --out DIR           the model's folder (samples/models/sample-fuser)
        --work DIR          state and log (samples/target/sample-fuser)
        --steps N           of the whole training (10500)
        --pairs N           that it is measured on (1000)
        --pause-after MIN   stops after so many minutes
        --measure           only measures the model that is there, and prints the figures
        --plain             tells progress line by line, as a file wants it
        --help
      """;

  private FuserProgram() {}

  /** See {@code --help}. Ends with 0, 1 (failed) or 2 (not understood). */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    Options options;
    try {
      options = Options.of(args);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.print(USAGE);
      return 2;
    }
    if (options.help()) {
      out.print(USAGE);
      return 0;
    }
    try {
      run(options, out, err);
      return 0;
    } catch (CapbenchException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private static void run(Options options, PrintStream out, PrintStream err) {
    FuserTrainer.Recipe recipe = FuserTrainer.Recipe.shipped().ofSteps(options.steps());
    ModelReport report = new ModelReport(options.model(), options.work(), recipe, options.pairs());
    if (options.measureOnly()) {
      out.println(report.measured(err));
      return;
    }
    TrainingState.Point point =
        new FuserTrainer(recipe, options.model(), options.work())
            .run(options.pauseAfter(), new TrainingProgress(err, options.rewrites()));
    if (point.step() < recipe.steps()) {
      err.println("Stopped at step " + point.step() + "; the same command goes on.");
      return;
    }
    report.write(point, err);
    out.println(options.model() + " is ready");
  }

  /** What was asked for. */
  record Options(
      Path model,
      Path work,
      Duration pauseAfter,
      long steps,
      int pairs,
      boolean measureOnly,
      boolean rewrites,
      boolean help) {

    static Options of(String[] args) {
      Path model = Path.of("samples/models/sample-fuser");
      Path work = Path.of("samples/target/sample-fuser");
      long minutes = Duration.ofDays(1).toMinutes();
      long steps = FuserTrainer.Recipe.shipped().steps();
      long pairs = 1000;
      boolean measureOnly = false;
      boolean rewrites = true;
      boolean help = false;
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--out" -> model = Path.of(value(args, ++i));
          case "--work" -> work = Path.of(value(args, ++i));
          case "--pause-after" -> minutes = number(args, ++i);
          case "--steps" -> steps = number(args, ++i);
          case "--pairs" -> pairs = number(args, ++i);
          case "--measure" -> measureOnly = true;
          case "--plain" -> rewrites = false;
          case "--help", "-h" -> help = true;
          default -> throw new IllegalArgumentException("Unknown option " + args[i]);
        }
      }
      return new Options(
          model,
          work,
          Duration.ofMinutes(minutes),
          steps,
          (int) pairs,
          measureOnly,
          rewrites,
          help);
    }

    private static String value(String[] args, int at) {
      if (at >= args.length) {
        throw new IllegalArgumentException(args[at - 1] + " needs a value");
      }
      return args[at];
    }

    private static long number(String[] args, int at) {
      String text = value(args, at);
      if (!text.matches("[1-9]\\d{0,8}")) {
        throw new IllegalArgumentException(args[at - 1] + " needs a number from 1 on, not " + text);
      }
      return Long.parseLong(text);
    }
  }
}
