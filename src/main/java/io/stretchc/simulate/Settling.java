package io.stretchc.simulate;

import io.stretchc.topology.ServerName;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What groups do by themselves, without a call: leaders that lost their quorum step down, streams that can elect do. */
final class Settling {
    private Settling() {}

    static World settled(World world) {
        SortedSet<ServerName> here = world.here();
        ServerName leader = world.meta().leader();
        World now = world;
        if (leader != null && (!here.contains(leader) || !Elections.metaElects(world, here))) {
            now = now.with(now.meta().led(null));
        }
        var streams = new TreeMap<StreamGroup.Id, StreamGroup>();
        world.streams().forEach((id, s) -> streams.put(id, settled(s, here)));
        return streams.equals(world.streams()) ? now : now.with(streams);
    }

    private static StreamGroup settled(StreamGroup stream, SortedSet<ServerName> here) {
        ServerName leader = stream.leader();
        if (!Elections.streamElects(stream, here)) {
            return leader == null ? stream : stream.led(null);
        }
        return leader != null && here.contains(leader) && stream.copies().containsKey(leader)
                ? stream
                : stream.led(fullest(stream, here));
    }

    /** Of these servers the one that has most of the stream: it wins an election, as a log that is shorter gets no votes. */
    static @Nullable ServerName fullest(StreamGroup stream, SortedSet<ServerName> here) {
        return stream.copies().entrySet().stream()
                .filter(e -> here.contains(e.getKey()))
                .max(Map.Entry.<ServerName, StreamGroup.Copy>comparingByValue()
                        .thenComparing(Map.Entry.<ServerName, StreamGroup.Copy>comparingByKey()
                                .reversed()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** A leader of the meta group, if these servers can elect one; whoever runs and was not removed then joins and learns. */
    static World elected(World world) {
        SortedSet<ServerName> here = world.here();
        if (!Elections.metaElects(world, here)) {
            return world.with(world.meta().led(null));
        }
        ServerName leader = here.stream()
                .filter(s -> world.meta().peers().contains(s))
                .filter(s -> world.meta().informed().contains(s))
                .findFirst()
                .orElse(null);
        Meta meta = world.meta().led(leader);
        for (ServerName server : here) {
            if (!world.removed().contains(server)) {
                meta = meta.joined(server).informed(server);
            }
        }
        return world.with(meta);
    }
}
