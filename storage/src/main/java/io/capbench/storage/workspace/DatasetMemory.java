package io.capbench.storage.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ShardInfo;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a workspace remembers of the datasets that were opened with it. */
final class DatasetMemory {
  private static final int RECENT = 10;

  private final WorkspaceConnection connection;
  private final ObjectMapper json = new ObjectMapper();

  DatasetMemory(WorkspaceConnection connection) {
    this.connection = connection;
  }

  Optional<ColumnMapping> mapping(String datasetId) {
    Optional<String> text =
        connection.read(
            sql -> {
              try (PreparedStatement query =
                  sql.prepareStatement("SELECT mapping FROM dataset_mapping WHERE dataset = ?")) {
                query.setString(1, datasetId);
                try (ResultSet result = query.executeQuery()) {
                  return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
                }
              }
            });
    return text.map(stored -> read(stored, new TypeReference<ColumnMapping>() {}));
  }

  void saveMapping(String datasetId, ColumnMapping mapping) {
    String text = JsonText.of(mapping);
    connection.write(
        sql -> {
          try (PreparedStatement put =
              sql.prepareStatement(
                  "INSERT INTO dataset_mapping (dataset, mapping) VALUES (?, ?)"
                      + " ON CONFLICT (dataset) DO UPDATE SET mapping = excluded.mapping")) {
            put.setString(1, datasetId);
            put.setString(2, text);
            return put.executeUpdate();
          }
        });
  }

  List<List<Path>> recent() {
    return connection.read(
        sql -> {
          List<List<Path>> recent = new ArrayList<>();
          try (Statement query = sql.createStatement();
              ResultSet result =
                  query.executeQuery("SELECT paths FROM recent_dataset ORDER BY id DESC")) {
            while (result.next()) {
              List<String> paths = read(result.getString(1), new TypeReference<>() {});
              recent.add(paths.stream().map(Path::of).toList());
            }
          }
          return List.copyOf(recent);
        });
  }

  void remember(List<Path> dataset) {
    String paths =
        JsonText.of(dataset.stream().map(path -> path.toAbsolutePath().toString()).toList());
    connection.write(
        sql -> {
          try (PreparedStatement forget =
                  sql.prepareStatement("DELETE FROM recent_dataset WHERE paths = ?");
              PreparedStatement put =
                  sql.prepareStatement("INSERT INTO recent_dataset (paths) VALUES (?)");
              PreparedStatement trim =
                  sql.prepareStatement(
                      "DELETE FROM recent_dataset WHERE id NOT IN"
                          + " (SELECT id FROM recent_dataset ORDER BY id DESC LIMIT ?)")) {
            forget.setString(1, paths);
            forget.executeUpdate();
            put.setString(1, paths);
            put.executeUpdate();
            trim.setInt(1, RECENT);
            return trim.executeUpdate();
          }
        });
  }

  void rememberShards(Collection<ShardInfo> shards) {
    connection.write(
        sql -> {
          try (PreparedStatement put =
              sql.prepareStatement(
                  "INSERT INTO shard (fingerprint, path, rows) VALUES (?, ?, ?)"
                      + " ON CONFLICT (fingerprint) DO UPDATE SET path = excluded.path")) {
            for (ShardInfo shard : shards) {
              if (shard.fingerprint() != null) {
                put.setString(1, shard.fingerprint());
                put.setString(2, shard.path().toAbsolutePath().toString());
                put.setLong(3, shard.rows());
                put.executeUpdate();
              }
            }
          }
          return shards.size();
        });
  }

  Optional<KnownShard> shard(String fingerprint) {
    return connection.read(
        sql -> {
          try (PreparedStatement query =
              sql.prepareStatement("SELECT path, rows FROM shard WHERE fingerprint = ?")) {
            query.setString(1, fingerprint);
            try (ResultSet result = query.executeQuery()) {
              return result.next()
                  ? Optional.of(new KnownShard(Path.of(result.getString(1)), result.getLong(2)))
                  : Optional.empty();
            }
          }
        });
  }

  private <T> T read(String text, TypeReference<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new CapbenchException(
          "The workspace "
              + connection.file()
              + " remembers something of a dataset that cannot be read: "
              + e.getOriginalMessage(),
          e);
    }
  }
}
