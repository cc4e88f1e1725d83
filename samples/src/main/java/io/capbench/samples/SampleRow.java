package io.capbench.samples;

import io.capbench.samples.caption.Captions;
import io.capbench.samples.world.Scene;

/**
 * A row of the sample.
 *
 * @param number from 0
 * @param path the picture's file name; its ending says how it is encoded
 */
public record SampleRow(int number, String path, Scene scene, Captions captions) {}
