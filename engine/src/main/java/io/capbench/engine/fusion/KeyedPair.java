package io.capbench.engine.fusion;

/**
 * One of many pairs.
 *
 * @param <K> what the caller knows it by
 * @param key the caller's name of it
 * @param captions what is to be merged
 */
public record KeyedPair<K>(K key, CaptionPair captions) {}
