package io.stretchc.simulate;

import io.stretchc.quorum.Quorum;
import io.stretchc.topology.ServerName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stream of the model, with its raft group.
 *
 * @param tags that its placement asks for, in lower case
 * @param copies its members and what each holds
 * @param leader none while it cannot be written
 * @param recreated whether a plan deleted it and made it anew
 * @param change what goes on with its membership
 */
public record StreamGroup(
        Id id,
        int replicas,
        List<String> tags,
        SortedMap<ServerName, Copy> copies,
        @Nullable ServerName leader,
        boolean recreated,
        Change change) {
    public StreamGroup {
        tags = List.copyOf(tags);
        copies = Collections.unmodifiableSortedMap(new TreeMap<>(copies));
    }

    /** A stream by account and name. */
    public record Id(String account, String name) implements Comparable<Id> {
        @Override
        public int compareTo(Id other) {
            int byAccount = account.compareTo(other.account);
            return byAccount != 0 ? byAccount : name.compareTo(other.name);
        }

        @Override
        public String toString() {
            return "stream " + name + " of account " + account;
        }
    }

    /**
     * What a member holds.
     *
     * @param last sequence up to which it has the stream
     */
    public record Copy(long last) implements Comparable<Copy> {
        /** The member has an empty store: it was not there when the stream was written. */
        public static final Copy BLANK = new Copy(-1);

        /** The member could not be asked; it may have everything that was ever acknowledged. */
        public static final Copy UNSEEN = new Copy(Long.MAX_VALUE);

        boolean blank() {
            return last < 0;
        }

        @Override
        public int compareTo(Copy other) {
            return Long.compare(last, other.last);
        }
    }

    /** What goes on with the membership. */
    public enum Change {
        NONE,
        /** New members fetch their copies. */
        FILLING,
        /** The one that took the place of another fetches its copy; all others stay, whatever their tags. */
        REPLACING,
        /** No request about it is answered any more; on 2.15 until the dead members are removed. */
        STUCK
    }

    /** Votes that an election takes. */
    int quorum() {
        return Quorum.of(Math.max(1, copies.size()));
    }

    /** A stream that nobody who answers tells of. */
    static StreamGroup unknown(Id id) {
        return new StreamGroup(id, 1, List.of(), new TreeMap<>(), null, false, Change.NONE);
    }

    StreamGroup replicated(int many) {
        return new StreamGroup(id, many, tags, copies, leader, recreated, change);
    }

    StreamGroup with(SortedMap<ServerName, Copy> others, @Nullable ServerName leads, Change now) {
        return new StreamGroup(id, replicas, tags, others, leads, recreated, now);
    }

    StreamGroup tagged(List<String> others) {
        return new StreamGroup(id, replicas, others, copies, leader, recreated, change);
    }

    StreamGroup led(@Nullable ServerName by) {
        return with(copies, by, change);
    }

    StreamGroup anew(List<String> where, SortedMap<ServerName, Copy> members, @Nullable ServerName leads) {
        return new StreamGroup(id, replicas, where, members, leads, true, Change.NONE);
    }
}
