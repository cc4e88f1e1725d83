package io.capbench.storage.dataset;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the cache folder holds, and how it is kept small. Thread-safe, also between programs. When a
 * copy was used last is the time of an empty file in the folder {@code used}.
 *
 * <p>A copy that an open dataset reads has a mark in that dataset's scratch folder, which is there
 * as long as its program lives. Whoever opens a copy marks it first and looks for it then; whoever
 * removes one moves it aside first and looks for marks then. So one of the two sees the other.
 */
public final class ImportCache {
  /** How many bytes of copies are kept unless they are in use: 20 GiB. */
  static final long BOUND = 20L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(ImportCache.class);
  private static final String COPY = ".parquet";
  private static final String USED = "used";
  private static final String ASIDE = ".aside";
  private static final String MARKS = "imports";
  private static final String SCRATCH = "scratch-";

  /** What copies are made of; the folder of a kind is called like it. */
  enum Kind {
    JSON,
    CSV,
    TAR,
    FOLDER;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A part of the cache.
   *
   * @param name {@code json}, {@code csv}, {@code tar}, {@code folder}: copies of such sources;
   *     {@code images}: from the web; {@code scratch}: what running programs spill; or the name of
   *     another folder in the cache
   * @param files how many there are
   * @param bytes how many they have together
   */
  public record Part(String name, long files, long bytes) {}

  private record Copy(Path file, FileTime used, long bytes) {}

  private final Path folder;

  /** The cache in that folder, which need not exist. */
  public ImportCache(Path folder) {
    this.folder = folder;
  }

  /**
   * What is kept where, by name. Files that come or go meanwhile may be missing.
   *
   * @throws IOException if the folder cannot be read
   */
  public List<Part> parts() throws IOException {
    TreeMap<String, Part> parts = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      for (Path file : files(folder)) {
        String top = folder.relativize(file).getName(0).toString();
        if (top.equals(USED)) {
          continue;
        }
        String name = top.startsWith(SCRATCH) ? "scratch" : top;
        Part before = parts.getOrDefault(name, new Part(name, 0, 0));
        parts.put(name, new Part(name, before.files() + 1, before.bytes() + length(file)));
      }
    }
    return List.copyOf(parts.values());
  }

  /**
   * Removes all that can be made or fetched again and that no open dataset reads: copies, images
   * from the web, and what ended programs left.
   *
   * @return how many bytes became free
   * @throws IOException if a folder cannot be read
   */
  public long clear() throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    long freed = remove(copies(), 0);
    for (String other : List.of("images", Fingerprints.FOLDER)) {
      if (Files.isDirectory(folder.resolve(other))) {
        for (Path file : files(folder.resolve(other))) {
          long bytes = length(file);
          freed += Files.deleteIfExists(file) ? bytes : 0;
        }
      }
    }
    return freed;
  }

  /** Notes that a copy is used from now on, whether it is there yet or not. */
  void use(Path copy, Path scratch) throws IOException {
    Path marks = Files.createDirectories(scratch.resolve(MARKS));
    Path mark = marks.resolve(mark(copy));
    if (!Files.exists(mark)) {
      Files.createFile(mark);
    }
    Files.createDirectories(folder.resolve(USED));
    Path used = used(copy);
    if (Files.exists(used)) {
      Files.setLastModifiedTime(used, FileTime.from(Instant.now()));
    } else {
      Files.write(used, new byte[0]);
    }
  }

  /** Removes the copies that were not used for longest until the others are within a bound. */
  void trim(long bound) throws IOException {
    remove(copies(), bound);
  }

  private long remove(List<Copy> copies, long bound) throws IOException {
    long bytes = copies.stream().mapToLong(Copy::bytes).sum();
    long freed = 0;
    copies.sort(Comparator.comparing(Copy::used));
    if (bytes > bound) {
      sweep();
    }
    for (Copy copy : copies) {
      if (bytes - freed <= bound) {
        break;
      }
      if (remove(copy.file())) {
        freed += copy.bytes();
      }
    }
    return freed;
  }

  private boolean remove(Path copy) throws IOException {
    if (marks().contains(mark(copy))) {
      return false;
    }
    Path aside = copy.resolveSibling(copy.getFileName() + ASIDE);
    try {
      Files.move(copy, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      LOG.debug("Another program removed {} first", copy, e);
      return false;
    }
    if (marks().contains(mark(copy))) {
      Files.move(aside, copy, StandardCopyOption.ATOMIC_MOVE);
      return false;
    }
    Files.deleteIfExists(aside);
    Files.deleteIfExists(used(copy));
    LOG.info("Removed {} from the cache", copy);
    return true;
  }

  /** Removes what ended programs left, whose marks mean nothing. */
  private void sweep() throws IOException {
    new ScratchFolder(folder).close();
  }

  private Set<String> marks() throws IOException {
    Set<String> marks = new HashSet<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        Path inside = entry.resolve(MARKS);
        if (entry.getFileName().toString().startsWith(SCRATCH) && Files.isDirectory(inside)) {
          files(inside).forEach(file -> marks.add(file.getFileName().toString()));
        }
      }
    }
    return marks;
  }

  private List<Copy> copies() throws IOException {
    List<Copy> copies = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Path inside = folder.resolve(kind.id());
      if (!Files.isDirectory(inside)) {
        continue;
      }
      try (Stream<Path> entries = Files.list(inside)) {
        for (Path file : entries.toList()) {
          if (file.toString().endsWith(ASIDE)) { // a program ended between the two steps
            Files.deleteIfExists(file);
          } else if (file.toString().endsWith(COPY)) {
            Path used = used(file);
            Path time = Files.exists(used) ? used : file;
            copies.add(new Copy(file, Files.getLastModifiedTime(time), length(file)));
          }
        }
      } catch (NoSuchFileException e) {
        LOG.debug("Another program removed a copy meanwhile", e);
      }
    }
    return copies;
  }

  private static String mark(Path copy) {
    Path kind = copy.getParent();
    return (kind == null ? "" : kind.getFileName()) + "-" + copy.getFileName();
  }

  private Path used(Path copy) {
    return folder.resolve(USED).resolve(mark(copy));
  }

  private static long length(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      LOG.debug("{} has gone meanwhile", file, e);
      return 0;
    }
  }

  private static List<Path> files(Path inside) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        inside,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            LOG.debug("{} has gone meanwhile", file, e);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) {
            return FileVisitResult.CONTINUE; // a folder may have gone too
          }
        });
    return files;
  }
}
