package io.capbench.storage.image;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.WebTrouble.Outlook;
import io.capbench.storage.model.ImageRef;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images on the web, kept on the disk once they were fetched. Addresses are not trusted: only http
 * and https are asked, by default only hosts on the public internet, through at most five
 * redirects, each checked. Four requests run at a time to one host, sixteen in all. Thread-safe;
 * needs no closing.
 */
public final class WebImages {
  private static final Logger LOG = LoggerFactory.getLogger(WebImages.class);
  private static final long CACHE_BYTES = 2L << 30;
  private static final Duration SHORT_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final WebClient client;
  private final WebCache cache;
  private final Pause pause;
  private final ImageInspector inspector = new ImageInspector();

  /** Lets time go by. */
  @FunctionalInterface
  interface Pause {
    void pause(Duration time) throws InterruptedException;
  }

  /**
   * Images on the web. Nothing is asked before an image is wanted.
   *
   * @param folder for what was fetched, up to 2 GiB; may be used by several programs
   * @param privateAddresses whether hosts on this machine and in its network are asked too
   */
  public WebImages(Path folder, boolean privateAddresses) {
    this(
        new WebClient(
            WebClient.Limits.USUAL,
            InetAddress::getAllByName,
            privateAddresses ? address -> true : PublicAddresses::contain),
        new WebCache(folder, CACHE_BYTES),
        time -> Thread.sleep(time.toMillis()));
  }

  WebImages(WebClient client, WebCache cache, Pause pause) {
    this.client = client;
    this.cache = cache;
    this.pause = pause;
  }

  /**
   * Reads an image from the cache or from the web, which may take a minute. What is lasting (404,
   * no image, too large, not allowed) is remembered for a day.
   *
   * @throws ImageException if it cannot be had, with a typed reason; also if the thread is
   *     interrupted, which it stays
   */
  public ImageBytes read(ImageRef.Url image) throws ImageException {
    try {
      WebAddress address = WebAddress.parse(image.name());
      Optional<ImageBytes> kept = kept(address);
      return kept.isPresent() ? kept.get() : fetch(address);
    } catch (WebTrouble e) {
      throw e.toImageException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImageException(
          Reason.UNREADABLE, image.name() + " was not fetched: it was stopped", e);
    }
  }

  private Optional<ImageBytes> kept(WebAddress address) throws ImageException {
    Optional<byte[]> bytes = cache.image(address);
    if (bytes.isPresent()) {
      try {
        return Optional.of(inspector.inspect(bytes.get(), address.toString()));
      } catch (ImageException e) {
        LOG.warn("A kept image is damaged and is fetched again: {}", e.getMessage());
        cache.drop(address);
      }
    }
    Optional<ImageException> failure = cache.failure(address);
    if (failure.isPresent()) {
      throw failure.get();
    }
    return Optional.empty();
  }

  private ImageBytes fetch(WebAddress address) throws WebTrouble, InterruptedException {
    try {
      byte[] bytes = get(address);
      ImageBytes image = inspect(address, bytes);
      cache.keep(address, bytes);
      return image;
    } catch (WebTrouble e) {
      if (e.outlook() == Outlook.LASTING) {
        cache.keep(address, e);
      }
      throw e;
    }
  }

  private byte[] get(WebAddress address) throws WebTrouble, InterruptedException {
    try {
      return client.get(address);
    } catch (WebTrouble e) {
      Duration wanted = e.pause() == null ? SHORT_PAUSE : e.pause();
      if (e.outlook() != Outlook.PASSING || wanted.compareTo(LONGEST_PAUSE) > 0) {
        throw e;
      }
      LOG.debug("A second try after {}: {}", wanted, e.getMessage());
      pause.pause(wanted);
    }
    return client.get(address);
  }

  private ImageBytes inspect(WebAddress address, byte[] bytes) throws WebTrouble {
    try {
      return inspector.inspect(bytes, address.toString());
    } catch (ImageException e) {
      throw new WebTrouble(e.reason(), Outlook.LASTING, String.valueOf(e.getMessage()), e);
    }
  }
}
