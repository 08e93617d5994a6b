package io.stretchc.snapshot;

import io.stretchc.topology.ServerName;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream.
 *
 * @param members of its raft group as its leader says, itself included; without a leader, the widest list that a server
 *     holding a copy gives; empty when no server that answered has a copy
 * @param listed whether the meta leader lists it; null when that could not be asked, as that takes a login to the account
 */
public record StreamState(
        String account,
        String name,
        StreamConfig config,
        List<Member> members,
        List<ConsumerState> consumers,
        @Nullable Boolean listed,
        Now now) {
    public StreamState {
        members = members.stream().sorted(Comparator.comparing(Member::peer)).toList();
        consumers = consumers.stream()
                .sorted(Comparator.comparing(ConsumerState::name))
                .toList();
    }

    /**
     * What moves by itself.
     *
     * @param leader as the leader itself says
     * @param copies what each server that answered holds of it
     */
    public record Now(@Nullable ServerName leader, List<Copy> copies) {
        public Now {
            copies = copies.stream()
                    .sorted(Comparator.comparing(c -> c.server().text()))
                    .toList();
        }
    }

    /** What one server holds, by its own account. */
    public record Copy(ServerName server, long messages, long bytes, long firstSequence, long lastSequence) {}
}
