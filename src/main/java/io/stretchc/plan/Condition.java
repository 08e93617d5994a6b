package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Something that must hold before or after a step, judged by a snapshot alone. */
public sealed interface Condition {
    /** Whether it holds in this snapshot; what the snapshot does not show does not hold. */
    boolean holds(ClusterSnapshot snapshot);

    /** It as a sentence without its full stop. */
    String sentence();

    /** What is done with each kind. */
    <R> R accept(Visitor<R> visitor);

    /** None of these servers answers. */
    record Silent(List<ServerName> servers) implements Condition {
        public Silent {
            servers = List.copyOf(servers);
        }

        @Override
        public boolean holds(ClusterSnapshot s) {
            return s.servers().stream().noneMatch(server -> servers.contains(server.name()));
        }

        @Override
        public String sentence() {
            return "no answer from " + Quote.all(servers);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.silent(this);
        }
    }

    /** All of these servers answer, as members of the cluster, with JetStream on. */
    record Answering(List<ServerName> servers) implements Condition {
        public Answering {
            servers = List.copyOf(servers);
        }

        @Override
        public boolean holds(ClusterSnapshot s) {
            return servers.stream()
                    .allMatch(name -> s.members().stream()
                            .anyMatch(m -> m.name().equals(name) && m.jetstream() == ServerState.JetStream.ENABLED));
        }

        @Override
        public String sentence() {
            return Quote.all(servers) + (servers.size() == 1 ? " answers" : " answer");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.answering(this);
        }
    }

