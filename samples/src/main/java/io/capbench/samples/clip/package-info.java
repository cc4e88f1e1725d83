/**
 * The demonstration model for grounding: a small CLIP that is trained on scenes of the sample's
 * world and knows nothing else.
 *
 * <p>Dimension letters: B images of a batch, T texts, K true texts of an image, P patches, D joint
 * space, L tokens.
 */
@NullMarked
package io.capbench.samples.clip;

import org.jspecify.annotations.NullMarked;
