package io.stretchc.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data centre.
 *
 * @param preferredLeader whether the meta leader belongs here when all is well
 * @param replacements how many generations of replacement configurations are kept ready
 */
public record Site(
        SiteName name,
        @Nullable String dc,
        @Nullable String region,
        boolean preferredLeader,
        ServerSettings defaults,
        List<ServerSpec> servers,
        List<ServerSpec> arbiters,
        List<StandInSpec> standIns,
        int replacements) {
    public Site {
        servers = List.copyOf(servers);
        arbiters = List.copyOf(arbiters);
        standIns = List.copyOf(standIns);
    }
}
