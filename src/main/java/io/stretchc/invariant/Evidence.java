package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.StreamState;
import io.stretchc.status.Attendance;
import io.stretchc.status.Declared;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that invariants are judged by. */
public final class Evidence {
    private final ResolvedTopology topology;
    private final ClusterSnapshot now;
    private final Census census;
    private final @Nullable ClusterSnapshot since;
    private final SortedMap<String, String> digests;
    private final Attendance who;
    private final Declared declared;
    private final Streams streamsNow;
    private final Streams streamsEarlier;
    private final Streams streamsSince;

    /**
     * Evidence.
     *
     * @param now the cluster as it was observed last
     * @param earlier a look shortly before: what differs between replicas in both, while nothing moved, is no motion
     * @param since a snapshot from before whatever is to be verified
     * @param digests of the compiled configurations, by their file below the cluster's directory; those that could not be
     *     computed are not there
     */
    public Evidence(
            ResolvedTopology topology,
            ClusterSnapshot now,
            Census census,
            @Nullable ClusterSnapshot earlier,
            @Nullable ClusterSnapshot since,
            SortedMap<String, String> digests) {
        this.topology = topology;
        this.now = now;
        this.census = census;
        this.since = since;
        this.digests = new TreeMap<>(digests);
        this.who = new Attendance(topology.backbone(), now);
        this.declared = new Declared(topology);
        this.streamsNow = Streams.of(now);
        this.streamsEarlier = Streams.of(earlier);
        this.streamsSince = Streams.of(since);
    }

    /** Streams of a snapshot by account and name; neither can hold a blank. */
    private record Streams(SortedMap<String, StreamState> byName) {
        static Streams of(@Nullable ClusterSnapshot snapshot) {
            var map = new TreeMap<String, StreamState>();
            if (snapshot != null) {
                snapshot.streams().forEach(s -> map.put(s.account() + " " + s.name(), s));
            }
            return new Streams(map);
        }

        Optional<StreamState> find(String account, String name) {
            return Optional.ofNullable(byName.get(account + " " + name));
        }
    }

    ResolvedTopology topology() {
        return topology;
    }

    ClusterSnapshot now() {
        return now;
    }

    Census census() {
        return census;
    }

    @Nullable
    ClusterSnapshot since() {
        return since;
    }

    /** Digest of the compiled file, if it could be computed; a site that came back runs those of its replacements. */
    @Nullable
    String digest(ServerModel server) {
        String own = digests.get(server.file());
        return own == null ? digests.get(Role.REPLACEMENT.directory() + "/" + server.name() + ".conf") : own;
    }

    ClusterModel cluster() {
        return topology.backbone();
    }

    Attendance who() {
        return who;
    }

    Declared declared() {
        return declared;
    }

    /** The stream of this name as it is now. */
    Optional<StreamState> now(String account, String name) {
        return streamsNow.find(account, name);
    }

    /** A stream of another snapshot as it is now. */
    Optional<StreamState> now(StreamState before) {
        return now(before.account(), before.name());
    }

    /** Whether a stream took and dropped no message between two looks, so that its copies can be compared. */
    boolean quiet(StreamState stream) {
        return Stream.of(streamsEarlier, streamsSince)
                .flatMap(s -> s.find(stream.account(), stream.name()).stream())
                .anyMatch(other -> other.now().copies().equals(stream.now().copies()));
    }

    static String subject(StreamState stream) {
        return "stream " + Quote.plain(stream.account()) + "/" + Quote.plain(stream.name());
    }

    static String labels(List<Member> members) {
        return Quote.all(members.stream().map(Member::label).sorted().toList());
    }

    static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
