/**
 * The LLaMA family of language models (Touvron et al., 2023), as transformers' {@code
 * LlamaForCausalLM} computes it: configuration, weights and state apart, a forward pass that reads
 * like the paper, and the schedule of rows that are generated together.
 *
 * <p>Dimension letters: N tokens of a step, W width, F width of the feed-forward part, H heads, G
 * heads of keys and values, C numbers of a head, V vocabulary; R rows in flight, K beams or tokens
 * of a row. A cell holds the keys and values of one token; a slot is the cells of one row.
 */
@NullMarked
package io.capbench.engine.llama;

import org.jspecify.annotations.NullMarked;
