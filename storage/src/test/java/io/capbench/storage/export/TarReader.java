package io.capbench.storage.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A tar as it is read back: members in order, with content by name. */
final class TarReader {
  final List<TarArchiveEntry> entries = new ArrayList<>();
  final Map<String, byte[]> content = new LinkedHashMap<>();

  TarReader(Path file) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.add(entry);
        content.put(entry.getName(), tar.readAllBytes());
      }
    }
  }

  List<String> names() {
    return List.copyOf(content.keySet());
  }

  String text(String name) {
    return new String(content.get(name), StandardCharsets.UTF_8);
  }

  JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(content.get(name));
  }
}
