package io.stretchc.plan;

import io.stretchc.quorum.Quorum;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is to be a member again, and which follower can be restarted for that. */
final class Readmission {
    private final Facts facts;
    private final List<ServerName> servers;
    private final boolean keepStores;
    private final List<ServerName> standIns;
    private final Homecoming coming;
    private final NavigableSet<ServerName> out = new TreeSet<>();
    private final @Nullable ServerName follower;

    /**
     * A readmission.
     *
     * @param withGuests whether what stood in for them goes
     */
    Readmission(Facts facts, List<ServerName> servers, boolean keepStores, boolean withGuests) {
        this.facts = facts;
        this.servers = servers.stream().distinct().sorted().toList();
        this.keepStores = keepStores;
        standIns = facts.standIns().stream().filter(this.servers::contains).toList();
        var members = facts.members().orElse(new TreeSet<>());
        this.servers.stream()
                .filter(n -> !standIns.contains(n))
                .filter(n -> !members.contains(n) || switchedOff(n))
                .forEach(out::add);
        List<ServerModel> starts =
                this.servers.stream().flatMap(n -> facts.model(n).stream()).toList();
        // a stand-in has other tags than the server that takes its place
        coming = new Homecoming(
                starts, List.of(), standIns, new TreeSet<>(), withGuests ? facts.runningGuests() : List.of());
        follower = choose();
    }

    List<ServerName> servers() {
        return servers;
    }

    boolean keepStores() {
        return keepStores;
    }

    Homecoming coming() {
        return coming;
    }

    /** Those that are no members, or whose JetStream was switched off. */
    SortedSet<ServerName> out() {
        return out;
    }

    /** Those that are members as they are, and need no readmission. */
    List<ServerName> well() {
        return servers.stream()
                .filter(n -> !out.contains(n) && !standIns.contains(n) && facts.answers(n))
                .toList();
    }

    /** Of these, those that do not answer. */
    List<ServerName> silent() {
        return out.stream().filter(n -> !runs(n)).toList();
    }

    /** Servers in whose place a stand-in runs. */
    List<ServerModel> swapped() {
        return coming.starts().stream().filter(m -> standIns.contains(m.name())).toList();
    }

    /** All of these but that one. */
    List<ServerName> others(ServerName name, Collection<ServerName> all) {
        return all.stream().filter(n -> !n.equals(name)).sorted().toList();
    }

    /** Whether it answers, in JetStream or not. */
    boolean runs(ServerName name) {
        return facts.snapshot().server(name).isPresent();
    }

    /** Whether it runs, and must be stopped so that it can start as it should. */
    boolean stopped(ServerName name) {
        return runs(name) && !stays(name);
    }

    /** Whether it runs with the store that it is to keep, and only waits to be admitted. */
    boolean stays(ServerName name) {
        return keepStores && facts.answers(name);
    }

    private boolean switchedOff(ServerName name) {
        return facts.snapshot()
                .server(name)
                .map(s -> s.jetstream() == ServerState.JetStream.DISABLED)
                .orElse(false);
    }

    /** Whether the version forgets removed names after five minutes: from 2.10.28, 2.11.2 and 2.12 on. */
    boolean expires() {
        ServerVersion v = facts.version();
        return v.atLeast(2, 11, 2) || (v.atLeast(2, 10, 28) && !v.atLeast(2, 11, 0));
    }

    /** The follower to restart; none where its absence would cost a quorum. */
    @Nullable
    ServerName follower() {
        return follower;
    }

    /** Id of the process as which it runs. */
    String run(ServerName name) {
        return facts.snapshot().server(name).map(s -> s.now().id()).orElse("");
    }

    /** Streams whose only copy is on the follower. */
    List<String> interrupted() {
        return follower == null
                ? List.of()
                : facts.snapshot().streams().stream()
                        .filter(s -> on(s, Objects.requireNonNull(follower))
                                && s.members().size() == 1)
                        .map(StreamState::name)
                        .toList();
    }

    private @Nullable ServerName choose() {
        int members = facts.aliveMembers().size();
        if (members - 1 < Quorum.of(facts.snapshot().meta().size())) {
            return null;
        }
        var names = new ArrayList<>(facts.aliveMembers());
        names.removeIf(n ->
                n.equals(facts.leader()) || out.contains(n) || facts.standIns().contains(n) || !safe(n));
        return names.stream()
                .min(Comparator.comparing(this::singles)
                        .thenComparing(this::held)
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    private long singles(ServerName name) {
        return facts.snapshot().streams().stream()
                .filter(s -> on(s, name) && s.members().size() == 1)
                .count();
    }

    private long held(ServerName name) {
        return facts.snapshot().streams().stream().filter(s -> on(s, name)).count();
    }

    /** Whether every stream that has a majority keeps it without the server; its only copy is away for some seconds. */
    private boolean safe(ServerName name) {
        return facts.snapshot().streams().stream()
                .filter(s -> on(s, name) && s.members().size() > 1 && s.now().leader() != null)
                .allMatch(s -> new Condition.MajorityWithout(name).keeps(facts.snapshot(), s));
    }

    private static boolean on(StreamState stream, ServerName name) {
        return stream.members().stream().anyMatch(m -> name.equals(m.name()));
    }
}
