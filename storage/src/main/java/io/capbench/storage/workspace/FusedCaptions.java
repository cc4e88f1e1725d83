package io.capbench.storage.workspace;

import io.capbench.storage.model.RowKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The captions that models made of raw and synthetic ones, row by row. They are never decisions:
 * what a person wrote stands elsewhere and is never replaced. A fused caption belongs to a row of a
 * shard and to the columns that were merged, so it is gone from the dataset when the shard is
 * written anew; {@link #ofSameParents} finds it again.
 *
 * <p>Thread-safe. Methods that write throw a {@link io.capbench.storage.model.CapbenchException} if
 * that fails; then nothing was written.
 */
public final class FusedCaptions {
  private static final int BATCH = 1_000;

  /** Takes one row's fused caption. */
  public interface EachFusion {

    /** Takes it. */
    void row(Fusion fusion);
  }

  private final WorkspaceConnection connection;
  private final ResultTables<Fusion> tables;

  FusedCaptions(WorkspaceConnection connection) {
    this.connection = connection;
    tables = FusionTables.of(connection);
  }

  /**
   * Makes a fuser known, if it is not.
   *
   * @param identity what it computes
   * @param name what its model is called, such as the name of its folder
   */
  public KnownFuser use(FuserIdentity identity, String name) {
    Optional<KnownFuser> known = connection.read(sql -> FusionTables.find(sql, identity));
    return known.orElseGet(
        () ->
            connection.write(
                sql -> {
                  if (FusionTables.find(sql, identity).isEmpty()) {
                    FusionTables.makeFuser(sql, identity, name);
                  }
                  return FusionTables.find(sql, identity).orElseThrow();
                }));
  }

  /** All that fused, in the order in which they became known. */
  public List<KnownFuser> fusers() {
    return connection.read(FusionTables::fusers);
  }

  /**
   * Keeps fused captions in place of any earlier ones of the same fuser, all of them or none.
   *
   * @param fusions of rows of any shards
   */
  public void put(KnownFuser fuser, FusionColumns columns, Collection<Fusion> fusions) {
    if (!fusions.isEmpty()) {
      tables.put(series(fuser, columns), fusions);
    }
  }

  private static ResultTables.Series series(KnownFuser fuser, FusionColumns columns) {
    return new ResultTables.Series(fuser.id(), columns.raw(), columns.synthetic());
  }

  /** What was made of these rows; rows that were not fused are left out. */
  public Map<RowKey, Fusion> of(KnownFuser fuser, FusionColumns columns, Collection<RowKey> keys) {
    return tables.of(series(fuser, columns), keys);
  }

  /**
   * What a fuser made of the same two captions in whatever row of whatever shard.
   *
   * @param parentsHash {@link Fusion#parentsHash}
   */
  public Optional<Fusion> ofSameParents(KnownFuser fuser, String parentsHash) {
    return connection.read(
        sql -> {
          try (PreparedStatement query =
              sql.prepareStatement(
                  "SELECT "
                      + tables.columns()
                      + " FROM fusion JOIN fusion_series ON fusion_series.id = series"
                      + " WHERE parents_hash = unhex(?) AND text IS NOT NULL AND fuser = ?"
                      + " LIMIT 1")) {
            query.setString(1, parentsHash);
            query.setLong(2, fuser.id());
            try (ResultSet result = query.executeQuery()) {
              return result.next() ? Optional.of(FusionTables.fusion(result)) : Optional.empty();
            }
          }
        });
  }

  /** What was merged by whom in rows of these shards, what was begun first comes first. */
  public List<FusionSeries> series(Set<String> fingerprints) {
    String shards = JsonText.of(fingerprints);
    return connection.read(
        sql -> {
          List<FusionSeries> series = new ArrayList<>();
          try (PreparedStatement query =
              sql.prepareStatement(
                  "SELECT "
                      + FusionTables.FUSER
                      + ", raw_column, synthetic_column, min(fusion_series.id) AS begun"
                      + " FROM fusion_series JOIN fuser ON fuser.id = fuser"
                      + " WHERE fingerprint IN (SELECT value FROM json_each(?))"
                      + " GROUP BY fuser.id, raw_column, synthetic_column ORDER BY begun")) {
            query.setString(1, shards);
            try (ResultSet result = query.executeQuery()) {
              while (result.next()) {
                series.add(
                    new FusionSeries(
                        FusionTables.fuser(result),
                        new FusionColumns(result.getString(7), result.getString(8))));
              }
            }
          }
          return series;
        });
  }

  /**
   * Hands over what was written to a shard's rows after some earlier call, in bounded memory.
   * Others may write meanwhile: the next call hands that over.
   *
   * @param after what the earlier call returned, 0 for everything
   * @param each called on this thread; may use the workspace
   * @return what to call it with the next time
   */
  public long forEachSince(FusionSeries series, String fingerprint, long after, EachFusion each) {
    List<Fusion> batch = new ArrayList<>();
    long last = after;
    do {
      batch.clear();
      last = batch(series, fingerprint, last, batch);
      batch.forEach(each::row);
    } while (batch.size() == BATCH);
    return last;
  }

  private long batch(FusionSeries series, String fingerprint, long after, List<Fusion> batch) {
    return connection.read(
        sql -> {
          try (PreparedStatement query =
              sql.prepareStatement(
                  "SELECT "
                      + tables.columns()
                      + ", fusion.id FROM fusion_series CROSS JOIN fusion"
                      + " ON series = fusion_series.id"
                      + tables.where()
                      + " AND fusion.id > ? ORDER BY fusion.id LIMIT "
                      + BATCH)) {
            ResultTables.set(query, series(series.fuser(), series.columns()), fingerprint);
            query.setLong(5, after);
            long last = after;
            try (ResultSet result = query.executeQuery()) {
              while (result.next()) {
                batch.add(FusionTables.fusion(result));
                last = result.getLong(9);
              }
            }
            return last;
          }
        });
  }
}
