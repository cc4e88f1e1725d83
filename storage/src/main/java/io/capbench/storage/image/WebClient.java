package io.capbench.storage.image;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.WebTrouble.Outlook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks web servers for images, once. Redirects are followed by hand, so that every hop is checked.
 * Thread-safe.
 *
 * <p>A host's addresses are checked right before the request, and the client resolves the name
 * again. Java keeps an answer for half a minute, so the client gets the one that was checked unless
 * that time ends between the two: a name server that then answers differently could lead one
 * request to an address that was not checked. A proxy, if Java's properties name one, resolves by
 * itself.
 */
final class WebClient {
  private static final int OK = 200;
  private static final int GONE = 410;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final int MAX_REDIRECTS = 5;
  private static final int REQUESTS_PER_HOST = 4;
  private static final int REQUESTS = 16;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> DISALLOWED =
      Set.of("noai", "noimageai", "noindex", "noimageindex");
  private static final String AGENT = "Capbench";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private final Limits limits;
  private final Resolver resolver;
  private final Predicate<InetAddress> allowed;
  private final HostLimits hosts = new HostLimits(REQUESTS_PER_HOST, REQUESTS);
  private final String agent;
  private @Nullable HttpClient client;

  /**
   * How far a request may go.
   *
   * @param connect time to reach the host
   * @param whole time for the whole request with its redirects, without waiting for its turn and
   *     without resolving names
   * @param bytes largest image
   */
  record Limits(Duration connect, Duration whole, long bytes) {
    static final Limits USUAL =
        new Limits(Duration.ofSeconds(10), Duration.ofSeconds(20), ImageInspector.MAX_BYTES);
  }

