package io.stretchc.topology;

/**
 * The tag whose values must differ between the replicas of a stream.
 *
 * @param prefix such as {@code unique:}, the same on every server
 * @param generated whether each server gets such a tag made from its name, or must bring one itself
 */
public record UniqueTag(String prefix, boolean generated) {}
