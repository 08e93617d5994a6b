package io.stretchc.topology;

import org.jspecify.annotations.Nullable;

/**
 * The {@code nats} CLI context of a user; paths are those of the operator's machine.
 *
 * @param passwordEnv environment variable of the operator's shell that holds the password
 */
public record ContextSpec(
        String name,
        @Nullable String passwordEnv,
        @Nullable String nkeyFile,
        @Nullable String credsFile,
        @Nullable String tlsCa,
        @Nullable String tlsCert,
        @Nullable String tlsKey) {}
