package io.stretchc.load;

import java.util.List;

/**
 * A site that has writers.
 *
 * @param servers addresses of its servers, which its writers connect to first
 */
public record Site(String name, List<String> servers) {
    public Site {
        servers = List.copyOf(servers);
    }
}
