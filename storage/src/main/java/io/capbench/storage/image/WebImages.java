package io.capbench.storage.image;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageStatuses.Known;
import io.capbench.storage.image.WebTrouble.Outlook;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ImageRef;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images on the web, kept on the disk once they were fetched; failures are remembered as well.
 * Addresses are not trusted: only http and https are asked, by default only hosts on the public
 * internet, through at most five redirects, each checked. Four requests run at a time to one host,
 * sixteen in all; one image is never fetched twice at once. Thread-safe.
 */
public final class WebImages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebImages.class);
  private static final long CACHE_BYTES = 2L << 30;
  private static final int TRIES = 3;
  private static final Duration SHORT_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final WebClient client;
  private final WebCache cache;
  private final ImageStatuses statuses;
  private final Pause pause;
  private final boolean privateAddresses;
  private final ImageInspector inspector = new ImageInspector();
  private final Map<String, CompletableFuture<ImageBytes>> underWay = new ConcurrentHashMap<>();
  private volatile boolean online = true;

  /** Lets time go by. */
  @FunctionalInterface
  interface Pause {
    void pause(Duration time) throws InterruptedException;
  }

  /**
   * What is kept on the disk.
   *
   * @param files number of images
   * @param bytes what they take
   */
  public record Size(long files, long bytes) {}

  /**
   * Images on the web. Nothing is asked before an image is wanted.
   *
   * @param folder for what was fetched, up to 2 GiB, and for what is known of images; may be used
   *     by several programs
   * @param privateAddresses whether hosts on this machine and in its network are asked too
   */
  public WebImages(Path folder, boolean privateAddresses) {
    this(
        new WebClient(
            WebClient.Limits.USUAL,
            InetAddress::getAllByName,
            privateAddresses ? address -> true : PublicAddresses::contain),
        new WebCache(folder, CACHE_BYTES),
        new ImageStatuses(folder.resolve("statuses.db"), InstantSource.system()),
        time -> Thread.sleep(time.toMillis()),
        privateAddresses);
  }

  WebImages(
      WebClient client,
      WebCache cache,
      ImageStatuses statuses,
      Pause pause,
      boolean privateAddresses) {
    this.client = client;
    this.cache = cache;
    this.statuses = statuses;
    this.pause = pause;
    this.privateAddresses = privateAddresses;
  }

  /**
   * Reads an image from the cache or from the web, which may take a minute. A failure is remembered
   * and told again without asking: for a month if it lasts (404, no image, too large, not allowed),
   * for minutes to days, longer each time, if it may pass.
   *
   * @throws ImageException if it cannot be had, with a typed reason; also if the thread is
   *     interrupted, which it stays
   */
  public ImageBytes read(ImageRef.Url image) throws ImageException {
    String key = image.name();
    Optional<Known> known = statuses.find(key);
    Optional<ImageBytes> kept = known.isPresent() ? kept(key, known.get()) : Optional.empty();
    if (kept.isPresent()) {
      return kept.get();
    }
    if (!online) {
      throw new ImageException(
          Reason.OFFLINE, "Images from the web are switched off, and this one is not kept here");
    }
    if (known.isPresent() && toldAgain(key, known.get())) {
      throw new ImageException(known.get().status().reason(), known.get().message());
    }
    try {
      return shared(key);
    } catch (WebTrouble e) {
      throw e.toImageException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImageException(
          Reason.UNREADABLE, image.name() + " was not fetched: it was stopped", e);
    }
  }

  private Optional<ImageBytes> kept(String key, Known known) {
    String content = known.content();
    Optional<byte[]> bytes = content == null ? Optional.empty() : cache.image(content);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(inspector.inspect(bytes.get(), key));
    } catch (ImageException e) {
      LOG.warn("An image that was kept is none any more and is fetched again", e);
      return Optional.empty();
    }
  }

  private boolean toldAgain(String key, Known known) {
    // What was refused while private addresses were not allowed may be allowed now.
    boolean otherwiseNow = privateAddresses && known.status() == ImageStatus.REFUSED;
    return known.status().failed() && !otherwiseNow && statuses.settled(key);
  }

  /** Fetches an image, or waits for the one who does so already. */
  private ImageBytes shared(String key) throws WebTrouble, InterruptedException {
    while (true) {
      CompletableFuture<ImageBytes> mine = new CompletableFuture<>();
      CompletableFuture<ImageBytes> other = underWay.putIfAbsent(key, mine);
      if (other == null) {
        return fetch(key, mine);
      }
      try {
        return other.get();
      } catch (CancellationException e) {
        LOG.debug("Who fetched {} was stopped; now it is fetched by another", key);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof WebTrouble trouble) {
          throw trouble;
        }
        throw new IllegalStateException("Fetching " + key + " went wrong", e.getCause());
      }
    }
  }

  private ImageBytes fetch(String key, CompletableFuture<ImageBytes> told)
      throws WebTrouble, InterruptedException {
    try {
      WebAddress address = WebAddress.parse(key);
      byte[] bytes = get(address);
      ImageBytes image = inspect(address, bytes);
      statuses.succeeded(key, cache.keep(bytes));
      told.complete(image);
      return image;
    } catch (WebTrouble e) {
      statuses.failed(key, e);
      told.completeExceptionally(e);
      throw e;
    } catch (RuntimeException e) {
      told.completeExceptionally(e);
      throw e;
    } finally {
      told.cancel(false); // without effect on what has ended
      underWay.remove(key, told);
    }
  }

  private byte[] get(WebAddress address) throws WebTrouble, InterruptedException {
    Duration next = SHORT_PAUSE;
    for (int tries = 1; ; tries++) {
      try {
        return client.get(address);
      } catch (WebTrouble e) {
        Duration wanted = e.pause() == null ? next : e.pause();
        // What ran out of time has had its time; others wait.
        if (tries == TRIES
            || e.outlook() != Outlook.PASSING
            || e.reason() == Reason.TIMEOUT
            || wanted.compareTo(LONGEST_PAUSE) > 0) {
          throw e;
        }
        LOG.debug("Another try after {}: {}", wanted, e.getMessage());
        pause.pause(wanted);
        next = next.multipliedBy(4);
      }
    }
  }

  private ImageBytes inspect(WebAddress address, byte[] bytes) throws WebTrouble {
    try {
      return inspector.inspect(bytes, address.toString());
    } catch (ImageException e) {
      throw new WebTrouble(e.reason(), Outlook.LASTING, String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether the web is asked; what is kept on the disk can be had in any case. */
  public boolean online() {
    return online;
  }

  /** Switches the web on or off. What is being fetched comes to its end. */
  public void setOnline(boolean on) {
    online = on;
  }

  /** What became of the images that were asked for. */
  public ImageStatuses statuses() {
    return statuses;
  }

  /** What is kept on the disk. Looks at every file. */
  public Size size() {
    return cache.size();
  }

  /**
   * Removes the images that are kept and forgets what is known of them.
   *
   * @throws CapbenchException if a file cannot be removed
   */
  public void clear() {
    statuses.clear();
    try {
      cache.clear();
    } catch (IOException e) {
      throw new CapbenchException(
          "The images that were kept cannot be removed: "
              + e
              + ". Close other windows of Capbench and try again",
          e);
    }
  }

  /** Lets go of the file with statuses; idempotent. A later call opens it again. */
  @Override
  public void close() {
    statuses.close();
  }
}
