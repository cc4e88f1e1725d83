package io.capbench.samples.clip;

import java.util.Locale;

/** What teaches patches, beside the loss of whole pictures. */
enum LocalLoss {
  /** Nothing. */
  NONE,
  /** The patch that is most like a text, across the batch. */
  BEST_PATCH,
  /** DreamLIP's grouping, within each picture. */
  GROUPING,
  /** Both. */
  BOTH;

  /** The name on the command line. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
