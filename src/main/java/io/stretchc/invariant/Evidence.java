package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.StreamState;
import io.stretchc.status.Attendance;
import io.stretchc.status.Declared;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that invariants are judged by.
 *
 * @param now the cluster as it was observed last
 * @param earlier a look shortly before: what differs between replicas in both, while nothing moved, is no motion
 * @param since a snapshot from before whatever is to be verified
 * @param digests of the compiled configurations, by their file below the cluster's directory; those that could not be
 *     computed are not there
 */
public record Evidence(
        ResolvedTopology topology,
        ClusterSnapshot now,
        Census census,
        @Nullable ClusterSnapshot earlier,
        @Nullable ClusterSnapshot since,
        SortedMap<String, String> digests) {
    public Evidence {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    ClusterModel cluster() {
        return topology.backbone();
    }

    Attendance who() {
        return new Attendance(cluster(), now);
    }

    Declared declared() {
        return new Declared(topology);
    }

    /** The stream in another snapshot. */
    static Optional<StreamState> in(@Nullable ClusterSnapshot other, StreamState stream) {
        return other == null
                ? Optional.empty()
                : other.streams().stream()
                        .filter(s ->
                                s.account().equals(stream.account()) && s.name().equals(stream.name()))
                        .findFirst();
    }

    /** Whether a stream took and dropped no message between two looks, so that its copies can be compared. */
    boolean quiet(StreamState stream) {
        return Stream.of(Optional.ofNullable(earlier), Optional.ofNullable(since))
                .flatMap(Optional::stream)
                .anyMatch(s -> in(s, stream)
                        .filter(o -> o.now().copies().equals(stream.now().copies()))
                        .isPresent());
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
