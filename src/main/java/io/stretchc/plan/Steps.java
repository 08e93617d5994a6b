package io.stretchc.plan;

import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes steps of each kind and keeps them in order. Time limits are those that real servers needed, doubled and more. */
final class Steps {
    private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9_.-]");
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration ELECTION = Duration.ofMinutes(1);
    private static final Duration UPDATE = Duration.ofMinutes(1);

    /** Up to 2.10 nobody can be told to lead: ten step-downs in a minute did not bring a leader home once (2.9.10). */
    private static final Duration HOMECOMING = Duration.ofMinutes(3);

    private static final Duration RESCUE = Duration.ofMinutes(6);
    private static final Duration PERSON = Duration.ofMinutes(10);
    private static final Duration RESTORE = Duration.ofMinutes(3);
    private static final long SLOWEST_BYTES_PER_SECOND = 10_000_000;
    private static final long SLOWEST_RESTORED_PER_SECOND = 2_000_000;

    private final Hand hand;
    private final List<Step> steps = new ArrayList<>();
    private final TreeSet<String> ids = new TreeSet<>();

    Steps(Hand hand) {
        this.hand = hand;
    }

    List<Step> all() {
        return List.copyOf(steps);
    }

    /** A plan of these steps; losses are put into their order. */
    Plan plan(Facts facts, Scenario scenario, Strategy strategy, Collection<LossEntry> losses, List<String> warnings) {
        return new Plan(
                scenario,
                facts.cluster().name(),
                facts.version(),
                facts.input().source(),
                facts.input().fingerprint(),
                strategy,
                losses.stream()
                        .sorted(Comparator.comparing(LossEntry::account).thenComparing(LossEntry::stream))
                        .toList(),
                pointOfNoReturn(),
                warnings,
                all());
    }

    private @Nullable StepId pointOfNoReturn() {
        return steps.stream()
                .filter(s -> s.risk() == Risk.IRREVERSIBLE)
                .map(Step::id)
                .findFirst()
                .orElse(null);
    }

    void census(List<SiteName> lost, List<ServerName> silent, List<ServerName> survivors) {
        var holds = new ArrayList<Condition>();
        holds.add(new Condition.Answering(survivors));
        if (!silent.isEmpty()) {
            holds.add(new Condition.Silent(silent));
        }
        add(
                "census",
                new Action.TakeCensus(lost),
                List.of(),
                holds,
                LOOK,
                Risk.SAFE,
                "nothing to undo",
                hand.census(!lost.isEmpty()),
                "Nothing may be done before it is clear who is there.");
    }

    void attest(SiteName site, List<ServerName> silent, String what) {
        add(
                "attest-" + site,
                new Action.AttestLost(site),
                List.of(new Condition.Silent(silent)),
                List.of(),
                PERSON,
                Risk.SAFE,
                "nothing to undo",
                hand.person("somebody who can see the site says that its servers are " + what),
                "From here a site that is cut off looks like one that is dead, and what follows lets the survivors decide"
                        + " without it. A live other side would go on acknowledging messages that are lost in the end.");
    }

    void copyStores(List<ServerName> servers) {
        add(
                "copy-stores",
                new Action.CopyStores(servers),
                List.of(new Condition.Answering(servers)),
                List.of(),
                PERSON,
                Risk.SAFE,
                "delete the copies",
                hand.person("copy the store directory of each of these servers while it runs; do not stop it"),
                "They hold streams of which the majority is lost; until those are moved, these are the only copies.");
    }

    void start(
            ServerModel model, boolean blank, List<Condition> before, List<Condition> after, Risk risk, String reason) {
        SiteName site = java.util.Objects.requireNonNull(model.site());
        String undo = risk == Risk.IRREVERSIBLE
                ? null
                : model.role() == Role.SERVER ? "stop it again" : "remove it from the meta group, then stop it";
        add(
                "start-" + model.name(),
                new Action.StartServer(model.name(), model.role(), site, blank),
                before,
                after,
                PERSON,
                risk,
                undo,
                hand.start(model, blank),
                reason);
    }

    void stop(ServerName server, Role role, String reason) {
        add(
                "stop-" + server,
                new Action.StopServer(server, role),
                List.of(new Condition.NotMetaMember(server)),
                List.of(new Condition.Silent(List.of(server))),
                PERSON,
                Risk.SAFE,
                "start it again, under another name",
                hand.person(
                        "stop the nats-server process of " + server + " on its host, and keep it from starting again"),
                reason);
    }

    /** Stops a stand-in that stays a member, so that the server that it stands in for can take its place. */
    void swapOut(ServerName server, Role role, List<ServerName> others, String reason) {
        add(
                "stop-" + server,
                new Action.StopServer(server, role),
                List.of(
                        new Condition.MetaLed(),
                        new Condition.Answering(others),
                        new Condition.MetaCurrent(others),
                        new Condition.MajorityWithout(server)),
                List.of(new Condition.Silent(List.of(server))),
                PERSON,
                Risk.DISRUPTIVE,
                "start it again",
                hand.person(
                        "stop the nats-server process of the stand-in " + server + ", and keep it from starting again"),
                reason);
    }

    /** Stops a server that runs and is not admitted, or whose JetStream is off. */
    void takeOff(ServerName server, Role role, boolean member, String reason) {
        add(
                "stop-" + server,
                new Action.StopServer(server, role),
                List.of(member ? new Condition.SwitchedOff(server) : new Condition.NotMetaMember(server)),
                List.of(new Condition.Silent(List.of(server))),
                PERSON,
                Risk.SAFE,
                "start it again",
                hand.person("stop the nats-server process of " + server + " on its host"),
                reason);
    }

    void restart(ServerName server, String run, Role role, List<ServerName> others, String reason) {
        add(
                "restart-" + server,
                new Action.RestartServer(server, role),
                List.of(
                        new Condition.MetaLed(),
                        new Condition.Answering(others),
                        new Condition.MajorityWithout(server)),
                List.of(
                        new Condition.Restarted(server, run),
                        new Condition.MetaCurrent(List.of(server)),
                        new Condition.MajorityWithout(server)),
                PERSON,
                Risk.DISRUPTIVE,
                "nothing to undo",
                hand.person(
                        "restart the nats-server process of " + server
                                + " on its host, in order (SIGTERM, no lame duck), with its configuration and its store as they are"),
                reason);
    }

    void awaitLeader(String reason) {
        add(
                "await-leader",
                new Action.AwaitMetaLeader(),
                List.of(),
                List.of(new Condition.MetaLed()),
                ELECTION,
                Risk.SAFE,
                "nothing to undo",
                hand.report("one server with a star, and it is one of those that run"),
                reason);
    }

    void awaitMembers(List<ServerName> members, String reason) {
        add(
                "await-members",
                new Action.AwaitMembers(members),
                List.of(),
                List.of(new Condition.MetaLed(), new Condition.MetaCurrent(members)),
                UPDATE,
                Risk.SAFE,
                "nothing to undo",
                hand.report("one server with a star, and all of these, each of them current: " + Hand.names(members)),
                reason);
    }

    void awaitNaturalQuorum(String reason) {
        add(
                "await-natural-quorum",
                new Action.AwaitNaturalQuorum(),
                List.of(),
                List.of(new Condition.NaturalQuorum()),
                RESCUE,
                Risk.SAFE,
                "nothing to undo",
                hand.person("wait until five minutes have gone by since the last rescue"),
                reason);
    }

    void rescue(int quorum, List<ServerName> survivors, List<ServerName> silent, String reason) {
        add(
                "rescue",
                new Action.RescueQuorum(quorum),
                List.of(new Condition.Answering(survivors), new Condition.Silent(silent), new Condition.NoMetaLeader()),
                List.of(new Condition.MetaLed()),
                UPDATE,
                Risk.DISRUPTIVE,
                "it ends by itself after five minutes",
                hand.rescue(quorum),
                reason);
    }

    void remove(ServerName server, boolean running, List<Condition> before, String reason) {
        var holds = new ArrayList<>(before);
        holds.add(new Condition.MetaLed());
        if (!running) {
            holds.add(new Condition.Silent(List.of(server)));
        }
        add(
                "remove-" + server,
                new Action.RemovePeer(server),
                holds,
                List.of(new Condition.NotMetaMember(server)),
                LOOK,
                Risk.IRREVERSIBLE,
                null,
                hand.remove(server),
                reason);
    }

    /** Of a member whose name nobody knows. */
    void removeId(String peer, String reason) {
        add(
                "remove-peer-" + peer,
                new Action.RemovePeerId(peer),
                List.of(new Condition.MetaLed()),
                List.of(new Condition.NotMetaPeer(peer)),
                LOOK,
                Risk.IRREVERSIBLE,
                null,
                hand.removeId(peer),
                reason);
    }

    /** Takes a peer that is not there for it any more out of a stream, and its consumers. */
    void removeStreamPeer(
            StreamFate fate, String peer, @Nullable ServerName server, List<Condition> more, String reason) {
        remap(
                "off-" + fate.account() + "-" + fate.name() + "-" + (server == null ? peer : server.text()),
                fate,
                new Action.RemoveStreamPeer(fate.account(), fate.name(), peer, server),
                more,
                new Condition.StreamOffPeer(fate.account(), fate.name(), peer),
                "nothing to undo: the peer is not there for it",
                reason);
    }

    void move(StreamFate fate, List<String> tags, Risk risk, @Nullable String undo, String reason) {
        var before = new ArrayList<Condition>();
        before.add(new Condition.MetaLed());
        fate.holders().stream()
                .limit(1)
                .forEach(h -> before.add(new Condition.CopyHeld(fate.account(), fate.name(), h, fate.lastSequence())));
        add(
                "move-" + fate.account() + "-" + fate.name(),
                new Action.MoveStream(fate.account(), fate.name(), tags),
                before,
                List.of(new Condition.StreamTagged(fate.account(), fate.name(), tags)),
                UPDATE,
                risk,
                undo,
                hand.move(fate.account(), fate.name(), tags),
                reason);
    }

    void awaitStream(StreamFate fate, List<ServerName> off, String reason) {
        awaitStream(fate, off, 0, reason);
    }

    /**
     * Waits until it is whole, but for members that do not answer and are replaced next.
     *
     * @param away how many those are
     */
    void awaitStream(StreamFate fate, List<ServerName> off, int away, String reason) {
        awaitStream(
                fate, off.isEmpty() ? null : new Condition.StreamOff(fate.account(), fate.name(), off), away, reason);
    }

    /** Waits until it and its consumers are without a peer, and as above. */
    void awaitStream(StreamFate fate, String peer, int away, String reason) {
        awaitStream(fate, new Condition.StreamOffPeer(fate.account(), fate.name(), peer), away, reason);
    }

    /** What it is to be before the next of its members that do not answer leaves. */
    static Condition current(StreamFate fate, int away) {
        return new Condition.StreamCurrent(fate.account(), fate.name(), fate.replicas() - away, fate.lastSequence());
    }

    private void awaitStream(StreamFate fate, @Nullable Condition more, int away, String reason) {
        var after = new ArrayList<Condition>();
        after.add(
                away > 0
                        ? current(fate, away)
                        : new Condition.StreamWhole(fate.account(), fate.name(), fate.replicas(), fate.lastSequence()));
        if (more != null) {
            after.add(more);
        }
        long bytes = fate.stream().now().copies().stream()
                .mapToLong(c -> c.bytes())
                .max()
                .orElse(0);
        add(
                "await-" + fate.account() + "-" + fate.name(),
                new Action.AwaitStream(fate.account(), fate.name(), fate.replicas(), away),
                List.of(),
                after,
                UPDATE.plusSeconds(Math.max(0, bytes) / SLOWEST_BYTES_PER_SECOND),
                Risk.SAFE,
                "nothing to undo",
                hand.info(
                        fate.account(),
                        fate.name(),
                        (away > 0
                                        ? (fate.replicas() - away) + " of " + fate.replicas()
                                                + " replicas current, the others on servers that do not answer"
                                        : fate.replicas() + " replicas, all current")
                                + ", last sequence " + fate.lastSequence() + " or later"),
                reason);
    }

    void recreate(String account, String stream, int replicas, List<String> tags, String reason) {
        add(
                "recreate-" + account + "-" + stream,
                new Action.RecreateStream(account, stream, tags),
                List.of(new Condition.MetaLed(), new Condition.NothingHeld(account, stream)),
                List.of(
                        new Condition.StreamTagged(account, stream, tags),
                        new Condition.StreamWhole(account, stream, replicas, 0)),
                UPDATE,
                Risk.IRREVERSIBLE,
                null,
                hand.recreate(account, stream),
                reason);
    }

    /** A server's tags, all of them; who has no way to the file but a person takes as long as a person takes. */
    void retag(ServerModel model, List<String> tags, String undo, String reason) {
        add(
                "retag-" + model.name(),
                new Action.RetagServer(model.name(), tags),
                List.of(new Condition.MetaLed(), new Condition.Answering(List.of(model.name()))),
                List.of(new Condition.ServerTagged(model.name(), tags)),
                PERSON,
                Risk.SAFE,
                undo,
                hand.retag(model, tags),
                reason);
    }

    /** One member of a stream leaves it, and another server takes its place; what the others hold is not touched. */
    void remap(StreamFate fate, ServerName server, List<Condition> more, String undo, String reason) {
        remap(
                "remap-" + fate.account() + "-" + fate.name(),
                fate,
                Action.RemoveStreamPeer.of(fate.account(), fate.name(), server),
                more,
                new Condition.StreamOff(fate.account(), fate.name(), List.of(server)),
                undo,
                reason);
    }

    private void remap(
            String id,
            StreamFate fate,
            Action.RemoveStreamPeer action,
            List<Condition> more,
            Condition after,
            String undo,
            String reason) {
        var before = new ArrayList<Condition>();
        before.add(new Condition.MetaLed());
        before.addAll(more);
        fate.holders().stream()
                .filter(h -> !h.equals(action.server()))
                .limit(1)
                .forEach(h -> before.add(new Condition.CopyHeld(fate.account(), fate.name(), h, fate.lastSequence())));
        add(id, action, before, List.of(after), UPDATE, Risk.DISRUPTIVE, undo, hand.remap(action), reason);
    }

    void restore(String account, String stream, int replicas, List<String> tags, Backup backup, String reason) {
        add(
                "restore-" + account + "-" + stream,
                new Action.RestoreStream(account, stream, replicas, tags, backup),
                List.of(new Condition.MetaLed(), new Condition.NothingHeld(account, stream)),
                List.of(
                        new Condition.StreamTagged(account, stream, tags),
                        new Condition.StreamWhole(account, stream, replicas, backup.lastSequence())),
                RESTORE.plusSeconds(Math.max(0, backup.bytes()) / SLOWEST_RESTORED_PER_SECOND),
                Risk.IRREVERSIBLE,
                null,
                hand.restore(account, stream, replicas, tags, backup),
                reason);
    }

    void moveMetaLeader(List<ServerName> preferred, String id, String reason) {
        add(
                id,
                new Action.MoveMetaLeader(preferred),
                List.of(new Condition.MetaLed()),
                List.of(new Condition.MetaLeaderAmong(preferred)),
                HOMECOMING,
                Risk.SAFE,
                "step down again",
                hand.metaLeader(preferred),
                reason);
    }

    void moveStreamLeader(String account, String stream, List<ServerName> preferred, String reason) {
        add(
                "lead-" + account + "-" + stream,
                new Action.MoveStreamLeader(account, stream, preferred),
                List.of(),
                List.of(new Condition.StreamLed(account, stream, preferred)),
                HOMECOMING,
                Risk.DISRUPTIVE,
                "step down again",
                hand.streamLeader(account, stream, preferred),
                reason);
    }

    void verify(@Nullable SiteName without, String reason) {
        verify(without, UPDATE, reason);
    }

    /** When a rescue is to run out first. */
    void verifyAfterRescue(String reason) {
        verify(null, RESCUE, reason);
    }

    private void verify(@Nullable SiteName without, Duration within, String reason) {
        add(
                "verify",
                new Action.VerifyCluster(without),
                List.of(new Condition.MetaLed()),
                List.of(),
                within,
                Risk.SAFE,
                "nothing to undo",
                hand.report("one meta leader, and every server that is a member answers"),
                reason);
    }

    private void add(
            String id,
            Action action,
            List<Condition> before,
            List<Condition> after,
            Duration within,
            Risk risk,
            @Nullable String undo,
            ByHand byHand,
            String reason) {
        steps.add(new Step(unique(id), action, before, after, within, risk, undo, byHand, reason));
    }

    private static boolean plain(String text) {
        return text.chars()
                .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-'));
    }

    private StepId unique(String text) {
        String plain = plain(text) ? text : ODD.matcher(text).replaceAll("_");
        String id = plain;
        for (int n = 2; !ids.add(id); n++) {
            id = plain + "~" + n;
        }
        return new StepId(id);
    }
}
