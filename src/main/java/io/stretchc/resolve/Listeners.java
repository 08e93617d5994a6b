package io.stretchc.resolve;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ports that a server really opens. */
public record Listeners(
        int client,
        int cluster,
        @Nullable Integer monitor,
        @Nullable Integer leaf,
        @Nullable Integer gateway,
        @Nullable Integer websocket) {
    /** Open ports by what they are for, always in the same order. */
    public Map<String, Integer> byPurpose() {
        var ports = new LinkedHashMap<String, Integer>();
        ports.put("client", client);
        ports.put("cluster", cluster);
        put(ports, "monitor", monitor);
        put(ports, "leaf", leaf);
        put(ports, "gateway", gateway);
        put(ports, "websocket", websocket);
        return ports;
    }

    private static void put(Map<String, Integer> ports, String purpose, @Nullable Integer port) {
        if (port != null) {
            ports.put(purpose, port);
        }
    }
}
