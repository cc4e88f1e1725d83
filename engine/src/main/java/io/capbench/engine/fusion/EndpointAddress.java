package io.capbench.engine.fusion;

import io.capbench.storage.model.CapbenchException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an OpenAI-compatible server is.
 *
 * @param root the address with its version, such as {@code http://localhost:8000/v1}
 * @param api the way of asking, or null to find out
 */
public record EndpointAddress(URI root, @Nullable EndpointApi api) {

  /**
   * Reads an address: a server's, with or without {@code /v1}, or that of one of the two ways.
   *
   * @param wanted the way of asking, or null where the address says it or nobody knows
   * @throws CapbenchException if it is no address, or has a key in it
   */
  public static EndpointAddress of(String text, @Nullable EndpointApi wanted) {
    URI uri = uri(text.strip());
    String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("/+\\z", "");
    EndpointApi named = null;
    for (EndpointApi api : List.of(EndpointApi.CHAT, EndpointApi.COMPLETIONS)) {
      if (named == null && path.endsWith(api.path())) {
        named = api;
        path = path.substring(0, path.length() - api.path().length());
      }
    }
    if (named == null && !path.endsWith("/v1")) {
      path += "/v1";
    }
    URI root =
        URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path.replace(" ", "%20"));
    return new EndpointAddress(root, wanted == null ? named : wanted);
  }

  private static URI uri(String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() == null || !List.of("http", "https").contains(scheme)) {
        throw refused("is no address of a server");
      }
      if (uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        throw refused(
            "has more than a server's address in it. A key belongs into an environment variable, see"
                + " --api-key-env");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw refused("is no address of a server");
    }
  }

  /** Does not repeat what was given, in which there may be a key. */
  private static CapbenchException refused(String why) {
    return new CapbenchException(
        "What was given as endpoint " + why + ". Give one such as http://localhost:8000/v1.");
  }

  /** The address to send requests of that way to. */
  URI of(EndpointApi way) {
    return URI.create(root + way.path());
  }

  /** The server's name, and its port where it is not the usual one. */
  public String host() {
    return root.getPort() < 0 ? root.getHost() : root.getHost() + ":" + root.getPort();
  }
}
