package io.stretchc.plan;

import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one step does. Sealed, so that the executor, the simulator and the renderers cover every kind: a forgotten one
 * does not compile.
 */
public sealed interface Action {
    /** What is done with each kind. */
    <R> R accept(Visitor<R> visitor);

    /** Counts who answers: one cluster, at most one leader, nobody of the lost sites. Changes nothing. */
    record TakeCensus(List<SiteName> lost) implements Action {
        public TakeCensus {
            lost = List.copyOf(lost);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.takeCensus(this);
        }
    }

    /** A person says that a site is gone for good, or fenced: from here a partition looks the same. */
    record AttestLost(SiteName site) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attestLost(this);
        }
    }

    /** Copies of the survivors' stores are offered, before something is forced. Changes nothing in the cluster. */
    record CopyStores(List<ServerName> servers) implements Action {
        public CopyStores {
            servers = List.copyOf(servers);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.copyStores(this);
        }
    }

    /**
     * Starts a server.
     *
     * @param role with which configuration; a stand-in has the name of a lost server
     * @param blank whether its store must be empty before
     */
    record StartServer(ServerName server, Role role, SiteName site, boolean blank) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.startServer(this);
        }
    }

    /** Stops a server for good. */
    record StopServer(ServerName server, Role role) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stopServer(this);
        }
    }

    /** Waits until one server names itself leader of the meta group. */
    record AwaitMetaLeader() implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.awaitMetaLeader(this);
        }
    }

    /** Waits until these servers are current members of the meta group. */
    record AwaitMembers(List<ServerName> servers) implements Action {
        public AwaitMembers {
            servers = List.copyOf(servers);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.awaitMembers(this);
        }
    }

    /** Waits until no server has a lowered quorum any more: a rescue ends five minutes after it was made (2.15). */
    record AwaitNaturalQuorum() implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.awaitNaturalQuorum(this);
        }
    }

    /** Tells all servers to make do with a smaller quorum for five minutes ({@code META.RESCUE}, from 2.15 on). */
    record RescueQuorum(int quorum) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.rescueQuorum(this);
        }
    }

    /** Removes a server from the meta group ({@code SERVER.REMOVE}); up to 2.10.27 its name never comes back by itself. */
    record RemovePeer(ServerName server) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.removePeer(this);
        }
    }

    /** Gives a stream another placement, and nothing else ({@code STREAM.UPDATE}). */
    record MoveStream(String account, String stream, List<String> tags) implements Action {
        public MoveStream {
            tags = List.copyOf(tags);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.moveStream(this);
        }
    }

    /**
     * Waits until a stream has a leader, its replicas, all current, and no fewer messages than were recorded.
     *
     * @param away members that do not answer and are still to be replaced: so many of the replicas are not waited for
     */
    record AwaitStream(String account, String stream, int replicas, int away) implements Action {
        /** For all of them. */
        public AwaitStream(String account, String stream, int replicas) {
            this(account, stream, replicas, 0);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.awaitStream(this);
        }
    }

    /** Deletes a stream of which no copy is left, and creates it anew, empty, with its configuration and this placement. */
    record RecreateStream(String account, String stream, List<String> tags) implements Action {
        public RecreateStream {
            tags = List.copyOf(tags);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.recreateStream(this);
        }
    }

    /**
     * Deletes a stream of which nothing is left, and restores it with its consumers from a backup.
     *
     * @param replicas that it gets
     * @param tags of its placement
     */
    record RestoreStream(String account, String stream, int replicas, List<String> tags, Backup backup)
            implements Action {
        public RestoreStream {
            tags = List.copyOf(tags);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.restoreStream(this);
        }
    }

    /**
     * Makes the meta leader step down until one of these servers leads.
     *
     * @param preferred where the version can be told (2.11 and later), else it is repeated, within bounds
     */
    record MoveMetaLeader(List<ServerName> preferred) implements Action {
        public MoveMetaLeader {
            preferred = List.copyOf(preferred);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.moveMetaLeader(this);
        }
    }

    /** Makes a stream's leader step down until one of these servers leads. */
    record MoveStreamLeader(String account, String stream, List<ServerName> preferred) implements Action {
        public MoveStreamLeader {
            preferred = List.copyOf(preferred);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.moveStreamLeader(this);
        }
    }

    /**
     * Ends a server in order and starts it again, with its store. What it kept in memory is forgotten, as is which names
     * were removed.
     */
    record RestartServer(ServerName server, Role role) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.restartServer(this);
        }
    }

    /** Removes a member of the meta group whose name nobody knows any more, by its peer id ({@code SERVER.REMOVE}). */
    record RemovePeerId(String peer) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.removePeerId(this);
        }
    }

    /**
     * Takes a peer from a stream and its consumers, for which the meta leader gives it another server with the stream's
     * tags ({@code STREAM.PEER.REMOVE}); with none the answer is 503/10075, and nothing changes (2.10.27 to 2.15.1; 2.9.10
     * takes the peer away all the same).
     *
     * @param peer its id
     * @param server its name; none where nobody knows it any more
     */
    record RemoveStreamPeer(
            String account,
            String stream,
            String peer,
            @Nullable ServerName server) implements Action {
        /** Takes a server whose name is known from a stream. */
        public static RemoveStreamPeer of(String account, String stream, ServerName server) {
            return new RemoveStreamPeer(account, stream, server.peerId(), server);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.removeStreamPeer(this);
        }
    }

    /**
     * Gives a server these tags and no others: its configuration is changed in one line and reloaded. Tags are used for
     * placement at once, and no stream moves because of them (2.10.27, 2.11.17, 2.15.1).
     *
     * @param tags all of them afterwards
     */
    record RetagServer(ServerName server, List<String> tags) implements Action {
        public RetagServer {
            tags = List.copyOf(tags);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.retagServer(this);
        }
    }

    /** Holds the cluster against the invariants that must be true in the end. Changes nothing. */
    record VerifyCluster(@Nullable SiteName without) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.verifyCluster(this);
        }
    }

    /** A case for each kind. */
    interface Visitor<R> {
        R takeCensus(TakeCensus action);

        R attestLost(AttestLost action);

        R copyStores(CopyStores action);

        R startServer(StartServer action);

        R stopServer(StopServer action);

        R awaitMetaLeader(AwaitMetaLeader action);

        R awaitMembers(AwaitMembers action);

        R awaitNaturalQuorum(AwaitNaturalQuorum action);

        R rescueQuorum(RescueQuorum action);

        R removePeer(RemovePeer action);

        R moveStream(MoveStream action);

        R awaitStream(AwaitStream action);

        R recreateStream(RecreateStream action);

        R restoreStream(RestoreStream action);

        R moveMetaLeader(MoveMetaLeader action);

        R moveStreamLeader(MoveStreamLeader action);

        R restartServer(RestartServer action);

        R removePeerId(RemovePeerId action);

        R removeStreamPeer(RemoveStreamPeer action);

        R retagServer(RetagServer action);

        R verifyCluster(VerifyCluster action);
    }
}
