package io.capbench.viewer.insight;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.query.Facet;
import io.capbench.storage.query.RowQuery;
import io.capbench.viewer.dataset.OpenDataset;
import java.util.List;

/** Counts rows by kind, on a background thread. */
interface FacetSource {

  /**
   * What was counted.
   *
   * @param facets the kinds
   * @param measurable whether there would be more if the rows were measured
   */
  record Answer(List<Facet> facets, boolean measurable) {
    public Answer {
      facets = List.copyOf(facets);
    }
  }

  /**
   * Counts the rows of a query.
   *
   * @throws io.capbench.storage.model.CapbenchException if the rows cannot be read
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  Answer facets(OpenDataset dataset, RowQuery query, JobContext context);

  /**
   * Finds out what counting does not find out by itself: provenance and detectors of every row.
   *
   * @throws io.capbench.storage.model.CapbenchException as {@link #facets} does
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  void measure(OpenDataset dataset, JobContext context);
}
