package io.capbench.storage.image;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.WebTrouble.Outlook;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that may be asked for an image, as far as its spelling goes. Shards hold addresses as
 * they stood in web pages: what browsers mend (blanks, letters beyond ASCII) is mended here too.
 *
 * @param uri http or https, with a host, without user information and fragment
 */
record WebAddress(URI uri) {
  private static final Pattern PARTS =
      Pattern.compile("(https?)://([^/?#\\\\]*)((?:[/?][^#]*)?)(#.*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):.*");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+)(?::([0-9]{0,5}))?");
  private static final Pattern ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
  private static final String NEVER_IN_URI = " \"<>\\^`{|}[]";
  private static final int LAST_PORT = 65535;

  /**
   * Reads an address.
   *
   * @throws WebTrouble if it is none, or none that is asked
   */
  static WebAddress parse(String text) throws WebTrouble {
    String address = text.strip();
    if (address.chars().anyMatch(Character::isISOControl)) {
      throw refused(
          address.replaceAll("\\p{Cntrl}", "?"), "has control characters in it and is not fetched");
    }
    Matcher parts = PARTS.matcher(address);
    if (!parts.matches()) {
      Matcher scheme = SCHEME.matcher(address);
      throw scheme.matches() && !scheme.group(1).toLowerCase(Locale.ROOT).startsWith("http")
          ? refused(address, "is not fetched: only http and https are")
          : unusable(address);
    }
    String authority = parts.group(2);
    if (authority.indexOf('@') >= 0) {
      throw refused(address, "has a user name in it and is not fetched");
    }
    Matcher host = HOST_AND_PORT.matcher(authority);
    if (!host.matches()) {
      throw unusable(address);
    }
    try {
      String port = host.group(2);
      if (port != null && !port.isEmpty() && badPort(Integer.parseInt(port))) {
        throw unusable(address);
      }
      URI uri =
          new URI(
              parts.group(1).toLowerCase(Locale.ROOT)
                  + "://"
                  + ascii(host.group(1))
                  + (port == null || port.isEmpty() ? "" : ":" + port)
                  + escape(parts.group(3)));
      if (uri.getHost() == null) {
        throw unusable(address);
      }
      return new WebAddress(uri);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw unusable(address);
    }
  }

  /**
   * Where a redirect leads.
   *
   * @param location as the server wrote it
   * @throws WebTrouble if it is no address, or none that is asked
   */
  WebAddress redirect(String location) throws WebTrouble {
    if (SCHEME.matcher(location).matches()) {
      return parse(location);
    }
    if (location.startsWith("//")) {
      return parse(uri.getScheme() + ":" + location);
    }
    try {
      return parse(uri.resolve(escape(location)).toString());
    } catch (IllegalArgumentException e) {
      throw unusable(location);
    }
  }

  /** The host as it is resolved: a name, or an address without brackets. */
  String host() {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public String toString() {
    return uri.toString();
  }

  private static boolean badPort(int port) {
    return port < 1 || port > LAST_PORT;
  }

  private static String ascii(String host) {
    return host.startsWith("[") ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte unit : ESCAPE.matcher(text).replaceAll("%25").getBytes(StandardCharsets.UTF_8)) {
      if (unit < 0 || NEVER_IN_URI.indexOf(unit) >= 0) {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
      } else {
        escaped.append((char) unit);
      }
    }
    return escaped.toString();
  }

  private static WebTrouble refused(String address, String why) {
    return new WebTrouble(Reason.REFUSED, Outlook.LASTING, address + " " + why);
  }

  private static WebTrouble unusable(String address) {
    return new WebTrouble(
        Reason.NOT_FOUND, Outlook.LASTING, address + " is not an address that can be fetched");
  }
}
