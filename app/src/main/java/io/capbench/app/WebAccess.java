package io.capbench.app;

import io.capbench.engine.text.CaptionMeasure;
import io.capbench.storage.dataset.DatasetOpener;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Capbench may do on the web, as the environment says.
 *
 * @param offline whether nothing is fetched at all, whatever the window's switch says
 * @param privateAddresses whether images are also fetched from this machine and its network
 */
public record WebAccess(boolean offline, boolean privateAddresses) {
  /** Environment variable that keeps Capbench off the web. */
  public static final String OFFLINE = "CAPBENCH_OFFLINE";

  /** Environment variable that lets Capbench fetch images from private addresses. */
  public static final String PRIVATE = "CAPBENCH_ALLOW_PRIVATE_ADDRESSES";

  /** Fetches from the public internet. */
  public static final WebAccess USUAL = new WebAccess(false, false);

  private static final Set<String> YES = Set.of("1", "true", "yes", "on");

  /** What this environment says; see {@link System#getenv()}. */
  public static WebAccess of(Map<String, String> environment) {
    return new WebAccess(yes(environment.get(OFFLINE)), yes(environment.get(PRIVATE)));
  }

  private static boolean yes(@Nullable String value) {
    return value != null && YES.contains(value.strip().toLowerCase(Locale.ROOT));
  }

  /**
   * Opens datasets within these limits, with provenance and flags to filter by.
   *
   * @param cache see {@link DatasetOpener}
   */
  public DatasetOpener opener(Path cache) {
    DatasetOpener opener = new DatasetOpener(cache, privateAddresses, new CaptionMeasure());
    opener.web().setOnline(!offline);
    return opener;
  }
}
