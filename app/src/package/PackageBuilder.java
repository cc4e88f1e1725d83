import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes packages of the built program, with a Java of their own: {@code .ci/package} runs it. A program of one file
 * that the JDK runs from its source, so that it is the same one on Linux, macOS and Windows; the latter two are
 * untried.
 *
 * <p>Arguments are the folder of the clone and the kinds of packages: {@code deb} and {@code tar.gz} on Linux, {@code
 * dmg} on macOS, {@code msi} on Windows (which needs WiX), {@code app-image} everywhere.
 */
public final class PackageBuilder {
  /**
   * What the runtime is made of: what jdeps finds the libraries to use (java.*, jdk.unsupported*, jdk.jfr,
   * jdk.management), and what is only asked for at run time: TLS's curves (jdk.crypto.ec), zip files as file systems,
   * charsets of CSV files, the screen reader of Windows, and vector instructions (jdk.incubator.vector).
   */
  private static final String MODULES =
      "java.base,java.compiler,java.desktop,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,"
          + "jdk.accessibility,jdk.charsets,jdk.crypto.ec,jdk.incubator.vector,jdk.jfr,jdk.management,jdk.net,"
          + "jdk.unsupported,jdk.unsupported.desktop,jdk.zipfs";

  /** Libraries of the runtime that only windows of AWT and sound need, neither of which Capbench has. */
  private static final Pattern UNUSED = Pattern.compile("lib(awt_xawt|jawt|splashscreen|jsound)\\.so");

  /** A platform: whose machine code stays in the libraries. */
  private record Platform(String name, String duckdb, String sqlite, String djl) {
    static Platform current() {
      String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      boolean arm = System.getProperty("os.arch").equals("aarch64");
      if (system.startsWith("linux") && !arm) {
        return new Platform("linux-x86_64", "so_linux_amd64", "Linux/x86_64", "linux-x86_64");
      }
      if (system.startsWith("mac") && arm) {
        return new Platform("macos-arm64", "so_macos_arm64", "Mac/aarch64", "osx-aarch64");
      }
      if (system.startsWith("windows") && !arm) {
        return new Platform("windows-x86_64", "so_windows_amd64", "Windows/x86_64", "win-x86_64");
      }
      throw new IllegalStateException("There are no packages for " + system + " on " + System.getProperty("os.arch"));
    }

    boolean linux() {
      return name.startsWith("linux");
    }

    /** Whether an entry of a library is machine code of another platform. */
    boolean foreign(String library, String entry) {
      if (library.startsWith("duckdb_jdbc")) {
        return entry.startsWith("libduckdb_java.") && !entry.endsWith(duckdb);
      }
      if (library.startsWith("sqlite-jdbc")) {
        return entry.startsWith("org/sqlite/native/") && !entry.startsWith("org/sqlite/native/" + sqlite + "/");
      }
      if (library.startsWith("tokenizers")) {
        return entry.matches("native/lib/[^/]+/.*") && !entry.startsWith("native/lib/" + djl + "/");
      }
      if (library.startsWith("pytorch-jni")) {
        return entry.matches("jnilib/[^/]+/.*") && !entry.startsWith("jnilib/" + djl + "/");
      }
      return false;
    }
  }

  private final Platform platform = Platform.current();
  private final Path clone;
  private final Path files;
  private final Path work;
  private final Path program;
  private final String version;

  private PackageBuilder(Path clone) throws IOException {
    this.clone = clone;
    files = clone.resolve("app/src/package");
    work = clone.resolve("app/target/package");
    program = clone.resolve("app/target/capbench");
    try (JarFile jar = new JarFile(program.resolve("capbench.jar").toFile())) {
      version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
    }
  }

  /** Makes the packages; ends with a sentence and 1 if something fails. */
  public static void main(String[] arguments) {
    try {
      PackageBuilder builder = new PackageBuilder(Path.of(arguments[0]).toAbsolutePath().normalize());
      List<Path> made = builder.build(List.of(arguments).subList(1, arguments.length));
      for (Path file : made) {
        System.out.println(file);
      }
    } catch (IOException | InterruptedException | IllegalStateException e) {
      System.err.println("package: " + e.getMessage());
      System.exit(1);
    }
  }

