package io.capbench.engine.published;

import io.capbench.resources.Resource;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches published models into a folder, a folder each. A file appears under its name only when it
 * is whole; what was fetched before is not fetched again, and a file that broke off is gone on
 * with.
 */
public final class ModelDownload {
  private static final Duration STALL = Duration.ofSeconds(60);
  private static final String CONFIG = "open_clip_config.json";

  private final Path models;
  private final Duration stall;

  /**
   * Downloads into a folder.
   *
   * @param models the folder of all models; made when needed
   */
  public ModelDownload(Path models) {
    this(models, STALL);
  }

  /** With another patience for servers that send nothing. */
  ModelDownload(Path models, Duration stall) {
    this.models = models;
    this.stall = stall;
  }

  /** Where a model is or will be. */
  public Path folder(PublishedModel model) {
    return models.resolve(model.name());
  }

  /** Whether all of its files are there. */
  public boolean complete(PublishedModel model) {
    return missing(model).isEmpty();
  }

  private List<PublishedFile> missing(PublishedModel model) {
    return model.files().stream()
        .filter(file -> !Files.isRegularFile(folder(model).resolve(file.name())))
        .toList();
  }

  /**
   * Fetches what is missing of a model.
   *
   * @param context told of each file's progress in bytes; may cancel, and what is there by then is
   *     gone on with next time
   * @return its folder
   * @throws CapbenchException if a file cannot be fetched or is not what was published, or a person
   *     has to fetch one
   */
  public Path get(PublishedModel model, JobContext context) {
    Path folder = folder(model);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
    List<PublishedFile> byHand = new ArrayList<>();
    for (PublishedFile file : missing(model)) {
      if (file.byHand()) {
        byHand.add(file);
      } else {
        new FileDownload(file, folder.resolve(file.name()), stall).run(context);
      }
    }
    if (model.preset() != null) {
      writeConfig(model.preset(), folder.resolve(CONFIG));
    }
    if (!byHand.isEmpty()) {
      PublishedFile file = byHand.get(0);
      throw new CapbenchException(
          "The site gives "
              + file.name()
              + " only to a person with a browser: open "
              + file.url()
              + ", and save the file as "
              + folder.resolve(file.name())
              + ". The other files of "
              + model.name()
              + " are there. ("
              + model.page()
              + ", licence "
              + model.licence()
              + ")");
    }
    return folder;
  }

  private static void writeConfig(String preset, Path file) {
    if (Files.exists(file)) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (InputStream in = Resource.url("models/presets/" + preset + ".json").openStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  static CapbenchException cannotWrite(Path file, IOException e) {
    return new CapbenchException(
        "Cannot write "
            + file
            + ": "
            + e.getMessage()
            + ". Check that the disk has room and that you may write there, or name another folder"
            + " with --into.",
        e);
  }
}
