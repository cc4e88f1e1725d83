package io.capbench.viewer.insight;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.query.Facet;
import io.capbench.storage.query.RowQuery;
import io.capbench.viewer.dataset.OpenDataset;
import java.util.List;

/** Counts the rows of a query by kind, on a background thread. */
@FunctionalInterface
interface FacetSource {

  /**
   * Counts.
   *
   * @throws io.capbench.storage.model.CapbenchException if the rows cannot be read
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  List<Facet> facets(OpenDataset dataset, RowQuery query, JobContext context);
}