    /**
     * One server names itself leader of the meta group, and as many members answer as a decision takes. Followers name a
     * dead one for more than 20 s (2.10 to 2.14), and a leader that lost its followers names itself for 10 to 20 s (2.10.27,
     * 2.15.1).
     */
    record MetaLed() implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return s.meta().now().leader() != null && answering(s) >= needed(s);
        }

        private static long answering(ClusterSnapshot s) {
            return s.members().stream()
                    .filter(m -> m.jetstream() != ServerState.JetStream.DISABLED)
                    .filter(m -> s.meta().members().stream()
                            .anyMatch(member -> member.peer().equals(m.peer())))
                    .count();
        }

        private static int needed(ClusterSnapshot s) {
            return s.members().stream()
                    .map(m -> m.now().meta())
                    .filter(v -> v != null && v.rescue() && v.quorumNeeded() > 0)
                    .mapToInt(v -> v.quorumNeeded())
                    .min()
                    .orElse(s.meta().majority());
        }

        @Override
        public String sentence() {
            return "one server names itself meta leader, and enough members answer to follow it";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.metaLed(this);
        }
    }

    /**
     * No server that answers names itself meta leader. One that lost its majority does so for up to 20 s (2.10.27, 2.15.1).
     */
    record NobodyLeads() implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return s.meta().now().claims().isEmpty();
        }

        @Override
        public String sentence() {
            return "no server names itself meta leader";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.nobodyLeads(this);
        }
    }

    /** No server names a meta leader: one that does refuses a rescue (2.15, {@code raft: leader is known}). */
    record NoMetaLeader() implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return s.meta().now().claims().isEmpty()
                    && s.members().stream()
                            .map(m -> m.now().meta())
                            .allMatch(view -> view == null || view.leader() == null);
        }

        @Override
        public String sentence() {
            return "no server names a meta leader";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.noMetaLeader(this);
        }
    }

    /** The meta leader lists the server. */
    record MetaMember(ServerName server) implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return s.meta().now().leader() != null && listed(s, server);
        }

        @Override
        public String sentence() {
            return "the meta leader lists " + Quote.of(server);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.metaMember(this);
        }
    }

    /** The meta leader lists all of these servers, each of them current: they have what the group decided. */
    record MetaCurrent(List<ServerName> servers) implements Condition {
        public MetaCurrent {
            servers = List.copyOf(servers);
        }

        @Override
        public boolean holds(ClusterSnapshot s) {
            return new MetaLed().holds(s)
                    && servers.stream()
                            .allMatch(server -> s.meta().members().stream()
                                    .anyMatch(m ->
                                            m.healthy() && is(List.of(server)).test(m)));
        }

        @Override
        public String sentence() {
            return "the meta leader lists " + Quote.all(servers) + (servers.size() == 1 ? "" : ", each")
                    + " as current";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.metaCurrent(this);
        }
    }

    /** No server that answers has a lowered quorum: with one, two halves of a whole cluster could both elect (2.15). */
    record NaturalQuorum() implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return s.members().stream().map(m -> m.now().meta()).noneMatch(view -> view != null && view.rescue());
        }

        @Override
        public String sentence() {
            return "no server has a lowered quorum";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.naturalQuorum(this);
        }
    }

    /** There is a meta leader, and it does not list the server. */
    record NotMetaMember(ServerName server) implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return s.meta().now().leader() != null && !listed(s, server);
        }

        @Override
        public String sentence() {
            return "the meta leader does not list " + Quote.of(server);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.notMetaMember(this);
        }
    }

    /** One of these servers names itself meta leader, and nobody else does. */
    record MetaLeaderAmong(List<ServerName> servers) implements Condition {
        public MetaLeaderAmong {
            servers = List.copyOf(servers);
        }

        @Override
        public boolean holds(ClusterSnapshot s) {
            return s.meta().now().leader() != null
                    && servers.contains(s.meta().now().leader());
        }

        @Override
        public String sentence() {
            return "the meta leader is " + (servers.size() == 1 ? "" : "one of ") + Quote.all(servers);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.metaLeaderAmong(this);
        }
    }

    /** A server that answers holds the stream up to this sequence at least: nobody may force anything without it. */
    record CopyHeld(String account, String stream, ServerName server, long lastSequence) implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return new Answering(List.of(server)).holds(s)
                    && found(s, account, stream)
                            .map(st -> st.now().copies().stream()
                                    .anyMatch(c -> c.server().equals(server) && c.lastSequence() >= lastSequence))
                            .orElse(false);
        }

        @Override
        public String sentence() {
            return Quote.of(server) + " holds the stream " + Quote.of(stream) + " up to sequence " + lastSequence;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.copyHeld(this);
        }
    }

    /** No server that answers holds a message of the stream, or ever held one. */
    record NothingHeld(String account, String stream) implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return s.members().stream().noneMatch(m -> m.jetstream() == ServerState.JetStream.UNKNOWN)
                    && found(s, account, stream)
                            .map(st -> st.now().copies().stream()
                                    .allMatch(c -> c.messages() == 0 && c.lastSequence() == 0))
                            .orElse(true);
        }

        @Override
        public String sentence() {
            return "no server holds a message of the stream " + Quote.of(stream);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.nothingHeld(this);
        }
    }

    /** The stream's configuration asks for these tags and no others. */
    record StreamTagged(String account, String stream, List<String> tags) implements Condition {
        public StreamTagged {
            tags = List.copyOf(tags);
        }

        @Override
        public boolean holds(ClusterSnapshot s) {
            return found(s, account, stream)
                    .map(st -> Tags.same(st.config().placementTags(), tags))
                    .orElse(false);
        }

        @Override
        public String sentence() {
            return "the stream " + Quote.of(stream) + " asks for " + Quote.all(tags);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.streamTagged(this);
        }
    }

    /**
     * The stream has a leader, this many members, all of which answer and are current, and its leader and every member
     * hold it up to this sequence at least. Sequences, not counts: limits and work queues take messages away by right.
     */
    record StreamWhole(String account, String stream, int replicas, long lastSequence) implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return found(s, account, stream).map(st -> whole(s, st)).orElse(false);
        }

        private boolean whole(ClusterSnapshot s, StreamState st) {
            return st.now().leader() != null
                    && st.members().size() == replicas
                    && st.members().stream().allMatch(m -> m.healthy() && reached(s, st, m, lastSequence));
        }

        @Override
        public String sentence() {
            return "the stream " + Quote.of(stream) + " has a leader and " + replicas
                    + (replicas == 1 ? " replica" : " replicas, all current") + ", up to sequence " + lastSequence
                    + " or later";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.streamWhole(this);
        }
    }

    /**
     * The stream has a leader; so many of its members at least answer, and those that do are current and hold it up to this
     * sequence at least. For a stream of which another member is dead, and goes next: it cannot be whole before that.
     */
    record StreamCurrent(String account, String stream, int members, long lastSequence) implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return found(s, account, stream).map(st -> current(s, st)).orElse(false);
        }

        private boolean current(ClusterSnapshot s, StreamState st) {
            List<Member> answering = st.members().stream()
                    .filter(m -> s.members().stream()
                            .anyMatch(
                                    x -> x.peer().equals(m.peer()) && x.jetstream() != ServerState.JetStream.DISABLED))
                    .toList();
            return st.now().leader() != null
                    && answering.size() >= members
                    && answering.stream().allMatch(m -> m.healthy() && reached(s, st, m, lastSequence));
        }

        @Override
        public String sentence() {
            return "the stream " + Quote.of(stream) + " has a leader, and " + members
                    + " or more members that answer, all current, up to sequence " + lastSequence + " or later";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.streamCurrent(this);
        }
    }

    /** The stream has members, and none of these servers is one. */
    record StreamOff(String account, String stream, List<ServerName> servers) implements Condition {
        public StreamOff {
            servers = List.copyOf(servers);
        }

        @Override
        public boolean holds(ClusterSnapshot s) {
            return found(s, account, stream)
                    .map(st -> !st.members().isEmpty() && st.members().stream().noneMatch(is(servers)))
                    .orElse(false);
        }

        @Override
        public String sentence() {
            return "the stream " + Quote.of(stream) + " has no replica on " + Quote.all(servers);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.streamOff(this);
        }
    }

    /** One of these servers leads the stream. */
    record StreamLed(String account, String stream, List<ServerName> servers) implements Condition {
        public StreamLed {
            servers = List.copyOf(servers);
        }

        @Override
        public boolean holds(ClusterSnapshot s) {
            return found(s, account, stream)
                    .map(st -> st.now().leader() != null
                            && servers.contains(st.now().leader()))
                    .orElse(false);
        }

        @Override
        public String sentence() {
            return "the stream " + Quote.of(stream) + " is led by " + (servers.size() == 1 ? "" : "one of ")
                    + Quote.all(servers);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.streamLed(this);
        }
    }

    /**
     * The server answers, with JetStream on, and its process is another than the one that ran when the plan was made. A
     * server has a new id at every start.
     *
     * @param run id of the process that ran then
     */
    record Restarted(ServerName server, String run) implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return new Answering(List.of(server)).holds(s)
                    && s.server(server).map(m -> !m.now().id().equals(run)).orElse(false);
        }

        @Override
        public String sentence() {
            return Quote.of(server) + " was restarted, and answers";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.restarted(this);
        }
    }

    /** The server answers with these tags and no others. */
    record ServerTagged(ServerName server, List<String> tags) implements Condition {
        public ServerTagged {
            tags = List.copyOf(tags);
        }

        @Override
        public boolean holds(ClusterSnapshot s) {
            return s.members().stream().anyMatch(m -> m.name().equals(server) && Tags.same(m.tags(), tags));
        }

        @Override
        public String sentence() {
            return Quote.of(server) + " runs with the tags " + Quote.all(tags);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.serverTagged(this);
        }
    }

    /**
     * Every stream that the server holds with others has a leader, and a majority of members without the server that
     * answer and are current, so that it can be away for a moment; and so has the meta group.
     */
    record MajorityWithout(ServerName server) implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            long others = s.meta().members().stream()
                    .filter(m -> !is(List.of(server)).test(m))
                    .filter(m -> s.members().stream()
                            .anyMatch(x -> x.peer().equals(m.peer()) && x.jetstream() == ServerState.JetStream.ENABLED))
                    .count();
            return s.meta().now().leader() != null
                    && others >= s.meta().majority()
                    && s.streams().stream()
                            .filter(st -> st.members().stream().anyMatch(is(List.of(server))))
                            .filter(st -> st.members().size() > 1 && st.now().leader() != null)
                            .allMatch(st -> keeps(s, st));
        }

        boolean keeps(ClusterSnapshot s, StreamState stream) {
            long others = stream.members().stream()
                    .filter(m -> m.healthy() && !is(List.of(server)).test(m))
                    .filter(m -> s.members().stream().anyMatch(x -> x.peer().equals(m.peer())))
                    .count();
            return others >= stream.members().size() / 2 + 1;
        }

        @Override
        public String sentence() {
            return "the meta group, and every stream that has a leader, keep a current majority without "
                    + Quote.of(server);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.majorityWithout(this);
        }
    }

    /** The server answers as a member of the cluster, with its JetStream switched off by its removal. */
    record SwitchedOff(ServerName server) implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return s.members().stream()
                    .anyMatch(m -> m.name().equals(server) && m.jetstream() == ServerState.JetStream.DISABLED);
        }

        @Override
        public String sentence() {
            return Quote.of(server) + " answers, its JetStream switched off";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.switchedOff(this);
        }
    }

    /** There is a meta leader, and it does not list the peer of this id. */
    record NotMetaPeer(String peer) implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return s.meta().now().leader() != null
                    && s.meta().members().stream().noneMatch(m -> m.peer().equals(peer));
        }

        @Override
        public String sentence() {
            return "the meta leader does not list the peer " + Quote.of(peer);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.notMetaPeer(this);
        }
    }

    /** The stream has members, and neither among them nor among those of its consumers is the peer of this id. */
    record StreamOffPeer(String account, String stream, String peer) implements Condition {
        @Override
        public boolean holds(ClusterSnapshot s) {
            return found(s, account, stream)
                    .map(st -> !st.members().isEmpty()
                            && st.members().stream().noneMatch(m -> m.peer().equals(peer))
                            && st.consumers().stream()
                                    .flatMap(c -> c.members().stream())
                                    .noneMatch(m -> m.peer().equals(peer)))
                    .orElse(false);
        }

        @Override
        public String sentence() {
            return "neither the stream " + Quote.of(stream) + " nor a consumer of it counts the peer " + Quote.of(peer);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.streamOffPeer(this);
        }
    }

    private static Optional<StreamState> found(ClusterSnapshot s, String account, String stream) {
        return s.streams().stream()
                .filter(st -> st.name().equals(stream) && st.account().equals(account))
                .findFirst();
    }

    private static boolean reached(ClusterSnapshot s, StreamState st, Member m, long lastSequence) {
        return m.name() != null
                && s.server(m.name()).isPresent()
                && st.now().copies().stream()
                        .anyMatch(c -> c.server().equals(m.name()) && c.lastSequence() >= lastSequence);
    }

    private static boolean listed(ClusterSnapshot s, ServerName server) {
        return s.meta().members().stream().anyMatch(is(List.of(server)));
    }

    /** By name and by peer id, which is all that a restarted group may know. */
    private static Predicate<Member> is(List<ServerName> servers) {
        return m ->
                servers.stream().anyMatch(n -> n.equals(m.name()) || n.peerId().equals(m.peer()));
    }

    /** A case for each kind. */
    interface Visitor<R> {
        R silent(Silent condition);

        R answering(Answering condition);

        R metaLed(MetaLed condition);

        R nobodyLeads(NobodyLeads condition);

        R noMetaLeader(NoMetaLeader condition);

        R metaMember(MetaMember condition);

        R metaCurrent(MetaCurrent condition);

        R naturalQuorum(NaturalQuorum condition);

        R notMetaMember(NotMetaMember condition);

        R metaLeaderAmong(MetaLeaderAmong condition);

        R copyHeld(CopyHeld condition);

        R nothingHeld(NothingHeld condition);

        R streamTagged(StreamTagged condition);

        R streamWhole(StreamWhole condition);

        R streamCurrent(StreamCurrent condition);

        R streamOff(StreamOff condition);

        R streamLed(StreamLed condition);

        R restarted(Restarted condition);

        R majorityWithout(MajorityWithout condition);

        R switchedOff(SwitchedOff condition);

        R notMetaPeer(NotMetaPeer condition);

        R streamOffPeer(StreamOffPeer condition);

        R serverTagged(ServerTagged condition);
    }
}
