package io.capbench.engine.pixels;

/**
 * An image as a vision tower reads it.
 *
 * @param values [3, S, S] normalised red, green and blue, row by row; not copied, not to be changed
 * @param size S, pixels of a side
 * @param region the part of the upright image that is in it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record PixelTensor(float[] values, int size, ImageRegion region) {}
