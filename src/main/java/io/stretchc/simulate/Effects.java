package io.stretchc.simulate;

import io.stretchc.plan.Action;
import io.stretchc.simulate.Outcome.AlreadyDone;
import io.stretchc.simulate.Outcome.Done;
import io.stretchc.simulate.Outcome.Refused;
import io.stretchc.simulate.Outcome.Stuck;
import io.stretchc.topology.ServerName;
import java.util.TreeMap;

/** What each action does to a world, as the real servers of its version were seen to do it. */
public final class Effects implements Action.Visitor<Outcome> {
    private final World world;

    private Effects(World world) {
        this.world = world;
    }

    /** Does an action to a world, and lets the world settle. */
    public static Outcome of(Action action, World world) {
        Outcome outcome = action.accept(new Effects(world));
        return outcome instanceof Done done ? new Done(Settling.settled(done.world())) : outcome;
    }

    @Override
    public Outcome takeCensus(Action.TakeCensus action) {
        for (ServerName name : world.here()) {
            Node node = world.nodes().get(name);
            if (node != null && node.site() != null && action.lost().contains(node.site())) {
                return refused(name + " of site " + node.site() + " answers, though the site is called lost");
            }
        }
        return new Done(world);
    }

    @Override
    public Outcome attestLost(Action.AttestLost action) {
        return new Done(world.attested(action.site()));
    }

    @Override
    public Outcome copyStores(Action.CopyStores action) {
        for (ServerName name : action.servers()) {
            if (!world.here().contains(name)) {
                return refused(name + " does not answer, so its store is not at hand");
            }
        }
        return new Done(world);
    }

    @Override
    public Outcome startServer(Action.StartServer action) {
        return new Processes(world).start(action);
    }

    @Override
    public Outcome stopServer(Action.StopServer action) {
        return new Processes(world).stop(action);
    }

    /** Polls as {@code apply} does; the first calls after an election may time out and are repeated. */
    @Override
    public Outcome awaitMetaLeader(Action.AwaitMetaLeader action) {
        if (world.meta().leader() != null) {
            return new AlreadyDone(world);
        }
        World elected = Settling.elected(world);
        if (elected.meta().leader() == null) {
            Meta meta = world.meta();
            return new Stuck(
                    world,
                    "no leader of the meta group can be elected on " + world.version() + ": it takes " + meta.quorum()
                            + " of " + meta.size() + " votes, and those of " + world.here() + " do not make them");
        }
        return new Done(elected);
    }

    /** A server that joined is current soon after; one that the leader does not list never is (2.10.27 at a busy start). */
    @Override
    public Outcome awaitMembers(Action.AwaitMembers action) {
        World elected = world.meta().leader() == null ? Settling.elected(world) : world;
        Meta meta = elected.meta();
        if (meta.leader() == null) {
            return noLeader();
        }
        for (ServerName server : action.servers()) {
            if (!meta.peers().contains(server) || !elected.here().contains(server)) {
                return new Stuck(world, server + " is no member of the meta group that answers");
            }
        }
        return world.meta().leader() == null ? new Done(elected) : new AlreadyDone(world);
    }

    /** A rescue ends by itself; a leader that had only a lowered quorum then steps down. */
    @Override
    public Outcome awaitNaturalQuorum(Action.AwaitNaturalQuorum action) {
        Meta meta = world.meta();
        return meta.rescue().isEmpty() ? new AlreadyDone(world) : new Done(world.with(meta.lapsed()));
    }

    /** {@code META.RESCUE} on 2.15.1: one reply per server, 10224 where a leader is known or the number is out of range. */
    @Override
    public Outcome rescueQuorum(Action.RescueQuorum action) {
        Meta meta = world.meta();
        if (world.generation() != Generation.RESCUE) {
            return refused("servers of " + world.version() + " know no META.RESCUE (503/10039)");
        }
        if (meta.leader() != null) {
            return meta.rescued()
                    ? new AlreadyDone(world)
                    : refused("a leader is known, so no rescue is applied (400/10224)");
        }
        if (action.quorum() < 1 || action.quorum() > meta.quorum()) {
            return refused("a rescue quorum of " + action.quorum() + " is not between 1 and " + meta.quorum()
                    + " (400/10224)");
        }
        var lowered = new TreeMap<ServerName, Integer>();
        for (ServerName name : world.here()) {
            if (meta.peers().contains(name) && meta.informed().contains(name)) {
                lowered.put(name, action.quorum());
            }
        }
        return new Done(world.with(meta.lowered(lowered)));
    }

