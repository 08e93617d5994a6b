package io.stretchc.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.apply.Call.Reply;
import io.stretchc.codec.StreamRequest;
import io.stretchc.diag.Quote;
import io.stretchc.observe.ClusterQuery;
import io.stretchc.observe.JetStreamError;
import io.stretchc.observe.QueryFault;
import io.stretchc.plan.Action;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.StreamSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The calls that actions make, by the version that runs. An action that only waits makes none.
 *
 * <p>Answers that pass by themselves were all seen on real servers: 10005 right after an election (2.10.27), 10008 without a
 * leader, 10124 and 10226 while a stream is still moving (2.12, 2.15), 10202 while another member changes, and no answer at
 * all to an update up to 2.11, which is carried out all the same once the new group has elected.
 */
final class Calls implements Action.Visitor<Optional<Call>> {
    private static final Pattern PASSING =
            Pattern.compile("503/\\d+ .*|\\d+/(10005|10008|10023|10074|10075|10124|10202|10226) .*", Pattern.DOTALL);
    private static final Pattern NO_MEMBER = Pattern.compile("\\d+/10044 .*", Pattern.DOTALL);
    private static final Pattern NO_REPLICA = Pattern.compile("\\d+/(10040|10076) .*", Pattern.DOTALL);
    private static final Pattern NO_STREAM = Pattern.compile("\\d+/10059 .*", Pattern.DOTALL);

    private static final Duration ANSWER = Duration.ofSeconds(4);
    private static final Duration UPDATE = Duration.ofSeconds(15);
    /** A stream without a copy is deleted, and nobody is there to say so (2.10.27, 2.12.15, 2.15.1). */
    private static final Duration DELETION = Duration.ofSeconds(1);

