package io.capbench.storage.image;

import io.capbench.storage.image.WebTrouble.Outlook;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ImageRef;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of images when they were asked for last, kept on the disk for all windows and
 * commands of a person: the status, when it may change, and where the bytes are kept. Holds a
 * million images, the newest. If the file cannot be used, nothing is known, which costs time and no
 * images. Thread-safe.
 */
public final class ImageStatuses {
  private static final int ROWS = 1_000_000;
  private static final int PAGE = 5_000;
  private static final int WRITES_A_LOOK = 1_000;
  private static final Duration LASTING = Duration.ofDays(30);
  private static final Duration OPEN_FIRST = Duration.ofMinutes(10);
  private static final Duration OPEN_LAST = Duration.ofDays(7);
  private static final Duration PASSING_FIRST = Duration.ofMinutes(1);
  private static final Duration PASSING_LAST = Duration.ofDays(1);
  private static final int GROWTH = 4;

  private final StatusFile file;
  private final InstantSource clock;
  private final int bound;
  private int writes;

  /**
   * What is known of an image.
   *
   * @param status what became of it last
   * @param message the particulars of a failure, for people
   * @param content hash of its bytes, or null if they were never kept
   * @param tries how often in a row it has failed
   * @param checked when it was asked for last
   * @param until when a failure may be asked for again; of no meaning after a success
   */
  record Known(
      ImageStatus status,
      String message,
      @Nullable String content,
      int tries,
      Instant checked,
      Instant until) {
    boolean settled(Instant now) {
      return status == ImageStatus.OK || now.isBefore(until);
    }
  }

  /** Takes what is known of an image: the key, as {@link ImageStatuses#key} makes it. */
  @FunctionalInterface
  public interface Visitor {
    void visit(String key, ImageStatus status);
  }

  /**
   * Statuses in a file, which is made when the first one is noted.
   *
   * @param file the SQLite file
   * @param clock tells when something may be asked for again
   */
  ImageStatuses(Path file, InstantSource clock) {
    this(file, clock, ROWS);
  }

  ImageStatuses(Path file, InstantSource clock, int bound) {
    this.file = new StatusFile(file);
    this.clock = clock;
    this.bound = bound;
    this.writes = Math.min(WRITES_A_LOOK, bound / 16);
  }

  /**
   * What an image is known by: its address as the shard writes it, or the key of the row if it is a
   * file or a cell; empty if there is none.
   */
  public static String key(CaptionRow row) {
    return row.image() instanceof ImageRef.None
        ? ""
        : row.image() instanceof ImageRef.Url url ? url.name() : row.key().toString();
  }

  /** What became of an image; {@link ImageStatus#UNKNOWN} if it was not asked for. */
  public ImageStatus of(String key) {
    return find(key).map(Known::status).orElse(ImageStatus.UNKNOWN);
  }

  /** The same for many images at once; those that were not asked for are left out. */
  public Map<String, ImageStatus> of(Collection<String> keys) {
    Map<String, ImageStatus> statuses = new HashMap<>();
    find(keys).forEach((key, known) -> statuses.put(key, known.status()));
    return statuses;
  }

  /** Those of many images that are {@link #settled(String)}, with their status. */
  public Map<String, ImageStatus> settled(Collection<String> keys) {
    Map<String, ImageStatus> statuses = new HashMap<>();
    Instant now = clock.instant();
    find(keys)
        .forEach(
            (key, known) -> {
              if (known.settled(now)) {
                statuses.put(key, known.status());
              }
            });
    return statuses;
  }

  /** Whether there is no use in asking for an image now: it is there, or failed not long ago. */
  public boolean settled(String key) {
    return find(key).filter(known -> known.settled(clock.instant())).isPresent();
  }

  /**
   * Hands out what was noted, in the order in which it was noted, without holding anybody up.
   *
   * @param since what an earlier call returned, to get only what changed since; 0 for everything
   * @return a number for the next call. One that is smaller than {@code since} means that all
   *     statuses were dropped meanwhile: forget them and ask again from 0.
   */
  public long forEach(long since, Visitor visitor) {
    long last = newest();
    long from = since;
    while (from < last) {
      List<Change> page = page(from);
      page.forEach(change -> visitor.visit(change.key(), change.status()));
      from = page.isEmpty() ? last : page.get(page.size() - 1).number();
    }
    return Math.min(from, newest());
  }

  private record Change(long number, String key, ImageStatus status) {}

