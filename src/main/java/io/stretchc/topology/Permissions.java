package io.stretchc.topology;

/** What a user may publish and subscribe to. */
public record Permissions(AllowDeny publish, AllowDeny subscribe, boolean allowResponses) {}
