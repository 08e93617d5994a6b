package io.stretchc.snapshot;

import io.stretchc.topology.ServerName;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of a stream.
 *
 * @param durable whether it stays without a client
 * @param replicas as configured; 0 follows the stream
 * @param json its configuration, canonical
 */
public record ConsumerState(
        String name,
        boolean durable,
        int replicas,
        String json,
        List<Member> members,
        @Nullable Now now) {
    public ConsumerState {
        members = members.stream().sorted(Comparator.comparing(Member::peer)).toList();
    }

    /**
     * What moves by itself, as its leader says; none without a leader.
     *
     * @param delivered last stream sequence that was handed out
     * @param ackFloor stream sequence up to which all is acknowledged
     * @param pending messages that match and were not handed out yet
     * @param ackPending messages handed out and not acknowledged
     */
    public record Now(
            ServerName leader,
            long delivered,
            long deliveredConsumer,
            long ackFloor,
            long ackFloorConsumer,
            long pending,
            long ackPending) {}
}
