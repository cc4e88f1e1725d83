package io.capbench.storage.source;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patterns of file names as shells have them: {@code *}, {@code ?}, {@code [...]} and {@code {a,b}}
 * inside of a name, {@code **} across folders. Names that begin with a dot match only a pattern's
 * part that begins with one.
 */
final class PathPattern {
  private static final Pattern MARKS = Pattern.compile(".*[*?\\[{].*");
  private static final String DEEP = "**";
  private static final Pattern PIECE = Pattern.compile("\\d+|\\D+");

  /** Names as people count: {@code a_2} before {@code a_10}; folder by folder. */
  static final Comparator<Path> NATURAL = PathPattern::compare;

  private PathPattern() {}

  /** Whether a path has a mark of a pattern. */
  static boolean isPattern(Path path) {
    return MARKS.matcher(path.toString()).matches();
  }

  /**
   * The files that a pattern stands for, in natural order, without those in linked folders that
   * {@code **} meets.
   *
   * @throws IOException if a folder cannot be read
   * @throws PatternSyntaxException if a bracket has no partner
   */
  static List<Path> files(Path pattern) throws IOException {
    Path root = pattern.getRoot() == null ? Path.of("") : pattern.getRoot();
    int plain = 0;
    while (!isPattern(pattern.getName(plain))) {
      root = root.resolve(pattern.getName(plain));
      plain++;
    }
    Path wild = pattern.subpath(plain, pattern.getNameCount());
    boolean deep = wild.toString().contains(DEEP);
    Matching visitor = new Matching(root, wild);
    if (Files.isDirectory(root)) {
      int depth = deep ? Integer.MAX_VALUE : wild.getNameCount();
      Files.walkFileTree(root, Set.of(), depth, visitor);
    }
    visitor.found.sort(NATURAL);
    return visitor.found;
  }

  private static int compare(Path a, Path b) {
    int common = Math.min(a.getNameCount(), b.getNameCount());
    for (int i = 0; i < common; i++) {
      int order = compare(a.getName(i).toString(), b.getName(i).toString());
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.getNameCount(), b.getNameCount());
  }

  private static int compare(String a, String b) {
    Matcher left = PIECE.matcher(a);
    Matcher right = PIECE.matcher(b);
    boolean more = left.find();
    boolean moreRight = right.find();
    while (more && moreRight) {
      int order = comparePieces(left.group(), right.group());
      if (order != 0) {
        return order;
      }
      more = left.find();
      moreRight = right.find();
    }
    return more == moreRight ? a.compareTo(b) : Boolean.compare(more, moreRight);
  }

  private static int comparePieces(String a, String b) {
    if (a.charAt(0) > '9' || a.charAt(0) < '0' || b.charAt(0) > '9' || b.charAt(0) < '0') {
      return a.compareTo(b);
    }
    String left = a.replaceFirst("^0+(?=.)", "");
    String right = b.replaceFirst("^0+(?=.)", "");
    int order = Integer.compare(left.length(), right.length());
    return order != 0 ? order : left.compareTo(right);
  }

  /** Collects the files below a folder that match. */
  private static final class Matching extends SimpleFileVisitor<Path> {
    private final List<Path> found = new ArrayList<>();
    private final Path root;
    private final List<String> names = new ArrayList<>();
    private final List<PathMatcher> matchers = new ArrayList<>();

    Matching(Path root, Path wild) {
      this.root = root;
      for (Path name : wild) {
        names.add(name.toString());
        matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + name));
      }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      Path inside = root.toString().isEmpty() ? file : root.relativize(file);
      if (Files.isRegularFile(file) && matches(0, inside, 0)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean matches(int part, Path path, int at) {
      if (part == names.size() || at == path.getNameCount()) {
        return part == names.size() && at == path.getNameCount();
      }
      Path name = path.getName(at);
      boolean hidden = name.toString().startsWith(".") && !names.get(part).startsWith(".");
      boolean last = at == path.getNameCount() - 1;
      if (names.get(part).equals(DEEP)) {
        return (!hidden && (matches(part, path, at + 1) || (last && part == names.size() - 1)))
            || matches(part + 1, path, at);
      }
      return !hidden && matchers.get(part).matches(name) && matches(part + 1, path, at + 1);
    }
  }
}
