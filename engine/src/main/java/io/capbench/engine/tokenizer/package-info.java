/**
 * What cuts captions into the numbers that a CLIP model's text tower reads, and remembers which
 * characters of the caption each number stands for.
 */
@NullMarked
package io.capbench.engine.tokenizer;

import org.jspecify.annotations.NullMarked;
