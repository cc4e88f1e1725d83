package io.capbench.viewer.fuse;

/**
 * What merging the captions of many rows came to.
 *
 * @param fused captions that were made
 * @param reused captions that were taken from other rows with the same two captions
 * @param kept rows that had one before
 * @param failed rows that have a reason instead
 */
record FusionReport(long fused, long reused, long kept, long failed) {

  /** All rows that were looked at. */
  long rows() {
    return fused + reused + kept + failed;
  }
}
