package io.capbench.engine.fusion;

import java.util.List;

/**
 * A prompt that is short enough.
 *
 * @param text the prompt; with the original's defects, the model may see less of it
 * @param tokens what the model is given, with the mark of the beginning and without padding
 */
record FittedPrompt(String text, List<Integer> tokens) {}
