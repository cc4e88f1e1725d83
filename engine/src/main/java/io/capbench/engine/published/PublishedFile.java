package io.capbench.engine.published;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of a published model.
 *
 * @param name what it is called here, a plain file name
 * @param url where it was published: https, or http if its hash is known
 * @param sha256 what it hashes to, 64 lower-case hex digits; null if the publisher does not say
 * @param byHand whether the site gives it only to a person with a browser
 */
public record PublishedFile(
    String name, URI url, @Nullable String sha256, @JsonProperty("byHand") boolean byHand) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks what a list says.
   *
   * @throws IllegalArgumentException if a name could leave its folder or an address is not safe
   */
  public PublishedFile {
    if (name == null || !PLAIN.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" is no plain file name");
    }
    if (sha256 != null && !HASH.matcher(sha256).matches()) {
      throw new IllegalArgumentException("\"" + sha256 + "\" is no SHA-256 in lower-case hex");
    }
    String scheme = url == null ? null : url.getScheme();
    if (!"https".equals(scheme) && !("http".equals(scheme) && sha256 != null)) {
      throw new IllegalArgumentException(
          "\"" + url + "\" is no https address, nor an http address with a sha256");
    }
  }
}
