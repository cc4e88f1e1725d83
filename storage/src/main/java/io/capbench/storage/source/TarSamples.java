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
    TarArchiveInputStream tar = null;
    long next = 0;
    for (long count = 0; ; count++) {
      context.checkCancelled();
      if (count % TOLD == 0) {
        context.progress(Math.min(next, in.length()), in.length(), "bytes");
      }
      TarArchiveEntry entry;
      try {
        if (tar == null) {
          in.seek(next);
          in.allow(MAX_HEADER);
          tar = new TarArchiveInputStream(in, StandardCharsets.UTF_8.name());
        }
        entry = tar.getNextEntry();
      } catch (IOException | RuntimeException e) { // the parser throws both on hostile headers
        LOG.info("{} at byte {}", file, next, e);
        return broken(in, next);
      }
      if (entry == null) {
        return in.length() - next < RECORD ? broken(in, next) : null; // without a mark at its end
      }
      if (!entry.isCheckSumOK()) {
        return broken(in, next);
      }
      long data = in.position();
      if (entry.isSparse()) {
        // Where its data begin and end, only the parser knows; it goes on by itself.
        take(in, entry, -1);
        in.allow(MAX_HEADER + Math.min(entry.getSize(), in.length()));
        continue;
      }
      long size = hasData(entry) ? entry.getSize() : 0;
      next = data + (size + RECORD - 1) / RECORD * RECORD;
      if (size < 0 || next < data) {
        return broken(in, data);
      }
      if (!take(in, entry, data) || data + size > in.length()) {
        return cutOff();
      }
      tar = null;
    }
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

  private static String cutOff() {
    return "is cut off: its end is missing";
  }

  private static String broken(TarInput in, long at) throws IOException {
    if (at > 0) {
      return in.position() >= in.length() ? cutOff() : "is damaged at byte " + at;
    }
    in.seek(0);
    byte[] head = in.content((int) Math.min(2, in.length()));
    boolean gzip = head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    return gzip
        ? "is compressed with gzip, whatever its name says, and images cannot be found inside of it;"
            + " unpack it with gunzip"
        : "is not a tar, whatever its name says";
  }
}
