package io.capbench.samples.world;

/**
 * How two things of a scene lie to each other.
 *
 * @param subject number of the thing in the scene's list
 * @param words for example "left of"
 * @param object number of the other thing
 */
public record Relation(int subject, String words, int object) {}
