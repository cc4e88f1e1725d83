package io.capbench.app.cli;

import io.capbench.app.AppHome;
import io.capbench.engine.published.ModelDownload;
import io.capbench.engine.published.PublishedFile;
import io.capbench.engine.published.PublishedModel;
import io.capbench.engine.weights.ModelAdvice;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists published models and which of them are here. */
@Command(
    name = "list",
    description = {
      "Lists models that others published and that Capbench can read: size, licence, whether the"
          + " files are here; and the demonstration models that come with it. Fetches nothing."
    },
    footer = {"", "Examples:", "  capbench models list", "  capbench models list --json"})
final class ModelsListCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private ModelsOptions options = new ModelsOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ModelsListCommand(Session session) {
    this.session = session;
  }

  /** What {@code --json} prints. */
  record Report(List<Model> models, List<Bundled> bundled) {}

  /**
   * A model that comes with Capbench.
   *
   * @param folder where it is
   * @param note what people are told of it, or null
   */
  record Bundled(String name, String folder, @Nullable String note) {}

  /**
   * A published model.
   *
   * @param megabytes about how large; null if unknown
   * @param folder where it is or would be
   * @param present whether all files are there
   */
  record Model(
      String name,
      String title,
      String architecture,
      @Nullable Integer megabytes,
      String tokenizer,
      String licence,
      String page,
      String folder,
      boolean present,
      List<PublishedFile> files) {}

  @Override
  public Integer call() {
    ModelDownload download = options.download(session);
    List<Model> models =
        options.published().all().stream().map(model -> describe(model, download)).toList();
    Terminal terminal = session.terminal();
    if (json) {
      terminal.line(new Json().line(new Report(models, bundled())));
      return ExitCode.OK;
    }
    Table table = new Table("name", "#MB", "licence", "here", "model");
    for (Model model : models) {
      table.add(
          model.name(),
          model.megabytes() == null ? "?" : Table.number(model.megabytes()),
          model.licence(),
          model.present() ? "yes" : "no",
          model.title() + ", " + model.page());
    }
    table.print(terminal);
    for (Bundled model : bundled()) {
      String note = model.note();
      terminal.line(
          "In the box: " + model.folder() + (note == null ? "" : ". " + SafeText.line(note)));
    }
    return ExitCode.OK;
  }

  private List<Bundled> bundled() {
    AppHome home = session.home();
    return Stream.of(home.sampleClip(), home.sampleFuser())
        .flatMap(Stream::ofNullable)
        .map(
            model ->
                new Bundled(
                    String.valueOf(model.getFileName()),
                    model.toString(),
                    ModelAdvice.of(model).note()))
        .toList();
  }

  private static Model describe(PublishedModel model, ModelDownload download) {
    return new Model(
        model.name(),
        model.title(),
        model.architecture(),
        model.megabytes(),
        model.tokenizer(),
        model.licence(),
        model.page().toString(),
        download.folder(model).toString(),
        download.complete(model),
        model.files());
  }
}