  private List<Path> build(List<String> kinds) throws IOException, InterruptedException {
    delete(work);
    Path image = image();
    List<Path> made = new ArrayList<>();
    for (String kind : kinds) {
      switch (kind) {
        case "app-image" -> made.add(image);
        case "deb" -> made.add(deb(image));
        case "tar.gz" -> made.add(tar(image));
        default -> made.add(installer(image, kind));
      }
    }
    return made;
  }

  /** The program, its libraries, samples and runtime in one folder with a launcher. */
  private Path image() throws IOException {
    Path input = Files.createDirectories(work.resolve("input"));
    copy(clone.resolve("resources/jvm.options"), input.resolve("jvm.options"));
    copy(clone.resolve("NOTICE"), input.resolve("NOTICE"));
    copy(program.resolve("capbench.jar"), input.resolve("capbench.jar"));
    for (Path library : list(program.resolve("lib"))) {
      trim(library, input.resolve("lib").resolve(library.getFileName().toString()));
    }
    for (String sample : List.of("samples/sample-world", "samples/models")) {
      copyTree(clone.resolve(sample), input.resolve(sample));
    }
    Path runtime = work.resolve("runtime");
    tool("jlink", List.of("--add-modules", MODULES, "--output", runtime.toString(), "--strip-java-debug-attributes",
        "--no-header-files", "--no-man-pages", "--generate-cds-archive"));
    List<String> arguments = new ArrayList<>(List.of("--type", "app-image", "--name", "capbench",
        "--app-version", version, "--input", input.toString(), "--main-jar", "capbench.jar",
        "--runtime-image", runtime.toString(), "--dest", work.toString(), "--java-options", "-Dcapbench.home=$APPDIR"));
    for (String option : Files.readAllLines(clone.resolve("resources/jvm.options"))) {
      if (!option.isBlank() && !option.startsWith("#")) {
        arguments.addAll(List.of("--java-options", option));
      }
    }
    if (platform.linux()) {
      arguments.addAll(List.of("--icon", clone.resolve("resources/icons/capbench.png").toString()));
    }
    if (platform.name().startsWith("windows")) {
      // Without a console of its own, the command line would print nothing.
      arguments.add("--win-console");
    }
    tool("jpackage", arguments);
    Path image = work.resolve(platform.name().startsWith("macos") ? "capbench.app" : "capbench");
    if (platform.linux()) {
      launchByScript(image);
    }
    return image;
  }

  /** docs/adr/0013-packages.md says why jpackage's own launcher goes on Linux. */
  private void launchByScript(Path image) throws IOException {
    copy(files.resolve("linux/capbench"), image.resolve("bin/capbench"));
    Files.delete(image.resolve("lib/libapplauncher.so"));
    Files.delete(image.resolve("lib/app/capbench.cfg"));
    Files.deleteIfExists(image.resolve("lib/app/.jpackage.xml"));
  }

  private Path deb(Path image) throws IOException, InterruptedException {
    Path root = work.resolve("deb");
    Path opt = root.resolve("opt/capbench");
    copyTree(image, opt);
    Path share = root.resolve("usr/share");
    Path bin = Files.createDirectories(root.resolve("usr/bin"));
    Files.createSymbolicLink(bin.resolve("capbench"), Path.of("/opt/capbench/bin/capbench"));
    copy(files.resolve("linux/capbench.desktop"), share.resolve("applications/capbench.desktop"));
    copy(files.resolve("linux/capbench.xml"), share.resolve("mime/packages/capbench.xml"));
    copy(clone.resolve("resources/icons/capbench.png"), share.resolve("icons/hicolor/256x256/apps/capbench.png"));
    copy(clone.resolve("NOTICE"), share.resolve("doc/capbench/copyright"));
    long bytes = 0;
    for (Path file : tree(root)) {
      bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
    }
    String control = Files.readString(files.resolve("linux/control"))
        .replace("@VERSION@", version)
        .replace("@SIZE@", Long.toString((bytes + 1023) / 1024))
        .replace("@LIBRARIES@", libraries(image.resolve("lib/runtime/lib")));
    Files.createDirectories(root.resolve("DEBIAN"));
    Files.writeString(root.resolve("DEBIAN/control"), control);
    Path deb = work.resolve("capbench_" + version + "_amd64.deb");
    // Nearly all of it lies compressed in jars; more effort than the least gains little.
    run(work, List.of("dpkg-deb", "--build", "--root-owner-group", "-Zxz", "-z1", root.toString(), deb.toString()));
    return deb;
  }

