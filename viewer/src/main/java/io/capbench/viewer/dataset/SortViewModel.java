package io.capbench.viewer.dataset;

import io.capbench.storage.query.RowOrder;
import java.util.Optional;
import java.util.function.LongSupplier;
import javafx.beans.property.ObjectProperty;
import org.jspecify.annotations.Nullable;

/** What the rows are ordered by. Every command looks for the rows anew. FX thread only. */
public final class SortViewModel {
  private final QueryViewModel query;
  private final LongSupplier seeds;

  /**
   * Orders the rows of that query.
   *
   * @param seeds a new number for every shuffling
   */
  public SortViewModel(QueryViewModel query, LongSupplier seeds) {
    this.query = query;
    this.seeds = seeds;
  }

  /** The order, or null for that of the shards. */
  public ObjectProperty<@Nullable RowOrder> orderProperty() {
    return query.filter().orderProperty();
  }

  /** Orders by something; the same once more turns it round. */
  public void by(RowOrder order) {
    RowOrder now = orderProperty().get();
    set(order.equals(now) ? turned(order).orElse(order) : order);
  }

  /** The longest captions of a track first, then the shortest, then the order of the shards. */
  public void next(String track) {
    RowOrder longest = new RowOrder.ByWords(track, true);
    RowOrder shortest = new RowOrder.ByWords(track, false);
    RowOrder now = orderProperty().get();
    set(longest.equals(now) ? shortest : shortest.equals(now) ? null : longest);
  }

  /** Turns the order round, if it has a direction. */
  public void turn() {
    RowOrder now = orderProperty().get();
    if (now != null) {
      turned(now).ifPresent(this::set);
    }
  }

  /** Another random order. */
  public void shuffle() {
    set(new RowOrder.Shuffled(seeds.getAsLong()));
  }

  /** The order of the shards again. */
  public void clear() {
    set(null);
  }

  private void set(@Nullable RowOrder order) {
    orderProperty().set(order);
    query.applyIfChanged();
  }

  /** Whether the order goes down; empty if it has no direction. */
  public static Optional<Boolean> descending(RowOrder order) {
    if (order instanceof RowOrder.ByColumn by) {
      return Optional.of(by.descending());
    }
    if (order instanceof RowOrder.ByLength by) {
      return Optional.of(by.descending());
    }
    if (order instanceof RowOrder.ByWords by) {
      return Optional.of(by.descending());
    }
    if (order instanceof RowOrder.ByShare by) {
      return Optional.of(by.descending());
    }
    if (order instanceof RowOrder.BySimilarity by) {
      return Optional.of(by.descending());
    }
    return order instanceof RowOrder.ByDecision by
        ? Optional.of(by.descending())
        : Optional.empty();
  }

  private static Optional<RowOrder> turned(RowOrder order) {
    if (order instanceof RowOrder.ByColumn by) {
      return Optional.of(new RowOrder.ByColumn(by.column(), !by.descending()));
    }
    if (order instanceof RowOrder.ByLength by) {
      return Optional.of(new RowOrder.ByLength(by.track(), !by.descending()));
    }
    if (order instanceof RowOrder.ByWords by) {
      return Optional.of(new RowOrder.ByWords(by.track(), !by.descending()));
    }
    if (order instanceof RowOrder.ByShare by) {
      return Optional.of(new RowOrder.ByShare(by.origin(), !by.descending()));
    }
    if (order instanceof RowOrder.BySimilarity by) {
      return Optional.of(new RowOrder.BySimilarity(by.name(), !by.descending()));
    }
    return order instanceof RowOrder.ByDecision by
        ? Optional.of(new RowOrder.ByDecision(!by.descending()))
        : Optional.empty();
  }
}
