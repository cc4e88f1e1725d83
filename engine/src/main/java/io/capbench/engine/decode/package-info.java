/**
 * What becomes of a language model's logits: greedy and beam search as Hugging Face's transformers
 * do them, row by row, without any tensor.
 *
 * <p>transformers' files are named where their arithmetic is followed ({@code
 * generation/beam_search.py}, {@code generation/utils.py}); 4.28 is the version that CapsFusion
 * pins.
 */
@NullMarked
package io.capbench.engine.decode;

import org.jspecify.annotations.NullMarked;