  /** Finds the addresses of a host. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  WebClient(Limits limits, Resolver resolver, Predicate<InetAddress> allowed) {
    this.limits = limits;
    this.resolver = resolver;
    this.allowed = allowed;
    String version = WebClient.class.getPackage().getImplementationVersion();
    this.agent = version == null ? AGENT : AGENT + "/" + version;
  }

  /**
   * Fetches what is at an address; whether it is an image is not looked at.
   *
   * @throws WebTrouble if it is not there, is too large, or may not be had
   */
  byte[] get(WebAddress start) throws WebTrouble, InterruptedException {
    WebAddress address = start;
    long left = limits.whole().toNanos();
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      HttpResponse<byte[]> response;
      HostLimits.Permit permit = hosts.acquire(address.host());
      try {
        checkAddresses(address);
        long began = System.nanoTime();
        response = send(address, left);
        left -= System.nanoTime() - began;
      } finally {
        permit.release();
      }
      if (!REDIRECTS.contains(response.statusCode())) {
        return body(address, response);
      }
      String location = response.headers().firstValue("Location").orElse("");
      if (location.isBlank()) {
        throw new WebTrouble(
            Reason.HTTP_ERROR, Outlook.OPEN, address + " redirects without saying where to");
      }
      address = address.redirect(location);
      if (left <= 0) {
        throw timeout(address, null);
      }
    }
    throw new WebTrouble(
        Reason.HTTP_ERROR,
        Outlook.OPEN,
        start + " redirects more than " + MAX_REDIRECTS + " times");
  }

  private void checkAddresses(WebAddress address) throws WebTrouble {
    InetAddress[] addresses;
    try {
      addresses = resolver.resolve(address.host());
    } catch (UnknownHostException e) {
      throw unknownHost(address, e);
    }
    for (InetAddress candidate : addresses) {
      if (!allowed.test(candidate)) {
        throw new WebTrouble(
            Reason.REFUSED,
            Outlook.LASTING,
            address
                + " leads to "
                + candidate.getHostAddress()
                + ", which is not on the public internet, and is not fetched");
      }
    }
  }

  private HttpResponse<byte[]> send(WebAddress address, long nanos)
      throws WebTrouble, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.uri())
            .timeout(Duration.ofNanos(nanos))
            .header("User-Agent", agent)
            .header("Accept", "image/*")
            .GET()
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(request, this::reader);
    try {
      // The request's own limit ends with the headers; this one covers the body as well.
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw timeout(address, e);
    } catch (ExecutionException e) {
      throw broken(address, e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true); // without effect on one that has ended
    }
  }

  private BodySubscriber<byte[]> reader(ResponseInfo answer) {
    boolean wanted =
        answer.statusCode() == OK
            && declared(answer.headers()) <= limits.bytes()
            && !disallowed(answer.headers());
    return new LimitedBody(wanted ? limits.bytes() : -1);
  }

  private byte[] body(WebAddress address, HttpResponse<byte[]> response) throws WebTrouble {
    int status = response.statusCode();
    if (status == NOT_FOUND || status == GONE) {
      throw new WebTrouble(
          Reason.NOT_FOUND,
          Outlook.LASTING,
          address + " is not there any more: its server answers " + status);
    }
    if (status != OK) {
      throw statusTrouble(address, status, response.headers());
    }
    if (disallowed(response.headers())) {
      throw new WebTrouble(
          Reason.REFUSED,
          Outlook.LASTING,
          "Use of image disallowed by X-Robots-Tag directive: " + address);
    }
    if (declared(response.headers()) > limits.bytes() || response.body().length > limits.bytes()) {
      throw new WebTrouble(
          Reason.TOO_LARGE,
          Outlook.LASTING,
          address + " has more bytes than the limit of " + limits.bytes());
    }
    return response.body();
  }

  private static WebTrouble statusTrouble(WebAddress address, int status, HttpHeaders headers) {
    boolean passing = status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
    String message = address + " is not given out: its server answers " + status;
    String after = headers.firstValue("Retry-After").map(String::strip).orElse("");
    if (!passing || after.isEmpty()) {
      return new WebTrouble(Reason.HTTP_ERROR, passing ? Outlook.PASSING : Outlook.OPEN, message);
    }
    // A date is further away than anybody waits here.
    return SECONDS.matcher(after).matches()
        ? new WebTrouble(
            Reason.HTTP_ERROR,
            Outlook.PASSING,
            message,
            Duration.ofSeconds(Long.parseLong(after)),
            null)
        : new WebTrouble(Reason.HTTP_ERROR, Outlook.OPEN, message);
  }

  private static WebTrouble broken(WebAddress address, Throwable cause) {
    if (cause instanceof HttpTimeoutException) {
      return timeout(address, cause);
    }
    if (cause instanceof UnknownHostException) {
      return unknownHost(address, cause);
    }
    if (cause instanceof SSLException) {
      return new WebTrouble(
          Reason.TLS,
          Outlook.OPEN,
          address + " cannot be asked in a secure way: " + cause.getMessage(),
          cause);
    }
    String why = cause instanceof IOException && cause.getMessage() == null ? "" : ": " + cause;
    return new WebTrouble(
        Reason.UNREADABLE, Outlook.OPEN, address + " cannot be read from its server" + why, cause);
  }

  private static WebTrouble timeout(WebAddress address, @Nullable Throwable cause) {
    return new WebTrouble(
        Reason.TIMEOUT, Outlook.PASSING, address + " did not come in time", cause);
  }

  private static WebTrouble unknownHost(WebAddress address, Throwable cause) {
    return new WebTrouble(
        Reason.DNS,
        Outlook.OPEN,
        address + " is on a host that is not known, or the internet is not reached",
        cause);
  }

  private static long declared(HttpHeaders headers) {
    String length = headers.firstValue("Content-Length").map(String::strip).orElse("");
    return SECONDS.matcher(length).matches()
        ? Long.parseLong(length)
        : length.isEmpty() ? 0 : Long.MAX_VALUE;
  }

  // A directive may be meant for one visitor only: "googlebot: noindex".
  private static boolean disallowed(HttpHeaders headers) {
    for (String header : headers.allValues("X-Robots-Tag")) {
      String line = header.toLowerCase(Locale.ROOT);
      int colon = line.indexOf(':');
      boolean forAll = colon < 0 || line.substring(0, colon).strip().equals("capbench");
      if (forAll
          && List.of(line.substring(colon + 1).split(",", -1)).stream()
              .anyMatch(directive -> DISALLOWED.contains(directive.strip()))) {
        return true;
      }
    }
    return false;
  }

  // Made when the first image is wanted: it starts a thread and loads certificates. It ends by
  // itself when nobody refers to it.
  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(limits.connect())
              .build();
      client = made;
    }
    return made;
  }
}
