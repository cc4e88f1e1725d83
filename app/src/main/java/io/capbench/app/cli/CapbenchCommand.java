package io.capbench.app.cli;

import io.capbench.app.AppFolders;
import io.capbench.app.AppHome;
import io.capbench.app.WebAccess;
import io.capbench.storage.model.CapbenchException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The whole command line. Not thread-safe; runs one command after another. */
public final class CapbenchCommand {
  private static final Logger LOG = LoggerFactory.getLogger(CapbenchCommand.class);
  private static final int WIDTH = 100;

  private final Terminal terminal;
  private final AppFolders folders;
  private final AppHome home;
  private final WebAccess web;
  private final Windows windows;

  /**
   * A command line.
   *
   * @param terminal where commands write
   * @param folders where caches, settings and the default workspace are
   * @param home where the bundled sample is
   * @param web what may be fetched
   * @param windows opens the window
   */
  public CapbenchCommand(
      Terminal terminal, AppFolders folders, AppHome home, WebAccess web, Windows windows) {
    this.terminal = terminal;
    this.folders = folders;
    this.home = home;
    this.web = web;
    this.windows = windows;
  }

  /**
   * Runs one command on this thread.
   *
   * @param arguments as the shell gives them; none opens the window
   * @return 0 if it worked, 1 if it failed, 2 if the arguments are wrong, 130 if it was interrupted
   */
  public int run(String... arguments) {
    StringWriter help = new StringWriter();
    try (Session session = new Session(terminal, folders, home, web)) {
      CommandLine line = commandLine(session);
      line.setOut(new PrintWriter(help));
      int code = line.execute(arguments);
      if (!help.toString().isEmpty()) {
        terminal.line(help.toString().stripTrailing());
      }
      terminal.flush();
      return code;
    } catch (OutputException e) {
      return failed(e);
    } catch (OutOfMemoryError e) {
      LOG.error("Out of memory", e);
      terminal.message(
          "The memory of Java ("
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MB) does not suffice; some text is very long. Give it more, for example with"
              + " CAPBENCH_JAVA_OPTIONS=-Xmx4g.");
      return ExitCode.FAILED;
    } catch (Error e) { // a native library that is missing, or the stack ran out
      return unexpected(e);
    }
  }

  private CommandLine commandLine(Session session) {
    CommandLine line =
        new CommandLine(new Root(windows))
            .addSubcommand(new OpenCommand(windows))
            .addSubcommand(new InspectCommand(session))
            .addSubcommand(new RowsCommand(session))
            .addSubcommand(new ImagesCommand(session))
            .addSubcommand(new ProvenanceCommand(session))
            .addSubcommand(
                new CommandLine(new ReviewCommand())
                    .addSubcommand(new ReviewLogCommand(session))
                    .addSubcommand(new ReviewReanchorCommand(session)))
            .addSubcommand(new ExportCommand(session))
            .addSubcommand(new ScoreCommand(session))
            .addSubcommand(new FuseCommand(session))
            .addSubcommand(new GroundCommand(session))
            .addSubcommand(
                new CommandLine(new ModelsCommand())
                    .addSubcommand(new ModelsListCommand(session))
                    .addSubcommand(new ModelsGetCommand(session))
                    .addSubcommand(new ModelsCheckCommand(session))
                    .addSubcommand(new ModelsRunCommand(session)))
            .addSubcommand(new CacheCommand(session))
            .addSubcommand(
                new CommandLine(new BenchCommand())
                    .addSubcommand(new BenchDataCommand(session))
                    .addSubcommand(new BenchClipCommand(session))
                    .addSubcommand(new BenchFusionCommand(session)))
            .addSubcommand(new TourCommand(windows))
            .addSubcommand(new DoctorCommand(session));
    describe(line);
    return line.registerConverter(Path.class, CapbenchCommand::path)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(WIDTH)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setParameterExceptionHandler((e, args) -> usage(e))
        .setExecutionExceptionHandler((e, failing, parsed) -> failed(e, failing));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "\""
              + text
              + "\" is no file name that is understood here. If it has letters beyond ASCII, set a"
              + " locale with UTF-8, for example LC_ALL=C.UTF-8");
    }
  }

  /** What the help of every command has. */
  private static void describe(CommandLine line) {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "It worked.");
    codes.put("1", "It failed; standard error says why.");
    codes.put("2", "The arguments are wrong.");
    codes.put("130", "Ctrl-C stopped it.");
    line.getCommandSpec()
        .mixinStandardHelpOptions(true)
        .versionProvider(new Version())
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(codes)
        .parameterListHeading("%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .descriptionHeading("%n");
    line.getSubcommands().values().forEach(CapbenchCommand::describe);
  }

  private int usage(ParameterException e) {
    CommandLine line = e.getCommandLine();
    terminal.message(String.valueOf(e.getMessage()));
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> close = unmatched.getSuggestions();
      List<String> files =
          unmatched.getUnmatched().stream().filter(CapbenchCommand::isThere).toList();
      if (line.getParent() == null && !files.isEmpty()) {
        terminal.message("To open it in the window: capbench open " + String.join(" ", files));
      } else if (!close.isEmpty()) {
        terminal.message("Did you mean " + String.join(" or ", close) + "?");
      }
    }
    return usage(line);
  }

  private static boolean isThere(String text) {
    try {
      return Files.exists(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private int usage(CommandLine line) {
    terminal.help("Usage: " + line.getHelp().synopsis("Usage: ".length()));
    terminal.help("Try " + line.getCommandSpec().qualifiedName() + " --help\n");
    return ExitCode.USAGE;
  }

  private int failed(Exception e, CommandLine line) {
    if (e instanceof UsageException) {
      terminal.message(String.valueOf(e.getMessage()));
      return usage(line);
    }
    if (e instanceof CapbenchException) {
      LOG.info("Failed", e);
      terminal.message(String.valueOf(e.getMessage()));
      return ExitCode.FAILED;
    }
    if (e instanceof CancellationException) {
      terminal.message("Stopped.");
      return ExitCode.INTERRUPTED;
    }
    if (e instanceof OutputException output) {
      return failed(output);
    }
    return unexpected(e);
  }

  private int failed(OutputException e) {
    if (e.readerLeft()) {
      return ExitCode.OK;
    }
    terminal.message(String.valueOf(e.getMessage()));
    return ExitCode.FAILED;
  }

  private int unexpected(Throwable e) {
    LOG.error("Unexpected", e);
    terminal.message(
        "Something went wrong that should not ("
            + e.getClass().getSimpleName()
            + "). The log in "
            + folders.logs()
            + " says what; \"capbench doctor\" says whether this machine lacks something.");
    return ExitCode.FAILED;
  }

  /** The command without a name. */
  @Command(
      name = "capbench",
      description = {
        "A workbench for image-caption datasets. Without a command it opens the window."
      },
      synopsisSubcommandLabel = "[COMMAND]",
      footer = {
        "",
        "Every command has --help. Results go to standard output, everything else to standard"
            + " error."
      })
  private static final class Root implements Callable<Integer> {
    private final Windows windows;

    Root(Windows windows) {
      this.windows = windows;
    }

    @Override
    public Integer call() {
      return windows.open(List.of(), null, null);
    }
  }
}
