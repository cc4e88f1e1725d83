package io.capbench.engine.weights;

import java.nio.file.Path;

/**
 * Where the numbers of a tensor lie one after another in a file, little endian, for somebody who
 * maps the file.
 *
 * @param file the file
 * @param offset first byte
 * @param length bytes
 */
public record Place(Path file, long offset, long length) {}
