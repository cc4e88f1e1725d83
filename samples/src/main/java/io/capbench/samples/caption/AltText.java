package io.capbench.samples.caption;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An alt-text from a page that shows the picture, and what a reader learns from it.
 *
 * @param facts name and value as written in the text
 * @param name what the main thing is called, without article, or empty
 * @param extra a clause about the thing, or empty: "listed at $24.99"
 * @param aside a clause about the picture, or empty: "photographed in Port Ellery"
 */
record AltText(String text, Map<String, String> facts, String name, String extra, String aside) {
  AltText {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }
}
