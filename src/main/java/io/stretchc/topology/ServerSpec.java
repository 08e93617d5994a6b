package io.stretchc.topology;

import org.jspecify.annotations.Nullable;

/**
 * A server or an arbiter as written.
 *
 * @param generation how often it was lost for good and came back empty under a new name
 */
public record ServerSpec(
        ServerName name,
        int generation,
        @Nullable String dc,
        @Nullable String region,
        @Nullable String unique,
        ServerSettings settings) {
    /** The name in a generation: {@code us_1}, then {@code us_1.1}, {@code us_1.2}. */
    public ServerName nameIn(int anyGeneration) {
        return anyGeneration == 0 ? name : new ServerName(name.text() + "." + anyGeneration);
    }

    /** The name under which the server runs now. */
    public ServerName currentName() {
        return nameIn(generation);
    }
}
