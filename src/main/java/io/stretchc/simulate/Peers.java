package io.stretchc.simulate;

import io.stretchc.snapshot.Member;
import io.stretchc.topology.ServerName;
import java.time.Duration;
import java.util.stream.Stream;

/** Peers by their ids: one whose name nobody knows is called by its id. */
final class Peers {
    private Peers() {}

    /** The member or node of this id; if there is none, what it would be called. */
    static ServerName named(World world, String peer) {
        return Stream.concat(world.nodes().keySet().stream(), world.meta().peers().stream())
                .filter(n -> peer.equals(n.peerId()))
                .findFirst()
                .orElseGet(() ->
                        new ServerName(new Member(null, peer, new Member.Now(false, true, 0, Duration.ZERO)).label()));
    }
}
