/**
 * Captions as OpenAI's tokenizer cleans them before it cuts them into tokens: broken characters
 * repaired, HTML character references resolved, white space levelled. Every character remembers
 * where it came from.
 */
@NullMarked
package io.capbench.engine.cleaning;

import org.jspecify.annotations.NullMarked;
