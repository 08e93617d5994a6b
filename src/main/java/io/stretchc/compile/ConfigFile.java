package io.stretchc.compile;

/**
 * A file to write.
 *
 * @param path below the output directory, with {@code /} between its parts
 */
public record ConfigFile(String path, String text) {}