  /** The Debian packages that hold what the runtime's libraries are linked with. */
  private String libraries(Path runtime) throws IOException, InterruptedException {
    Path debian = Files.createDirectories(work.resolve("shlibs/debian"));
    Files.writeString(debian.resolve("control"), "Source: capbench\n\nPackage: capbench\nArchitecture: amd64\n");
    List<String> command = new ArrayList<>(List.of("dpkg-shlibdeps", "-O", "--warnings=0", "--ignore-missing-info",
        "-l" + runtime, "-l" + runtime.resolve("server")));
    for (Path file : tree(runtime)) {
      String name = file.getFileName().toString();
      if (name.endsWith(".so") && !UNUSED.matcher(name).matches()) {
        command.add(file.toString());
      }
    }
    String said = run(debian.getParent(), command);
    String marker = "shlibs:Depends=";
    return said.lines().filter(line -> line.startsWith(marker)).findFirst()
        .orElseThrow(() -> new IllegalStateException("dpkg-shlibdeps did not say what the runtime needs: " + said))
        .substring(marker.length());
  }

  private Path tar(Path image) throws IOException, InterruptedException {
    String name = "capbench-" + version + "-" + platform.name();
    Path tar = work.resolve(name + ".tar.gz");
    run(work, List.of("tar", "--create", "--gzip", "--file", tar.toString(), "--owner=0", "--group=0", "--numeric-owner",
        "--sort=name", "--transform=s,^capbench," + name + ",S", image.getFileName().toString()));
    return tar;
  }

  /** An installer of jpackage's. */
  private Path installer(Path image, String kind) throws IOException {
    Path folder = Files.createDirectories(work.resolve(kind));
    tool("jpackage", List.of("--type", kind, "--name", "capbench", "--app-version", version,
        "--app-image", image.toString(), "--dest", folder.toString()));
    return list(folder).get(0);
  }

  /** Copies a library without other platforms' machine code. */
  private void trim(Path library, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    String name = library.getFileName().toString();
    try (ZipFile zip = new ZipFile(library.toFile())) {
      List<? extends ZipEntry> kept = zip.stream().filter(e -> !platform.foreign(name, e.getName())).toList();
      if (kept.size() == zip.size()) {
        copy(library, target);
        return;
      }
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
        for (ZipEntry entry : kept) {
          ZipEntry same = new ZipEntry(entry.getName());
          same.setTime(entry.getTime());
          out.putNextEntry(same);
          zip.getInputStream(entry).transferTo(out);
        }
      }
    }
  }

  private static void tool(String name, List<String> arguments) {
    ToolProvider tool = ToolProvider.findFirst(name)
        .orElseThrow(() -> new IllegalStateException("This Java has no " + name + "; packages need a whole JDK."));
    int code = tool.run(System.err, System.err, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException(name + " failed with " + code + "; what it said stands above.");
    }
  }

  private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command.get(0) + " failed: " + said);
    }
    return said;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static List<Path> tree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    for (Path file : tree(from)) {
      Path target = to.resolve(from.relativize(file).toString());
      if (Files.isSymbolicLink(file)) {
        Files.createSymbolicLink(target, Files.readSymbolicLink(file));
      } else if (Files.isDirectory(file)) {
        Files.createDirectories(target);
      } else {
        copy(file, target);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(PackageBuilder::deleteOne);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  private static void deleteOne(Path file) {
    try {
      file.toFile().setWritable(true);
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
