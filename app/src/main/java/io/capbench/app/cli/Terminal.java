package io.capbench.app.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: results to one stream, everything else to the other, both in UTF-8
 * whatever the locale says, because captions are in every script. Thread-safe.
 */
public final class Terminal {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Writer out;
  private final PrintStream err;
  private final Ask outIsTerminal;
  private final Ask errIsTerminal;
  private final boolean colourAllowed;
  private boolean statusShown;
  private boolean broken;

  /**
   * A terminal, or what stands for one.
   *
   * @param out takes results
   * @param err takes messages and progress
   * @param outIsTerminal whether a person looks at the results; asked once at most
   * @param errIsTerminal the same of messages
   * @param environment as {@link System#getenv()} gives it; says whether colours are welcome
   */
  public Terminal(
      OutputStream out,
      OutputStream err,
      BooleanSupplier outIsTerminal,
      BooleanSupplier errIsTerminal,
      Map<String, String> environment) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    this.outIsTerminal = new Ask(outIsTerminal);
    this.errIsTerminal = new Ask(errIsTerminal);
    // https://no-color.org: present and not empty, whatever its value
    this.colourAllowed =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** This program's own streams. */
  public static Terminal system() {
    return new Terminal(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        () -> Tty.isTerminal(1),
        () -> Tty.isTerminal(2),
        System.getenv());
  }

  /** Whether results may be coloured. */
  boolean colour() {
    return colourAllowed && outIsTerminal.answer();
  }

  /** Whether progress may be drawn. */
  boolean showsProgress() {
    return errIsTerminal.answer();
  }

  /**
   * Writes a line of results as it is; text from elsewhere goes through {@link SafeText} first.
   *
   * @throws OutputException if nobody takes it
   */
  public synchronized void line(String text) {
    clearStatus();
    try {
      out.write(text);
      out.write('\n');
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Writes how many there are of something, below others of the kind; nothing if there are none.
   *
   * @throws OutputException if nobody takes it
   */
  void count(long count, String what) {
    if (count > 0) {
      line(String.format(Locale.ROOT, "%,12d  %s", count, what));
    }
  }

  /**
   * Sees to it that results written so far are with whoever reads them. Does nothing once they
   * could not be.
   *
   * @throws OutputException if nobody takes them
   */
  public synchronized void flush() {
    if (broken) {
      return;
    }
    try {
      out.flush();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private OutputException broken(IOException cause) {
    broken = true;
    return new OutputException(cause);
  }

  /** Says something to the person. Control characters in it do nothing. */
  public synchronized void message(String text) {
    clearStatus();
    err.print("capbench: " + SafeText.lines(text) + "\n");
    err.flush();
  }

  /** Writes lines without a name in front, for usage. */
  synchronized void help(String text) {
    clearStatus();
    err.print(SafeText.lines(text));
    err.flush();
  }

  /** Shows a line that the next one replaces; only for terminals. */
  synchronized void status(String text) {
    err.print(CLEAR_LINE + SafeText.line(text));
    err.flush();
    statusShown = true;
  }

  /** Takes the {@link #status} away, if there is one. */
  synchronized void clearStatus() {
    if (statusShown) {
      statusShown = false;
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  /** A question that costs something and whose answer stays. */
  private static final class Ask {
    private final BooleanSupplier question;
    private @Nullable Boolean answer;

    Ask(BooleanSupplier question) {
      this.question = question;
    }

    synchronized boolean answer() {
      Boolean known = answer;
      if (known == null) {
        known = question.getAsBoolean();
        answer = known;
      }
      return known;
    }
  }
}
