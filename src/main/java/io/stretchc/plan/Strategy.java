package io.stretchc.plan;

import io.stretchc.quorum.Technique;
import org.jspecify.annotations.Nullable;

/**
 * How the meta group gets its quorum.
 *
 * @param technique none when it has one by nature
 * @param reason why this one, in sentences
 */
public record Strategy(@Nullable Technique technique, String reason) {}
