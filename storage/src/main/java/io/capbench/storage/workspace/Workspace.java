package io.capbench.storage.workspace;

import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ShardInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One project of work in one SQLite file: the decisions, what models gave, and what the window
 * remembers. Datasets are not in it and are never touched.
 *
 * <p>Thread-safe. Several workspaces, in this program or others, may be open on one file. Every
 * method may use the disk. Whoever opens it closes it.
 */
public final class Workspace implements AutoCloseable {
  private final WorkspaceConnection connection;
  private final DecisionLog decisions;
  private final WorkspaceSettings settings;
  private final DatasetMemory datasets;
  private final StrayDecisions strays;
  private final ModelResults results;
  private final Scores scores;
  private final FusedCaptions fusions;

  private Workspace(WorkspaceConnection connection) {
    this.connection = connection;
    this.decisions = new DecisionLog(connection);
    this.settings = new WorkspaceSettings(connection);
    this.datasets = new DatasetMemory(connection);
    this.strays = new StrayDecisions(connection, decisions.session());
    this.results = new ModelResults(connection);
    this.scores = new Scores(connection);
    this.fusions = new FusedCaptions(connection);
  }

  /**
   * Opens a workspace, making the file and its folders if they do not exist. A file of an older
   * version is copied and brought up to date. A file that cannot be written, or lies in a folder
   * that cannot be written, opens for reading.
   *
   * @param file the workspace file
   * @throws io.capbench.storage.model.CapbenchException if it cannot be made, is no workspace, is
   *     damaged or was made by a newer version; what is not ours is left untouched
   */
  public static Workspace open(Path file) {
    return open(file, WorkspaceOpener.current());
  }

  static Workspace open(Path file, WorkspaceOpener opener) {
    return new Workspace(opener.open(file));
  }

  /** The file, absolute. */
  public Path file() {
    return connection.file();
  }

  /** Whether it can only be read; then every method that writes throws. */
  public boolean readOnly() {
    return connection.readOnly();
  }

  /** What people decided. */
  public DecisionLog decisions() {
    return decisions;
  }

  /** Decisions on shards that were written anew since. */
  public StrayDecisions strays() {
    return strays;
  }

  /** What models gave for rows. */
  public ModelResults results() {
    return results;
  }

  /** How alike captions and images are to models. */
  public Scores scores() {
    return scores;
  }

  /** The captions that models made of others. */
  public FusedCaptions fusions() {
    return fusions;
  }

  /** Small texts by key. */
  public WorkspaceSettings settings() {
    return settings;
  }

  /**
   * An id of a dataset that does not change when its shards move, are renamed or are named in
   * another order: 64 hex digits.
   */
  public static String datasetId(Collection<ShardInfo> shards) {
    String fingerprints =
        shards.stream()
            .map(ShardInfo::fingerprint)
            .filter(Objects::nonNull)
            .sorted()
            .collect(Collectors.joining("\n"));
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(fingerprints.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * The column mapping that was saved for a dataset.
   *
   * @param datasetId {@link #datasetId}, or an id of the caller's own
   */
  public Optional<ColumnMapping> mapping(String datasetId) {
    return datasets.mapping(datasetId);
  }

  /**
   * Keeps a dataset's column mapping, in place of any earlier one.
   *
   * @throws io.capbench.storage.model.CapbenchException if it cannot be written
   */
  public void saveMapping(String datasetId, ColumnMapping mapping) {
    datasets.saveMapping(datasetId, mapping);
  }

  /**
   * The columns of captions that models made which a person took out of a dataset's tracks.
   *
   * @param datasetId as in {@link #mapping}
   */
  public Set<String> leftOut(String datasetId) {
    return datasets.leftOut(datasetId);
  }

  /**
   * Keeps which of them are left out, in place of any earlier ones.
   *
   * @throws io.capbench.storage.model.CapbenchException if it cannot be written
   */
  public void leaveOut(String datasetId, Set<String> columns) {
    datasets.leaveOut(datasetId, columns);
  }

  /** The last ten datasets that were remembered, the latest first, as absolute paths. */
  public List<List<Path>> recentDatasets() {
    return datasets.recent();
  }

  /**
   * Puts a dataset at the head of {@link #recentDatasets}.
   *
   * @param dataset the files and folders that the person named
   * @throws io.capbench.storage.model.CapbenchException if it cannot be written
   */
  public void rememberDataset(List<Path> dataset) {
    datasets.remember(dataset);
  }

  /**
   * Keeps where shards were seen last; unreadable ones are left out.
   *
   * @throws io.capbench.storage.model.CapbenchException if it cannot be written
   */
  public void rememberShards(Collection<ShardInfo> shards) {
    datasets.rememberShards(shards);
  }

  /** What is known of the shard with that fingerprint. */
  public Optional<KnownShard> shard(String fingerprint) {
    return datasets.shard(fingerprint);
  }

  /** Closes the file. Idempotent. */
  @Override
  public void close() {
    connection.close();
  }
}
