/**
 * Captions as text: where the words of a fused caption come from. Plain Java, no model.
 *
 * <p>The way of a caption: {@link io.capbench.engine.text.ReadableText} levels its characters,
 * {@link io.capbench.engine.text.CaptionTokenizer} cuts it into tokens and gives each a match key
 * from {@link io.capbench.engine.text.MatchKeys}, {@link io.capbench.engine.text.TokenizedCaption}
 * says which tokens another caption has too, and {@link io.capbench.engine.text.ProvenanceAnalyzer}
 * turns that into origins. {@link io.capbench.engine.text.SubCaptions} cuts a caption into the
 * parts that are looked for in its image.
 */
@NullMarked
package io.capbench.engine.text;

import org.jspecify.annotations.NullMarked;
