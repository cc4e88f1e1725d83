package io.capbench.viewer.insight;

import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.query.RowQuery;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.QueryViewModel;

/** Lets the dataset itself count. */
final class DatasetFacets implements FacetSource {
  private final QueryViewModel queries;

  /**
   * Counts.
   *
   * @param queries knows the decisions
   */
  DatasetFacets(QueryViewModel queries) {
    this.queries = queries;
  }

  @Override
  public Answer facets(OpenDataset open, RowQuery query, JobContext context) {
    Dataset dataset = open.dataset();
    queries.mirror(dataset);
    return new Answer(
        dataset.facets(open.mapping(), query, context),
        dataset.measurable(open.mapping()) && !dataset.measured(open.mapping()));
  }

  @Override
  public void measure(OpenDataset open, JobContext context) {
    open.dataset().measure(open.mapping(), context);
  }
}
