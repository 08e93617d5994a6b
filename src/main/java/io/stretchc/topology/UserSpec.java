package io.stretchc.topology;

import org.jspecify.annotations.Nullable;

/** A user, by name and password or by public nkey. */
public record UserSpec(
        @Nullable String user,
        @Nullable Password password,
        @Nullable String nkey,
        @Nullable Permissions permissions,
        @Nullable ContextSpec context) {}
