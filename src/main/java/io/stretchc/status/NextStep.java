package io.stretchc.status;

import org.jspecify.annotations.Nullable;

/**
 * What comes next.
 *
 * @param text when and why, a sentence
 * @param command the command line to type; none for what a person does elsewhere
 */
public record NextStep(String text, @Nullable String command) {}
