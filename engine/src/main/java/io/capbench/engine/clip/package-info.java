/**
 * CLIP's two towers: OpenAI's, open_clip's and DreamLIP's vision transformers, CLIPS, and Hugging
 * Face's names of the same.
 *
 * <p>Dimension letters: I images, T captions, B either; L tokens of a caption; P patches of an
 * image (rows x columns, row-major); N positions of a tower, L or 1 + P (the CLS token first); W
 * width of a tower; D width of the joint space; A attention heads, C = W / A numbers a head; H and
 * S pixels of an image's sides.
 */
@NullMarked
package io.capbench.engine.clip;

import org.jspecify.annotations.NullMarked;
