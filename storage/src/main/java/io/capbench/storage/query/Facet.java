package io.capbench.storage.query;

import java.util.List;

/**
 * How the rows of a query fall into groups by one of their properties.
 *
 * @param id {@code words:TRACK, share:ORIGIN, similarity:TRACK, flags, decision, tags, span_types,
 *     host} or {@code image_status}
 * @param title for people
 * @param buckets the groups in the order in which they are shown, those without rows too where the
 *     groups are known beforehand; they may overlap (flags) or leave rows out (rows without the
 *     caption)
 * @param rows how many rows were looked at
 * @param sampled whether that is an evenly spread part of the rows, so that counts are of that part
 */
public record Facet(String id, String title, List<Bucket> buckets, long rows, boolean sampled) {
  public Facet {
    buckets = List.copyOf(buckets);
  }
}
