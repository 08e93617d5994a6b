package io.stretchc.simulate;

import io.stretchc.plan.Action;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.LossEntry.Fate;
import io.stretchc.quorum.Quorum;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plans as the field notes say they must be, per generation, written down by hand. */
final class Canonical {
    private final World world;
    private final SiteName lost;
    private final SiteName home;
    private final List<ServerName> alive;
    private final List<ServerName> dead;
    private final List<Action> plan = new ArrayList<>();

    private Canonical(World world, SiteName lost) {
        this.world = world;
        this.lost = lost;
        this.alive = List.copyOf(world.here());
        this.dead = world.meta().peers().stream()
                .filter(s -> !world.here().contains(s))
                .toList();
        this.home = alive.isEmpty() ? lost : site(alive.get(0));
    }

    /** None where nobody is left, or a stream fits nowhere. */
    static Optional<List<Action>> recover(World world, SiteName lost) {
        return new Canonical(world, lost).recover();
    }

    static Optional<List<Action>> bridge(World world, SiteName lost) {
        var made = new Canonical(world, lost);
        if (made.alive.isEmpty() || world.generation() == Generation.KNOWN_PEERS) {
            return Optional.empty();
        }
        made.start();
        if (!Elections.metaElects(world, world.here())) {
            made.quorum();
        }
        made.plan.add(new Action.AwaitMetaLeader());
        made.plan.add(new Action.VerifyCluster(lost));
        return Optional.of(made.plan);
    }

    /** What is honest to say of each stream. */
    static List<LossEntry> bill(World world) {
        var bill = new ArrayList<LossEntry>();
        for (StreamGroup s : world.streams().values()) {
            var held = new TreeMap<>(s.copies());
            held.keySet().retainAll(world.here());
            long last = held.values().stream().mapToLong(c -> c.last()).max().orElse(0);
            Fate fate = s.replicas() == 1
                    ? held.isEmpty() ? Fate.SINGLE_LOST : Fate.SINGLE_ALIVE
                    : held.isEmpty()
                            ? Fate.NONE_ALIVE
                            : held.size() > s.replicas() / 2
                                    ? Fate.MAJORITY_ALIVE
                                    : held.size() == 1 ? Fate.ONE_COPY_ALIVE : Fate.MINORITY_ALIVE;
            bill.add(new LossEntry(
                    s.id().account(), s.id().name(), fate, List.copyOf(held.keySet()), last, last, "as seen"));
        }
        return bill;
    }

    /** Whether all of a stream is on servers that do not answer, some of which nobody called gone. */
    private boolean wouldComeBackEmpty(StreamGroup s) {
        return s.copies().keySet().stream().noneMatch(n -> alive.contains(n))
                && s.copies().keySet().stream().anyMatch(n -> !site(n).equals(lost));
    }

    private Optional<List<Action>> recover() {
        if (alive.isEmpty()) {
            return Optional.empty();
        }
        Map<StreamGroup.Id, List<String>> moves = new TreeMap<>();
        boolean hurt = !Elections.metaElects(world, world.here());
        for (StreamGroup s : world.streams().values()) {
            if (world.here().containsAll(s.copies().keySet())) {
                continue;
            }
            List<String> tags = tags(s);
            if (tags == null && world.generation() != Generation.KNOWN_PEERS) {
                return Optional.empty();
            }
            hurt |= !Elections.streamElects(s, world.here());
            moves.put(s.id(), tags == null ? List.of() : tags);
        }
        start();
        Generation g = world.generation();
        boolean standIns = g == Generation.KNOWN_PEERS && hurt;
        if (standIns && world.streams().values().stream().anyMatch(this::wouldComeBackEmpty)) {
            return Optional.empty();
        }
        boolean electing = !Elections.metaElects(world, world.here());
        if (electing || standIns) {
            quorum();
        }
        plan.add(new Action.AwaitMetaLeader());
        if (standIns) {
            moves.keySet().forEach(id -> await(stream(id)));
        } else if (g == Generation.RESCUE) {
            // what is made anew comes before the removals bring it back empty; an update is answered only after them
            moves.forEach((id, tags) -> {
                if (!left(stream(id))) {
                    move(id, tags);
                }
            });
            dead.forEach(s -> plan.add(new Action.RemovePeer(s)));
            moves.forEach((id, tags) -> {
                if (left(stream(id))) {
                    move(id, tags);
                }
            });
        } else {
            if (g == Generation.KNOWN_PEERS && moves.values().stream().anyMatch(t -> t.isEmpty())) {
                return Optional.empty();
            }
            moves.forEach(this::move);
            dead.forEach(s -> plan.add(new Action.RemovePeer(s)));
            arbitersGo();
        }
        plan.add(new Action.VerifyCluster(lost));
        if (!standIns) {
            plan.add(new Action.MoveMetaLeader(alive));
        }
        return Optional.of(plan);
    }

