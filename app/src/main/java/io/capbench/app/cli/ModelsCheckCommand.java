package io.capbench.app.cli;

import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.explain.ModelDescription;
import io.capbench.engine.llama.LlamaConfig;
import io.capbench.engine.run.TrialPass;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Loads a model, says what it is, and sees whether it computes. */
@Command(
    name = "check",
    description = {
      "Loads a model, says what it is, and passes one image and one caption, or one token, through"
          + " it. Problems that keep it from running are errors; what else is odd is listed.",
      "Of a language model it says what memory each precision needs, and lists all problems; those"
          + " that keep it from running are errors, too."
    },
    footer = {
      "",
      "Examples:",
      "  capbench models check dreamlip-vit-b-16",
      "  capbench models check ViT-B-32.pt --preset ViT-B-32-quickgelu --json",
      "  capbench models check models/CapsFus-LLaMA"
    })
final class ModelsCheckCommand implements Callable<Integer> {
  private static final double NANOS = 1e9;

  private final Session session;

  @Mixin private ModelFolder model = new ModelFolder();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ModelsCheckCommand(Session session) {
    this.session = session;
  }

  /**
   * What {@code --json} prints.
   *
   * @param tokenizer null if there is none
   * @param seconds of one pass of one image and one caption
   */
  record Report(
      String name,
      String folder,
      String architecture,
      long parameters,
      String dtype,
      int layers,
      int width,
      int imageSize,
      int patchSize,
      @Nullable String tokenizer,
      String sha256,
      String device,
      List<String> problems,
      double seconds) {}

  @Override
  public Integer call() {
    ModelOptions.tellNote(model.path(), session);
    return LlamaConfig.describes(model.path()) ? checkLlama() : checkClip();
  }

  private int checkLlama() {
    return new LlamaReportPrinter(session.terminal(), json).print(model.inspectLlama(session))
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private int checkClip() {
    try (ClipModel loaded = model.load(session)) {
      long start = System.nanoTime();
      new TrialPass(loaded).run();
      double seconds = (System.nanoTime() - start) / NANOS;
      ModelDescription description = loaded.description();
      if (json) {
        session.terminal().line(new Json().line(report(description, seconds)));
      } else {
        print(description, seconds);
      }
    }
    return ExitCode.OK;
  }

  private static Report report(ModelDescription model, double seconds) {
    return new Report(
        model.name(),
        model.folder().toString(),
        model.architecture(),
        model.parameters(),
        model.dtype(),
        model.layers(),
        model.width(),
        model.imageSize(),
        model.patchSize(),
        model.tokenizer().equals("none") ? null : model.tokenizer(),
        model.sha256(),
        model.device(),
        model.problems(),
        seconds);
  }

  private void print(ModelDescription model, double seconds) {
    Table table = new Table("", "");
    table.add("name", model.name());
    table.add("architecture", model.architecture());
    table.add("parameters", String.format(Locale.ROOT, "%,d", model.parameters()));
    table.add("weights", model.dtype());
    table.add("vision tower", model.layers() + " blocks, " + model.width() + " wide");
    table.add("images", model.imageSize() + " pixels, patches of " + model.patchSize());
    table.add("tokenizer", model.tokenizer());
    table.add("sha256", model.sha256());
    table.add("device", model.device());
    table.add("one pass", String.format(Locale.ROOT, "%.2f s", seconds));
    table.print(session.terminal());
    for (String problem : model.problems()) {
      session.terminal().line("  note: " + SafeText.line(problem));
    }
  }
}