  private List<Change> page(long from) {
    return file.read(
        List.of(),
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT change, key, status FROM image WHERE change > ? ORDER BY change LIMIT "
                      + PAGE)) {
            select.setLong(1, from);
            return StatusFile.list(
                select,
                row ->
                    new Change(row.getLong(1), row.getString(2), ImageStatus.of(row.getString(3))));
          }
        });
  }

  private long newest() {
    return file.read(
        0L,
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT coalesce(max(change), 0) FROM image");
              ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
          }
        });
  }

  Optional<Known> find(String key) {
    return Optional.ofNullable(find(List.of(key)).get(key));
  }

  private Map<String, Known> find(Collection<String> keys) {
    return file.read(
        Map.of(),
        connection -> {
          Map<String, Known> found = new HashMap<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT status, message, content, tries, checked, until FROM image WHERE key ="
                      + " ?")) {
            for (String key : keys) {
              select.setString(1, key);
              StatusFile.list(select, ImageStatuses::known).forEach(known -> found.put(key, known));
            }
          }
          return found;
        });
  }

  private static Known known(ResultSet row) throws SQLException {
    return new Known(
        ImageStatus.of(row.getString(1)),
        row.getString(2),
        row.getString(3),
        row.getInt(4),
        Instant.ofEpochMilli(row.getLong(5)),
        Instant.ofEpochMilli(row.getLong(6)));
  }

  /**
   * Notes that an image is there.
   *
   * @param content hash of its bytes, or null if they are not kept
   */
  void succeeded(String key, @Nullable String content) {
    Instant now = clock.instant();
    note(key, new Known(ImageStatus.OK, "", content, 0, now, now));
  }

  /** Notes that an image on the web cannot be had. */
  void failed(String key, WebTrouble trouble) {
    ImageStatus status = ImageStatus.of(new ImageRef.Url(key), trouble.reason());
    Duration wish = trouble.pause() == null ? Duration.ZERO : trouble.pause();
    failed(key, status, String.valueOf(trouble.getMessage()), trouble.outlook(), wish);
  }

  private void failed(
      String key, ImageStatus status, String message, Outlook outlook, Duration wish) {
    int tries = find(key).map(Known::tries).orElse(0) + 1;
    Duration wait = wait(outlook, tries);
    // A server that wants to be left alone is, within reason.
    Duration longer = wish.compareTo(PASSING_LAST) < 0 ? wish : PASSING_LAST;
    Instant now = clock.instant();
    Instant until = now.plus(wait.compareTo(longer) < 0 ? longer : wait);
    note(key, new Known(status, message, null, tries, now, until));
  }

  /** Notes what became of an image that is not on the web. */
  public void note(String key, ImageStatus status, String message) {
    if (status == ImageStatus.OK) {
      succeeded(key, null);
    } else {
      failed(key, status, message, Outlook.OPEN, Duration.ZERO);
    }
  }

  /** How long nobody asks again after so many failures in a row. */
  static Duration wait(Outlook outlook, int tries) {
    return switch (outlook) {
      case LASTING -> LASTING;
      case OPEN -> growing(OPEN_FIRST, OPEN_LAST, tries);
      case PASSING -> growing(PASSING_FIRST, PASSING_LAST, tries);
    };
  }

  private static Duration growing(Duration first, Duration longest, int tries) {
    Duration wait = first;
    for (int i = 1; i < tries && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(GROWTH);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }

  /** Lets an image that failed be asked for again at once. Its status stays until then. */
  public void retry(String key) {
    file.write(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE image SET until = 0 WHERE key = ?")) {
            update.setString(1, key);
            update.executeUpdate();
          }
        });
  }

  /** Lets all images that failed in that way be asked for again at once. */
  public void retryAll(ImageStatus status) {
    file.write(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE image SET until = 0 WHERE status = ?")) {
            update.setString(1, status.id());
            update.executeUpdate();
          }
        });
  }

  /** Forgets everything. */
  public void clear() {
    file.write(connection -> StatusFile.execute(connection, "DELETE FROM image"));
  }

  private void note(String key, Known known) {
    file.write(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO image (key, status, message, content, tries, checked,"
                      + " until, change) VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(change),"
                      + " 0) + 1 FROM image))")) {
            insert.setString(1, key);
            insert.setString(2, known.status().id());
            insert.setString(3, known.message());
            insert.setString(4, known.content());
            insert.setInt(5, known.tries());
            insert.setLong(6, known.checked().toEpochMilli());
            insert.setLong(7, known.until().toEpochMilli());
            insert.executeUpdate();
          }
          makeRoom(connection);
        });
  }

  // Counted now and then only: counting reads the whole index.
  private void makeRoom(Connection connection) throws SQLException {
    writes++;
    if (writes < Math.min(WRITES_A_LOOK, bound / 16)) {
      return;
    }
    writes = 0;
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM image WHERE key IN (SELECT key FROM image ORDER BY change LIMIT max(0,"
                + " (SELECT count(*) FROM image) - ?))")) {
      delete.setInt(1, bound - bound / 16);
      delete.executeUpdate();
    }
  }

  /** Lets go of the file. A later call opens it again. */
  void close() {
    file.close();
  }
}