    private void start() {
        plan.add(new Action.TakeCensus(List.of(lost)));
        plan.add(new Action.AttestLost(lost));
        plan.add(new Action.CopyStores(alive));
    }

    private void quorum() {
        switch (world.generation()) {
            case EVERY_VOTE -> arbiters(votesNeeded());
            case WHOLE_GROUP -> arbiters(dead.size());
            case KNOWN_PEERS -> dead.forEach(s -> plan.add(new Action.StartServer(s, Role.STAND_IN, home, true)));
            case RESCUE -> plan.add(new Action.RescueQuorum(alive.size()));
        }
    }

    /** Arbiters make the group larger when they join, so that in a group of odd size one more must be up. */
    private int votesNeeded() {
        int size = world.meta().size();
        int more = Quorum.of(size) - alive.size();
        while (alive.size() + more < Quorum.of(size + more)) {
            more++;
        }
        return more;
    }

    private void arbiters(int count) {
        for (int i = 1; i <= count; i++) {
            plan.add(new Action.StartServer(new ServerName("arb_" + i), Role.ARBITER, home, true));
        }
    }

    private void arbitersGo() {
        var guests = plan.stream()
                .filter(a -> a instanceof Action.StartServer)
                .map(a -> ((Action.StartServer) a).server())
                .toList();
        if (!guests.isEmpty()) {
            plan.add(new Action.MoveMetaLeader(alive));
        }
        for (ServerName guest : guests) {
            plan.add(new Action.RemovePeer(guest));
            plan.add(new Action.StopServer(guest, Role.ARBITER));
        }
    }

    private void move(StreamGroup.Id id, List<String> tags) {
        StreamGroup s = stream(id);
        boolean left = left(s);
        if (left && tags.equals(s.tags()) && Elections.streamElects(s, world.here())) {
            // an update that changes no tag moves nothing
            s.copies().keySet().stream().filter(dead::contains).forEach(n -> {
                plan.add(Action.RemoveStreamPeer.of(id.account(), id.name(), n));
                await(s);
            });
            return;
        }
        plan.add(
                left
                        ? new Action.MoveStream(id.account(), id.name(), tags)
                        : new Action.RecreateStream(id.account(), id.name(), tags));
        await(s);
    }

    private boolean left(StreamGroup s) {
        return s.copies().keySet().stream().anyMatch(n -> world.here().contains(n));
    }

    private void await(StreamGroup s) {
        plan.add(new Action.AwaitStream(s.id().account(), s.id().name(), s.replicas()));
    }

    private StreamGroup stream(StreamGroup.Id id) {
        return java.util.Objects.requireNonNull(world.streams().get(id));
    }

    /** Tag of the first site that has servers enough; none if no site has. */
    private @Nullable List<String> tags(StreamGroup s) {
        var perSite = new TreeMap<SiteName, Integer>();
        alive.forEach(n -> perSite.merge(site(n), 1, Integer::sum));
        for (Map.Entry<SiteName, Integer> e : perSite.entrySet()) {
            if (e.getValue() >= s.replicas()) {
                return List.of("dc:" + e.getKey());
            }
        }
        return alive.size() >= s.replicas() ? List.of("live") : null;
    }

    private SiteName site(ServerName name) {
        return java.util.Objects.requireNonNull(
                java.util.Objects.requireNonNull(world.nodes().get(name)).site());
    }
}
