package io.capbench.app.cli;

import io.capbench.app.WebAccess;
import io.capbench.engine.published.ModelDownload;
import io.capbench.engine.published.PublishedModel;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a published model. */
@Command(
    name = "get",
    description = {
      "Fetches a published model and prints its folder, to be given to --model. What is there is not"
          + " fetched again; what broke off or was stopped goes on where it was.",
      "Its licence is the publisher's; capbench models list names it."
    },
    footer = {
      "",
      "Examples:",
      "  capbench models get openai-vit-b-32",
      "  capbench models check \"$(capbench models get openai-vit-b-16)\""
    })
final class ModelsGetCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "NAME", description = "The model's name in capbench models list.")
  private String name = "";

  @Mixin private ModelsOptions options = new ModelsOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ModelsGetCommand(Session session) {
    this.session = session;
  }

  /** What {@code --json} prints. */
  record Report(String name, String folder, String licence, String page) {}

  @Override
  public Integer call() {
    PublishedModel model = options.published().named(name);
    ModelDownload download = options.download(session);
    if (session.web().offline() && !download.complete(model)) {
      throw new CapbenchException(
          "Models cannot be fetched offline; take "
              + WebAccess.OFFLINE
              + " out of the environment, or put the files into "
              + download.folder(model)
              + ".");
    }
    Path folder = download.get(model, session.context());
    Terminal terminal = session.terminal();
    terminal.clearStatus();
    if (json) {
      terminal.line(
          new Json()
              .line(
                  new Report(
                      model.name(), folder.toString(), model.licence(), model.page().toString())));
    } else {
      terminal.line(SafeText.line(folder.toString()));
    }
    return ExitCode.OK;
  }
}
