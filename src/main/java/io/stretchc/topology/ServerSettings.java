package io.stretchc.topology;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings that can stand at the topology, a site or a server; the inner level wins, tags add up. */
public record ServerSettings(
        @Nullable String host,
        @Nullable String listen,
        @Nullable Boolean advertise,
        Ports ports,
        @Nullable String storeDir,
        @Nullable String httpBasePath,
        Limits limits,
        @Nullable Boolean jetstream,
        @Nullable String syncInterval,
        List<String> tags,
        Setting.Block extra) {
    /** Nothing set. */
    public static final ServerSettings NONE = new ServerSettings(
            null, null, null, Ports.NONE, null, null, Limits.NONE, null, null, List.of(), Setting.Block.EMPTY);

    public ServerSettings {
        tags = List.copyOf(tags);
    }

    /** These settings, and for those not given the ones of the enclosing level. */
    public ServerSettings over(ServerSettings base) {
        var allTags = new ArrayList<>(base.tags);
        tags.stream().filter(t -> !allTags.contains(t)).forEach(allTags::add);
        return new ServerSettings(
                first(host, base.host),
                first(listen, base.listen),
                first(advertise, base.advertise),
                ports.over(base.ports),
                first(storeDir, base.storeDir),
                first(httpBasePath, base.httpBasePath),
                limits.over(base.limits),
                first(jetstream, base.jetstream),
                first(syncInterval, base.syncInterval),
                allTags,
                extra.over(base.extra));
    }

    /** The same settings without tags: what arbiters and stand-ins take from the enclosing level. */
    public ServerSettings untagged() {
        return new ServerSettings(
                host,
                listen,
                advertise,
                ports,
                storeDir,
                httpBasePath,
                limits,
                jetstream,
                syncInterval,
                List.of(),
                extra);
    }

    static <T> @Nullable T first(@Nullable T mine, @Nullable T base) {
        return mine == null ? base : mine;
    }
}
