package io.capbench.app;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.capbench.viewer.fuse.FuserChoice;
import io.capbench.viewer.ground.GroundPreferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person's windows look like, kept from start to start. What belongs to a piece of work is
 * in its workspace instead.
 *
 * @param theme "light" or "dark"
 * @param textSize in pixels
 * @param leftShown whether the side bar is open
 * @param rightShown whether picture and cards are open
 * @param leftDivider where the side bar ends, as a share of the window
 * @param rightDivider where the list ends, as a share of the window
 * @param pictureDivider where the picture ends, as a share of the right side
 * @param width of the window, in pixels
 * @param height of the window, in pixels
 * @param maximized whether the window fills the screen
 * @param workspace the workspace that was used last, or null
 * @param annotator who decides, or null
 * @param webImages whether images are fetched from the web
 * @param ground how the person looks at images, and with which model, or null
 * @param fuser who merges captions, or null
 */
public record AppSettings(
    @Nullable String theme,
    double textSize,
    boolean leftShown,
    boolean rightShown,
    double leftDivider,
    double rightDivider,
    double pictureDivider,
    double width,
    double height,
    boolean maximized,
    @Nullable String workspace,
    @Nullable String annotator,
    boolean webImages,
    @Nullable GroundPreferences ground,
    @Nullable FuserChoice fuser) {
  /** The settings of the first start. */
  public static final AppSettings DEFAULT =
      new AppSettings(
          "light", 13, true, true, 0, 0, 0, 1440, 900, false, null, null, true, null, null);

  private static final Logger LOG = LoggerFactory.getLogger(AppSettings.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Reads the settings; what is missing or damaged is as on the first start. */
  public static AppSettings load(Path file) {
    try {
      ObjectNode all = JSON.valueToTree(DEFAULT);
      JsonNode kept = JSON.readTree(Files.readAllBytes(file));
      if (!(kept instanceof ObjectNode fields)) {
        LOG.warn("{} is damaged; the window looks as on the first start", file);
        return DEFAULT;
      }
      return JSON.treeToValue(all.setAll(fields), AppSettings.class);
    } catch (NoSuchFileException e) {
      return DEFAULT;
    } catch (JacksonException e) {
      LOG.warn("{} is damaged; the window looks as on the first start", file, e);
      return DEFAULT;
    } catch (IOException e) {
      LOG.warn("{} cannot be read; the window looks as on the first start", file, e);
      return DEFAULT;
    }
  }

  /** How the person looks at images. */
  public GroundPreferences groundOrDefault() {
    return ground == null ? GroundPreferences.DEFAULT : ground;
  }

  /** The workspace that was used last, or the other one if there is none. */
  public Path workspaceOr(Path otherwise) {
    if (workspace == null || workspace.isBlank()) {
      return otherwise;
    }
    try {
      return Path.of(workspace);
    } catch (InvalidPathException e) {
      LOG.warn("The workspace that was used last has no name that can be used here", e);
      return otherwise;
    }
  }

  /**
   * Writes the settings, whole or not at all.
   *
   * @throws IOException if the folder cannot be written
   */
  public void save(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, JSON.writeValueAsBytes(this));
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