    @Override
    public Outcome removePeer(Action.RemovePeer action) {
        return new Removal(world).of(action.server());
    }

    @Override
    public Outcome moveStream(Action.MoveStream action) {
        var id = new StreamGroup.Id(action.account(), action.stream());
        return withStream(id, s -> new Moving(world, s).to(action.tags()));
    }

    @Override
    public Outcome awaitStream(Action.AwaitStream action) {
        var id = new StreamGroup.Id(action.account(), action.stream());
        return withStream(id, s -> new Moving(world, s).await(action.replicas() - action.away()));
    }

    @Override
    public Outcome recreateStream(Action.RecreateStream action) {
        var id = new StreamGroup.Id(action.account(), action.stream());
        return withStream(id, s -> new Moving(world, s).anew(action.tags()));
    }

    /** {@code STREAM.RESTORE} after a deletion: refused where anything is held that it would replace. */
    @Override
    public Outcome restoreStream(Action.RestoreStream action) {
        var id = new StreamGroup.Id(action.account(), action.stream());
        StreamGroup stream = world.streams().get(id);
        StreamGroup known = stream == null ? StreamGroup.unknown(id) : stream;
        return new Moving(world, known)
                .restored(action.tags(), action.replicas(), action.backup().lastSequence());
    }

    /** From 2.11 on the leader can be named; before, the step down is repeated until one of them leads. */
    @Override
    public Outcome moveMetaLeader(Action.MoveMetaLeader action) {
        Meta meta = world.meta();
        if (meta.leader() == null) {
            return noLeader();
        }
        if (action.preferred().contains(meta.leader())) {
            return new AlreadyDone(world);
        }
        return action.preferred().stream()
                .filter(s -> world.here().contains(s)
                        && meta.peers().contains(s)
                        && meta.informed().contains(s))
                .findFirst()
                .<Outcome>map(s -> new Done(world.with(meta.led(s))))
                .orElseGet(() -> refused("no replacement peer connected of " + action.preferred() + " (400/10005)"));
    }

    @Override
    public Outcome moveStreamLeader(Action.MoveStreamLeader action) {
        var id = new StreamGroup.Id(action.account(), action.stream());
        return withStream(id, s -> new Moving(world, s).lead(action.preferred()));
    }

    @Override
    public Outcome restartServer(Action.RestartServer action) {
        return new Processes(world).restart(action);
    }

    @Override
    public Outcome removePeerId(Action.RemovePeerId action) {
        return new Removal(world).of(Peers.named(world, action.peer()));
    }

    @Override
    public Outcome removeStreamPeer(Action.RemoveStreamPeer action) {
        var id = new StreamGroup.Id(action.account(), action.stream());
        return withStream(id, s -> new Moving(world, s).without(Peers.named(world, action.peer())));
    }

    /** A reload: tags are used at once, and nothing moves (2.10.27, 2.11.17, 2.15.1). */
    @Override
    public Outcome retagServer(Action.RetagServer action) {
        return new Processes(world).retag(action);
    }

    /** Polls until all is as it should be; meanwhile a lowered quorum that is not needed any more lapses (five minutes). */
    @Override
    public Outcome verifyCluster(Action.VerifyCluster action) {
        Meta meta = world.meta();
        World natural = world.with(meta.lapsed());
        boolean needless = !meta.rescue().isEmpty() && Elections.metaElects(natural, world.here());
        return new Done(needless ? natural : world);
    }

    private interface OnStream {
        Outcome act(StreamGroup stream);
    }

    private Outcome withStream(StreamGroup.Id id, OnStream then) {
        StreamGroup stream = world.streams().get(id);
        return stream == null ? refused(id + " is not there") : then.act(stream);
    }

    private Outcome noLeader() {
        return refused("the meta group has no leader, so the call is not answered (503/10008)");
    }

    private Outcome refused(String reason) {
        return new Refused(world, reason);
    }
}
