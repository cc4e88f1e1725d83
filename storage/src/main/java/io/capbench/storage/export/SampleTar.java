package io.capbench.storage.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A WebDataset tar: the members of a sample beside each other, sorted by extension, and nothing in
 * the headers that differs from one run to the next.
 */
final class SampleTar implements AutoCloseable {
  private static final int READ_ONLY = 0444;
  static final String OWNER = "capbench";

  /** 2000-01-01. Whole seconds need no PAX header; tar(1) warns of times near 1970. */
  private static final long MODIFIED_MILLIS = 946_684_800_000L;

  private final PartFile file;
  private final TarArchiveOutputStream tar;

  SampleTar(Path target) {
    this.file = new PartFile(target);
    this.tar = new TarArchiveOutputStream(file.out(), StandardCharsets.UTF_8.name());
  }

  /**
   * Adds a sample.
   *
   * @param key the part of the members' names before the dot
   * @param members content by extension
   */
  void add(String key, SortedMap<String, byte[]> members) throws IOException {
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      TarArchiveEntry entry = new TarArchiveEntry(key + "." + member.getKey());
      entry.setSize(member.getValue().length);
      entry.setMode(READ_ONLY);
      entry.setModTime(MODIFIED_MILLIS);
      entry.setIds(0, 0);
      entry.setNames(OWNER, OWNER);
      tar.putArchiveEntry(entry);
      tar.write(member.getValue());
      tar.closeArchiveEntry();
    }
  }

  ExportedFile finish() throws IOException {
    tar.finish();
    return file.finish();
  }

  /** Removes what was not finished. The tar stream itself holds nothing but memory. */
  @Override
  public void close() {
    file.close();
  }
}
