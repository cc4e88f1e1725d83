package io.capbench.storage.source;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveStructSparse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The samples of a WebDataset tar (USTAR, GNU, PAX): consecutive members whose names are the same
 * up to the first dot behind the last slash. Captions and fields are read, images only located.
 * Names are nothing but names: no path is ever made of one. Not thread-safe.
 */
public final class TarSamples {
  private static final Logger LOG = LoggerFactory.getLogger(TarSamples.class);
  // Long names and PAX fields stand before a header; some hundred of them are more than enough.
  private static final int MAX_HEADER = 1 << 18;
  private static final int RECORD = 512;
  private static final int TOLD = 256;
  private static final String CUT_OFF = "is cut off: its end is missing";

  private final Path file;
  private final SampleLines lines;
  private final Map<String, Long> ignored = new LinkedHashMap<>();
  private @Nullable Sample sample;

  /** Reads that tar into these lines. */
  public TarSamples(Path file, SampleLines lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Reads all samples that are whole.
   *
   * @return null, or a sentence that says why there may be more than were read
   * @throws CapbenchException if there is none, naming the file
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public @Nullable String read(JobContext context) throws IOException {
    String problem;
    try (TarInput in = new TarInput(file)) {
      if (in.length() == 0) {
        throw new CapbenchException(file + " is empty; download or write it again");
      }
      problem = members(in, context);
    }
    finishSample();
    if (!ignored.isEmpty()) {
      LOG.info("{}: members that are no part of a sample: {}", file, ignored);
    }
    if (lines.rows() > 0) {
      return problem == null
          ? null
          : file
              + " "
              + problem
              + "; its first "
              + lines.rows()
              + " samples are open. Download it again";
    }
    throw new CapbenchException(
        problem == null
            ? file + " holds no samples, which are members such as 000.jpg, 000.txt and 000.json"
            : file + " " + problem + "; download or write it again");
  }

  private @Nullable String members(TarInput in, JobContext context) throws IOException {
    long next = 0;
    for (long count = 0; ; count++) {
      context.checkCancelled();
      if (count % TOLD == 0) {
        context.progress(Math.min(next, in.length()), in.length(), "bytes");
      }
      TarArchiveEntry entry;
      long data;
      long size;
      try {
        entry = entry(in, next);
        if (entry == null) {
          return in.length() - next < RECORD ? broken(in, next) : null; // without a mark at its end
        }
        data = in.position();
        size = size(entry);
      } catch (IOException | RuntimeException e) { // the parser throws both on hostile headers
        LOG.debug("{} at byte {}", file, next, e); // the sentence below is what people get
        return broken(in, next);
      }
      long end = data + (size + RECORD - 1) / RECORD * RECORD;
      if (!entry.isCheckSumOK() || size < 0 || end < data) {
        return broken(in, next);
      }
      if (!take(in, entry, entry.isSparse() ? -1 : data) || size > in.length() - data) {
        return CUT_OFF;
      }
      next = end;
    }
  }

  // A parser for every header, because one that goes on by itself reads all images.
  @SuppressWarnings("resource") // it holds nothing but memory
  private static @Nullable TarArchiveEntry entry(TarInput in, long at) throws IOException {
    in.seek(at);
    in.allow(MAX_HEADER);
    return new TarArchiveInputStream(in, StandardCharsets.UTF_8.name()).getNextEntry();
  }

  /** How many bytes of a member stand behind what the parser read of it. */
  private static long size(TarArchiveEntry entry) throws IOException {
    if (entry.isPaxGNU1XSparse()) { // the parser read the table of its parts, too
      return entry.getOrderedSparseHeaders().stream()
          .mapToLong(TarArchiveStructSparse::getNumbytes)
          .reduce(0, Math::addExact);
    }
    return hasData(entry) ? entry.getSize() : 0;
  }

  /** Takes a member into its sample; false if the file ends inside of what has to be read of it. */
  private boolean take(TarInput in, TarArchiveEntry entry, long data) throws IOException {
    String name = entry.getName();
    if (!hasData(entry)) {
      ignore(entry.isDirectory() ? "folder" : "link or device");
      return true;
    }
    int dot = Sample.dot(name);
    if (dot < 0) {
      ignore("no key or no extension");
      return true;
    }
    Sample to = sample(name.substring(0, dot));
    String extension = Sample.extension(name, dot);
    Sample.Use use = Sample.use(extension);
    if (use == Sample.Use.IMAGE) {
      to.image(extension, new SampleLines.Member(name, data, entry.getSize()));
      return true;
    }
    if (use == Sample.Use.NONE) {
      ignore("." + extension);
      return true;
    }
    if (data < 0 || !to.takes(entry.getSize())) {
      ignore(data < 0 ? "text with holes" : "text above the limit");
      return true;
    }
    if (data + entry.getSize() > in.length()) {
      return false;
    }
    byte[] content = in.content((int) entry.getSize());
    if (use == Sample.Use.TEXT) {
      to.text(extension, content);
    } else {
      to.json(content);
    }
    return true;
  }

  private static boolean hasData(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isDirectory()
        && !entry.isLink()
        && !entry.isSymbolicLink()
        && !entry.isCharacterDevice()
        && !entry.isBlockDevice()
        && !entry.isFIFO();
  }

  private void ignore(String reason) {
    // Extensions are the archive's words, so their number is bounded too.
    ignored.merge(
        ignored.size() < 20 || ignored.containsKey(reason) ? reason : "other", 1L, Long::sum);
  }

  private Sample sample(String key) throws IOException {
    Sample open = sample;
    if (open == null || !open.key().equals(key)) {
      finishSample();
      open = new Sample(key);
      sample = open;
    }
    return open;
  }

  private void finishSample() throws IOException {
    Sample done = sample;
    sample = null;
    if (done == null || done.empty()) {
      return;
    }
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("key", done.key());
    SampleLines.Member image = done.image();
    if (image != null) {
      own.put("image", image);
    }
    done.addTo(lines, own);
  }

  private static String broken(TarInput in, long at) throws IOException {
    if (at > 0) {
      return in.position() >= in.length() ? CUT_OFF : "is damaged at byte " + at;
    }
    in.seek(0);
    byte[] head = in.content((int) Math.min(2, in.length()));
    boolean gzip = head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    return gzip
        ? "is compressed with gzip, whatever its name says, and images cannot be found inside of it:"
            + " gunzip unpacks it"
        : "is not a tar, whatever its name says";
  }
}
