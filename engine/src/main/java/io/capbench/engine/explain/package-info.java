/**
 * What a sub-caption looks at in an image: relevance maps, sub-caption grouping, similarity of
 * words and patches.
 *
 * <p>Dimension letters: T sub-captions of a caption, P patches of an image (rows x columns,
 * row-major, without the CLS token), L blocks of the vision tower, W words (tokens between start
 * and end) of a sub-caption.
 */
@NullMarked
package io.capbench.engine.explain;

import org.jspecify.annotations.NullMarked;
