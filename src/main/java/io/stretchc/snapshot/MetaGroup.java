package io.stretchc.snapshot;

import io.stretchc.topology.ServerName;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The meta group, put together from what the servers say. Its members are those that the leader lists, itself included:
 * that list alone decides, a server missing there counts for nothing even while it runs and follows.
 *
 * @param members as the leader says; without a leader as followers say, which only 2.15 does, else empty
 * @param size as the leader counts; without a leader, the largest count of any server
 */
public record MetaGroup(List<Member> members, int size, Now now) {
    public MetaGroup {
        members = members.stream().sorted(Comparator.comparing(Member::peer)).toList();
    }

    /**
     * What moves by itself.
     *
     * @param leader the one server that names itself leader; none when nobody does, or more than one
     * @param claims all servers that name themselves leader
     */
    public record Now(@Nullable ServerName leader, List<ServerName> claims) {
        public Now {
            claims = List.copyOf(claims);
        }
    }

    /** Members that a decision needs by nature, rescue or not. */
    public int majority() {
        return size / 2 + 1;
    }
}