    private static final Duration SOON = Duration.ofMillis(250);
    private static final Duration ELECTION = Duration.ofMillis(800);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration NEVER = Duration.ofDays(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final Driver driver;
    private final ServerVersion version;
    private final List<StreamSpec> declared;
    private final ClusterSnapshot seen;
    private final Cluster.Sending sending;

    Calls(
            Cluster cluster,
            Driver driver,
            ServerVersion version,
            List<StreamSpec> declared,
            ClusterSnapshot seen,
            Cluster.Sending sending) {
        this.cluster = cluster;
        this.driver = driver;
        this.version = version;
        this.declared = declared;
        this.seen = seen;
        this.sending = sending;
    }

    @Override
    public Optional<Call> takeCensus(Action.TakeCensus action) {
        return Optional.empty();
    }

    @Override
    public Optional<Call> attestLost(Action.AttestLost action) {
        return Optional.empty();
    }

    @Override
    public Optional<Call> awaitMetaLeader(Action.AwaitMetaLeader action) {
        return Optional.empty();
    }

    @Override
    public Optional<Call> awaitMembers(Action.AwaitMembers action) {
        return Optional.empty();
    }

    @Override
    public Optional<Call> awaitNaturalQuorum(Action.AwaitNaturalQuorum action) {
        return Optional.empty();
    }

    @Override
    public Optional<Call> awaitStream(Action.AwaitStream action) {
        return Optional.empty();
    }

    @Override
    public Optional<Call> verifyCluster(Action.VerifyCluster action) {
        return Optional.empty();
    }

    @Override
    public Optional<Call> copyStores(Action.CopyStores action) {
        return Optional.of(new Call("copy the stores of " + Quote.all(action.servers()), NEVER, () -> {
            var done = new ArrayList<String>();
            for (ServerName server : action.servers()) {
                Reply reply = driven(driver.copy(server));
                if (!reply.good()) {
                    return reply;
                }
                done.add(reply.text());
            }
            return Reply.good(String.join(" ", done));
        }));
    }

    @Override
    public Optional<Call> startServer(Action.StartServer action) {
        return Optional.of(new Call("start " + Quote.of(action.server()), NEVER, () -> driven(driver.start(action))));
    }

    @Override
    public Optional<Call> stopServer(Action.StopServer action) {
        return Optional.of(new Call("stop " + Quote.of(action.server()), NEVER, () -> driven(driver.stop(action))));
    }

    @Override
    public Optional<Call> restartServer(Action.RestartServer action) {
        String run = seen.server(action.server())
                .map(s -> ", which runs as " + s.now().id())
                .orElse("");
        boolean answers = seen.server(action.server()).isPresent();
        return Optional.of(new Call(
                "restart " + Quote.of(action.server()) + run, NEVER, () -> driven(driver.restart(action, answers))));
    }

    /**
     * The file first, then a reload: by a request from 2.10 on, before that by a signal. What the server refuses is taken
     * back in the file, which it would not start with otherwise.
     */
    @Override
    public Optional<Call> retagServer(Action.RetagServer action) {
        Optional<ServerState> server = seen.server(action.server());
        if (server.isEmpty()) {
            return Optional.empty();
        }
        String subject = "$SYS.REQ.SERVER." + server.get().now().id() + ".RELOAD";
        return Optional.of(new Call("tags " + Quote.all(action.tags()) + " for " + action.server(), NEVER, () -> {
            Driver.Outcome written = driver.retag(action);
            if (!(written instanceof Driver.Outcome.Acted acted)) {
                return driven(written);
            }
            if (!version.atLeast(2, 10, 0)) {
                Reply signalled = driven(driver.reload(action.server()));
                return signalled.good() ? Reply.good(acted.what() + " " + signalled.text()) : signalled;
            }
            Optional<String> fault = reloadFault(subject);
            if (fault.isEmpty()) {
                return Reply.good(acted.what() + " It is reloaded.");
            }
            Reply reply = reply(fault);
            if (!reply.passing()) {
                driver.retag(
                        new Action.RetagServer(action.server(), server.get().tags()));
            }
            return reply;
        }));
    }

    private Optional<String> reloadFault(String subject) throws QueryFault {
        ClusterQuery.Reply reply = cluster.system().ask(subject, "", ANSWER);
        if (reply instanceof ClusterQuery.Reply.Answer answer) {
            return JetStreamError.in(answer.text());
        }
        return Optional.of("503/0 the server does not answer the request to reload");
    }

    private static Reply driven(Driver.Outcome outcome) {
        if (outcome instanceof Driver.Outcome.Failed failed) {
            return Reply.fatal(failed.why());
        }
        return outcome instanceof Driver.Outcome.Acted acted
                ? Reply.good(acted.what())
                : Reply.good(((Driver.Outcome.ByPerson) outcome).what());
    }

    /** Each server answers for itself; one that still names a leader refuses, and is asked again with all others. */
    @Override
    public Optional<Call> rescueQuorum(Action.RescueQuorum action) {
        String payload = "{\"quorum_needed\":" + action.quorum() + "}";
        return Optional.of(new Call("$JS.API.META.RESCUE " + payload, SOON, () -> {
            List<String> answers =
                    cluster.system().askAll("$JS.API.META.RESCUE", payload, Duration.ofMillis(500), ANSWER);
            var texts = new ArrayList<String>();
            int good = 0;
            for (String answer : answers) {
                Optional<String> fault = JetStreamError.in(answer);
                good += fault.isEmpty() ? 1 : 0;
                texts.add(fault.map(Calls::brief).orElseGet(() -> rescued(answer)));
            }
            String text = good + " of " + answers.size() + " that answered: "
                    + String.join("; ", texts.stream().sorted().toList());
            return good == answers.size() && good > 0 ? Reply.good(text) : Reply.passing(text);
        }));
    }

    private static String rescued(String answer) {
        try {
            var tree = JSON.readTree(answer);
            return Quote.plain(tree.path("server").asText()) + " "
                    + tree.path("prev_quorum").asInt() + "->"
                    + tree.path("new_quorum").asInt();
        } catch (JsonProcessingException e) {
            return "an answer that is no JSON";
        }
    }

    /** By name; a group that was restarted since knows only the peer id, which is made from the name. */
    @Override
    public Optional<Call> removePeer(Action.RemovePeer action) {
        String subject = "$JS.API.SERVER.REMOVE";
        return Optional.of(new Call(subject + " " + action.server(), PATIENCE, () -> {
            ObjectNode byName =
                    JSON.createObjectNode().put("peer", action.server().text());
            Optional<String> fault = fault(cluster.system(), subject, byName.toString(), ANSWER);
            if (fault.isPresent() && NO_MEMBER.matcher(fault.get()).matches()) {
                ObjectNode byId = JSON.createObjectNode()
                        .put("peer", "")
                        .put("peer_id", action.server().peerId());
                fault = fault(cluster.system(), subject, byId.toString(), ANSWER);
                if (fault.isPresent() && NO_MEMBER.matcher(fault.get()).matches()) {
                    return Reply.good(brief(fault.get()));
                }
            }
            return reply(fault);
        }));
    }

    @Override
    public Optional<Call> removePeerId(Action.RemovePeerId action) {
        String subject = "$JS.API.SERVER.REMOVE";
        ObjectNode byId = JSON.createObjectNode().put("peer", "").put("peer_id", action.peer());
        return Optional.of(new Call(subject + " " + byId, PATIENCE, () -> {
            Optional<String> fault = fault(cluster.system(), subject, byId.toString(), ANSWER);
            return fault.isPresent() && NO_MEMBER.matcher(fault.get()).matches()
                    ? Reply.good(brief(fault.get()))
                    : reply(fault);
        }));
    }

    /** By name, else by peer id, which servers take from 2.12.6 on (2.10.27 and 2.11.17: 400/10040). */
    @Override
    public Optional<Call> removeStreamPeer(Action.RemoveStreamPeer action) {
        String subject = "$JS.API.STREAM.PEER.REMOVE." + action.stream();
        String who = action.server() == null ? action.peer() : action.server().text();
        return Optional.of(new Call(subject + " " + who, SOON.multipliedBy(4), () -> {
            ClusterQuery account = in(action.account());
            Optional<String> fault = fault(account, subject, peer(who), ANSWER);
            if (fault.isPresent()
                    && action.server() != null
                    && NO_REPLICA.matcher(fault.get()).matches()) {
                fault = fault(account, subject, peer(action.peer()), ANSWER);
            }
            return reply(fault);
        }));
    }

    private static String peer(String nameOrId) {
        return JSON.createObjectNode().put("peer", nameOrId).toString();
    }

    @Override
    public Optional<Call> moveStream(Action.MoveStream action) {
        Optional<StreamState> stream = stream(action.account(), action.stream());
        if (stream.isEmpty()) {
            return Optional.empty();
        }
        String wanted = retagged(stream.get().config().json(), action.tags());
        String subject = "$JS.API.STREAM.UPDATE." + action.stream();
        return Optional.of(new Call(
                subject + " placement " + Quote.all(action.tags()),
                SOON.multipliedBy(4),
                () -> reply(fault(in(action.account()), subject, wanted, UPDATE))));
    }

    private static String retagged(String config, List<String> tags) {
        try {
            ObjectNode root = (ObjectNode) JSON.readTree(config);
            ObjectNode placement = root.path("placement") instanceof ObjectNode has ? has : root.putObject("placement");
            ArrayNode list = placement.putArray("tags");
            tags.forEach(list::add);
            if (tags.isEmpty()) {
                placement.remove("tags");
            }
            if (placement.isEmpty()) {
                root.remove("placement");
            }
            return root.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a snapshot's configuration is JSON", e);
        }
    }

    /** What cannot be had any more is deleted, then made anew: no update ever brings a stream without copies back. */
    @Override
    public Optional<Call> recreateStream(Action.RecreateStream action) {
        Optional<StreamSpec> spec = declared.stream()
                .filter(s -> s.account().text().equals(action.account())
                        && s.name().text().equals(action.stream()))
                .findFirst();
        if (spec.isEmpty()) {
            return Optional.empty();
        }
        String delete = "$JS.API.STREAM.DELETE." + action.stream();
        String create = "$JS.API.STREAM.CREATE." + action.stream();
        String wanted = StreamRequest.of(spec.get(), action.tags());
        return Optional.of(new Call(delete + ", then " + create, SOON.multipliedBy(4), () -> {
            Optional<String> deleted = fault(in(action.account()), delete, "", DELETION);
            if (deleted.isPresent() && !NO_STREAM.matcher(deleted.get()).matches()) {
                return reply(deleted);
            }
            return reply(fault(in(action.account()), create, wanted, ANSWER));
        }));
    }

    /** What is left of it, nothing or the half of a restore that was cut off, is deleted first. */
    @Override
    public Optional<Call> restoreStream(Action.RestoreStream action) {
        String delete = "$JS.API.STREAM.DELETE." + action.stream();
        String restore = "$JS.API.STREAM.RESTORE." + action.stream();
        return Optional.of(new Call(delete + ", then " + restore, SOON.multipliedBy(4), () -> {
            Optional<String> deleted = fault(in(action.account()), delete, "", DELETION);
            if (deleted.isPresent() && !NO_STREAM.matcher(deleted.get()).matches()) {
                return reply(deleted);
            }
            Cluster.Given given = cluster.restore(action, sending);
            String text = Quote.sentence(given.text());
            return given.good() ? Reply.good(text) : given.passing() ? Reply.passing(text) : Reply.fatal(text);
        }));
    }

    /** From 2.11 on the leader is told where to; before, it chooses anybody, and is asked again. */
    @Override
    public Optional<Call> moveMetaLeader(Action.MoveMetaLeader action) {
        String subject = "$JS.API.META.LEADER.STEPDOWN";
        String payload = preferred(action.preferred(), seen.meta().members());
        return Optional.of(new Call(
                subject + (payload.isEmpty() ? "" : " " + payload),
                ELECTION,
                () -> reply(fault(cluster.system(), subject, payload, ANSWER))));
    }

    @Override
    public Optional<Call> moveStreamLeader(Action.MoveStreamLeader action) {
        Optional<StreamState> stream = stream(action.account(), action.stream());
        if (stream.isEmpty() || stream.get().now().leader() == null) {
            return Optional.empty();
        }
        String subject = "$JS.API.STREAM.LEADER.STEPDOWN." + action.stream();
        String payload = preferred(action.preferred(), stream.get().members());
        return Optional.of(new Call(
                subject + (payload.isEmpty() ? "" : " " + payload),
                ELECTION,
                () -> reply(fault(in(action.account()), subject, payload, ANSWER))));
    }

    private String preferred(List<ServerName> servers, List<Member> members) {
        if (!version.atLeast(2, 11, 0)) {
            return "";
        }
        ObjectNode root = JSON.createObjectNode();
        return servers.stream()
                .filter(s ->
                        seen.server(s).isPresent() && members.stream().anyMatch(m -> s.equals(m.name()) && m.healthy()))
                .findFirst()
                .map(s -> {
                    root.putObject("placement").put("preferred", s.text());
                    return root.toString();
                })
                .orElse("");
    }

    private Optional<StreamState> stream(String account, String name) {
        return seen.streams().stream()
                .filter(s -> s.account().equals(account) && s.name().equals(name))
                .findFirst();
    }

    private ClusterQuery in(String account) throws QueryFault {
        return cluster.account(account)
                .orElseThrow(() -> new QueryFault(
                        QueryFault.Reason.LOGIN, "There is no way into the account " + Quote.of(account) + "."));
    }

    /** What went wrong, as {@code 400/10226 ...}; empty when nothing did. */
    private static Optional<String> fault(ClusterQuery account, String subject, String payload, Duration limit)
            throws QueryFault {
        ClusterQuery.Reply reply = account.ask(subject, payload, limit);
        if (reply instanceof ClusterQuery.Reply.Answer answer) {
            return JetStreamError.in(answer.text());
        }
        return Optional.of(
                reply instanceof ClusterQuery.Reply.NobodyThere
                        ? "503/0 nobody answers such calls"
                        : "503/0 no answer within " + limit.toSeconds() + " s");
    }

    private static Reply reply(Optional<String> fault) {
        if (fault.isEmpty()) {
            return Reply.good("success");
        }
        String text = brief(fault.get());
        return PASSING.matcher(fault.get()).matches() ? Reply.passing(text) : Reply.fatal(text);
    }

    private static String brief(String fault) {
        return Quote.sentence(fault.length() > 300 ? fault.substring(0, 300) + "..." : fault);
    }
}
