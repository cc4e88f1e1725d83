package io.capbench.engine.published;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model that somebody published.
 *
 * @param name what to ask for it by: small letters, digits, dots and hyphens
 * @param title what people call it
 * @param architecture for example "ViT-B/16"
 * @param preset the configuration to put beside weights that come without one; null if the files
 *     bring it
 * @param tokenizer the file that cuts captions into tokens, among the files
 * @param licence of the weights, as the publisher names it
 * @param page where it is described
 * @param megabytes about how large all files are; null if unknown
 * @param files what to fetch, small ones first
 */
public record PublishedModel(
    String name,
    String title,
    String architecture,
    @Nullable String preset,
    String tokenizer,
    String licence,
    URI page,
    @Nullable Integer megabytes,
    List<PublishedFile> files) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");

  /**
   * Checks what a list says.
   *
   * @throws IllegalArgumentException if something is missing or wrong
   */
  public PublishedModel {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no name of small letters, digits, dots and hyphens");
    }
    if (title == null
        || architecture == null
        || licence == null
        || page == null
        || files == null
        || files.isEmpty()) {
      throw new IllegalArgumentException(
          name + " lacks title, architecture, licence, page or files");
    }
    String wanted = tokenizer;
    if (files.stream().noneMatch(file -> file.name().equals(wanted))) {
      throw new IllegalArgumentException(name + " has no file of its tokenizer " + tokenizer);
    }
    files = List.copyOf(files);
  }
}
