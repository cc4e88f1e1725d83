package io.capbench.storage.image;

/**
 * A decoded image.
 *
 * @param argb colour of every pixel, row by row from the top left: 8 bits each of alpha, red, green
 *     and blue, not premultiplied; not copied, not to be changed
 * @param width in pixels
 * @param height in pixels
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Pixels(int[] argb, int width, int height) {}
