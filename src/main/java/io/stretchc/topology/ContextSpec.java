package io.stretchc.topology;

import org.jspecify.annotations.Nullable;

/** The {@code nats} CLI context of a user; paths are those of the operator's machine. */
public record ContextSpec(
        String name,
        @Nullable String nkeyFile,
        @Nullable String credsFile,
        @Nullable String tlsCa,
        @Nullable String tlsCert,
        @Nullable String tlsKey) {}
