package io.capbench.app.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a folder can be written and has room. Makes no folder. */
final class FolderCheck {
  private static final Logger LOG = LoggerFactory.getLogger(FolderCheck.class);
  private static final long LITTLE_ROOM = 1_000_000_000;
  private static final long COUNTED_FILES = 100_000;
  private static final double MEGABYTE = 1e6;

  private FolderCheck() {}

  static Finding examine(String name, Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    boolean exists = there.equals(folder.toAbsolutePath());
    try {
      if (!Files.isDirectory(there)) {
        return Finding.problem(name, there + " is a file", "Move it out of the way.");
      }
      Files.delete(Files.createTempFile(there, "capbench-", ".probe"));
      long free = Files.getFileStore(there).getUsableSpace();
      String value =
          String.format(
              Locale.ROOT,
              "%s, %s, %,.0f MB free",
              folder,
              exists ? size(there) : "not made yet",
              free / MEGABYTE);
      return free >= LITTLE_ROOM
          ? Finding.ok(name, value)
          : Finding.warn(name, value, "Free some of the disk.");
    } catch (IOException e) {
      LOG.warn("{} cannot be written", there, e);
      return Finding.problem(
          name,
          there + " cannot be written: " + e.getMessage(),
          "Give yourself the right to write there, or set CAPBENCH_HOME to another folder"
              + " (java.io.tmpdir for the temporary one).");
    }
  }

  private static String size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      LongSummaryStatistics sizes =
          files
              .limit(COUNTED_FILES)
              .filter(Files::isRegularFile)
              .mapToLong(file -> file.toFile().length())
              .summaryStatistics();
      return String.format(
          Locale.ROOT, "%,d files of %,.0f MB", sizes.getCount(), sizes.getSum() / MEGABYTE);
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} was not looked through", folder, e);
      return "in use";
    }
  }
}
