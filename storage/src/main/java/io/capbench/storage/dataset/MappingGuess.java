package io.capbench.storage.dataset;

import io.capbench.storage.model.ColumnMapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the columns of a dataset seem to be.
 *
 * @param mapping the tracks, raw first, and the image column
 * @param reasonByColumn for every column a short sentence on why it was taken or left, in the order
 *     of the columns
 */
public record MappingGuess(ColumnMapping mapping, Map<String, String> reasonByColumn) {
  public MappingGuess {
    reasonByColumn = Collections.unmodifiableMap(new LinkedHashMap<>(reasonByColumn));
  }
}
