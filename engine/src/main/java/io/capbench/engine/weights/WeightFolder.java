package io.capbench.engine.weights;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the weights in a model's folder. */
final class WeightFolder {
  static final String INDEX = ".index.json";

  /** The names that libraries publish under, the one without pickles first. */
  private static final List<String> NAMES =
      List.of(
          "model.safetensors",
          "open_clip_model.safetensors",
          "open_clip_pytorch_model.bin",
          "pytorch_model.bin");

  private static final List<String> SUFFIXES = List.of(".safetensors", ".pt", ".pth", ".bin");
  private static final int LISTED = 10;

  /** How transformers names several files: "model-00001-of-00003.safetensors". */
  private static final Pattern PART = Pattern.compile("-\\d+-of-\\d+\\.");

  private WeightFolder() {}

  /**
   * A file of weights or an index.
   *
   * @throws CapbenchException if there is none, or more than one and no way to choose
   */
  static Path locate(Path fileOrFolder) {
    if (!Files.exists(fileOrFolder)) {
      throw new CapbenchException(
          fileOrFolder + " is not there. Name a model's folder or a file of weights.");
    }
    if (!Files.isDirectory(fileOrFolder)) {
      return fileOrFolder;
    }
    List<Path> content = content(fileOrFolder);
    for (String name : NAMES) {
      Path file = fileOrFolder.resolve(name);
      if (content.contains(file)) {
        return file;
      }
    }
    List<Path> indexes = content.stream().filter(file -> named(file, List.of(INDEX))).toList();
    if (!indexes.isEmpty()) {
      return indexes.stream()
          .filter(file -> named(file, List.of(".safetensors" + INDEX)))
          .findFirst()
          .orElse(indexes.get(0));
    }
    for (List<String> suffixes :
        List.of(List.of(".safetensors"), List.of(".pt", ".pth"), List.of(".bin"))) {
      List<Path> files = content.stream().filter(file -> named(file, suffixes)).toList();
      if (files.size() == 1) {
        return files.get(0);
      }
      if (files.size() > 1 && files.stream().allMatch(WeightFolder::part)) {
        throw new CapbenchException(
            fileOrFolder
                + " has parts of a model ("
                + listed(files)
                + ") but not their index, *"
                + suffixes.get(0)
                + INDEX
                + ". Download it into the same folder.");
      }
      if (files.size() > 1) {
        throw new CapbenchException(
            fileOrFolder
                + " has several files of weights ("
                + listed(files)
                + "). Name the one to use, or keep it in a folder of its own.");
      }
    }
    throw new CapbenchException(
        fileOrFolder
            + " has no weights: no *.safetensors, *.pt, *.pth, *.bin or *"
            + INDEX
            + (content.isEmpty() ? "; it has no files" : "; it has " + listed(content))
            + ". Put the model's files there; `capbench models list` says where some are"
            + " published.");
  }

  /** Whether a file's name says that it holds weights or lists them. */
  static boolean weightsOrIndex(Path file) {
    return named(file, SUFFIXES) || named(file, List.of(INDEX));
  }

  private static List<Path> content(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw WeightFile.unreadable(folder, e);
    }
  }

  private static boolean part(Path file) {
    return PART.matcher(String.valueOf(file.getFileName())).find();
  }

  private static boolean named(Path file, List<String> suffixes) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && suffixes.stream().anyMatch(name::endsWith);
  }

  private static String listed(List<Path> files) {
    String names =
        files.stream()
            .limit(LISTED)
            .map(file -> String.valueOf(file.getFileName()))
            .collect(Collectors.joining(", "));
    return files.size() > LISTED ? names + " and " + (files.size() - LISTED) + " more" : names;
  }
}
