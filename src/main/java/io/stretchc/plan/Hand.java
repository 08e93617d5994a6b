package io.stretchc.plan;

import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.AccountSpec;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.UserSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The steps by hand, with the {@code nats} CLI. A context that the topology does not name is called like its account; then
 * the CLI says that there is none, instead of talking to another account.
 */
final class Hand {
    private final ClusterModel cluster;
    private final ServerVersion version;

    Hand(ClusterModel cluster, ServerVersion version) {
        this.cluster = cluster;
        this.version = version;
    }

    ByHand census(boolean lost) {
        return new ByHand(
                List.of(
                        system("nats", "server", "list"),
                        system("nats", "server", "report", "jetstream", "--sort=name")),
                lost
                        ? "every survivor, once each, and nobody of the lost site"
                        : "every server that is left, once each");
    }

    ByHand person(String what) {
        return new ByHand(List.of(), what);
    }

    ByHand start(ServerModel model) {
        return start(model, true);
    }

    ByHand start(ServerModel model, boolean blank) {
        return new ByHand(
                List.of(),
                "in " + model.site() + ", as " + model.name() + ": start `nats-server -c OUT/" + cluster.directory()
                        + "/"
                        + model.file()
                        + "`, OUT being where `stretchc compile` or `stretchc arbiter` wrote it; its store is "
                        + model.storeDir()
                        + (!blank
                                ? ", as it was: not emptied, not moved"
                                : model.role() == Role.SERVER ? ", which must be empty: move away what is in it" : ""));
    }

    ByHand report(String expect) {
        return new ByHand(List.of(system("nats", "server", "report", "jetstream", "--sort=name")), expect);
    }

    ByHand rescue(int quorum) {
        return new ByHand(
                List.of(system(
                        "nats",
                        "request",
                        "--replies=0",
                        "--timeout=2s",
                        "$JS.API.META.RESCUE",
                        "{\"quorum_needed\":" + quorum + "}")),
                "an answer from each survivor with \"new_quorum\":" + quorum);
    }

    ByHand remove(ServerName name) {
        return new ByHand(
                List.of(system("nats", "server", "raft", "peer-remove", "-f", name.text())),
                "the report lists " + name + " no more");
    }

    ByHand removeId(String peer) {
        return new ByHand(
                List.of(system(
                        "nats", "request", "$JS.API.SERVER.REMOVE", "{\"peer\":\"\",\"peer_id\":\"" + peer + "\"}")),
                "an answer with \"success\":true, and a report without the peer " + peer);
    }

    ByHand move(String account, String stream, List<String> tags) {
        var words = new ArrayList<>(List.of("nats", "stream", "edit", "-f"));
        tags.forEach(t -> words.add("--tag=" + t));
        return new ByHand(List.of(of(account, words, stream)), "no answer in time is no failure: give it again");
    }

    /** The id that the CLI asks for is new at each start of a server, so that no plan can have it. */
    ByHand retag(ServerModel model, List<String> tags) {
        return new ByHand(
                List.of(),
                "in " + model.site() + ", on the host of " + model.name() + ": in OUT/" + cluster.directory() + "/"
                        + model.file() + ", or where the server has it, make it `server_tags: ["
                        + String.join(
                                ", ", tags.stream().map(t -> "\"" + t + "\"").toList())
                        + "]`, then "
                        + (version.atLeast(2, 10, 0)
                                ? "`" + system("nats", "server", "config", "reload", "--force")
                                        + " ID`, ID being the one that `" + system("nats", "server", "list") + "` shows"
                                : "`nats-server --signal reload`, there"));
    }

    /** By name, or where nobody knows that any more by peer id, which servers take from 2.12.6 on. */
    ByHand remap(Action.RemoveStreamPeer action) {
        var words = new ArrayList<>(List.of("nats", "stream", "cluster", "peer-remove", "-f"));
        String who = action.server() == null ? action.peer() : action.server().text();
        words.add("--context=" + context(action.account()));
        words.add("--");
        words.add(action.stream());
        words.add(who);
        return new ByHand(
                List.of(
                        ShellWord.line(words.toArray(new String[0])),
                        of(action.account(), List.of("nats", "stream", "info"), action.stream())),
                "the stream and its consumers have no replica on " + who
                        + " any more; "
                        + (version.atLeast(2, 10, 0)
                                ? "peer remap failed (10075) means that no server with its tags is known yet: give it again"
                                : "peer remap failed (10075) means that no server with its tags was known, and takes the"
                                        + " replica away all the same on this release: wait before it until all know the"
                                        + " tags"));
    }

    ByHand info(String account, String stream, String expect) {
        return new ByHand(List.of(of(account, List.of("nats", "stream", "info"), stream)), expect);
    }

    ByHand recreate(String account, String stream) {
        return new ByHand(
                List.of(
                        of(account, List.of("nats", "stream", "info"), stream),
                        of(account, List.of("nats", "stream", "rm", "-f"), stream)),
                "where it has no message, add it with its configuration of the topology, and these tags");
    }

    ByHand restore(String account, String stream, int replicas, List<String> tags, Backup backup) {
        var words = new ArrayList<>(List.of("nats", "stream", "restore", "--replicas=" + replicas));
        tags.forEach(t -> words.add("--tag=" + t));
        return new ByHand(
                List.of(
                        of(account, List.of("nats", "stream", "info"), stream),
                        of(account, List.of("nats", "stream", "rm", "-f"), stream),
                        of(account, words, backup.path())),
                "where it has no message before: " + backup.messages()
                        + (backup.messages() == 1 ? " message" : " messages") + ", last sequence "
                        + backup.lastSequence() + "; the directory is below the one of the backups");
    }

    /** Up to 2.10 a stepdown cannot be told where to: it is repeated. */
    ByHand metaLeader(List<ServerName> preferred) {
        boolean told = version.atLeast(2, 11, 0) && !preferred.isEmpty();
        return told
                ? new ByHand(
                        List.of(system(
                                "nats",
                                "server",
                                "raft",
                                "step-down",
                                "-f",
                                "--host=" + preferred.get(0).text())),
                        "the meta leader is " + preferred.get(0))
                : new ByHand(
                        List.of(system("nats", "server", "raft", "step-down", "-f")),
                        "repeat it until the meta leader is " + names(preferred));
    }

    ByHand streamLeader(String account, String stream, List<ServerName> preferred) {
        boolean told = version.atLeast(2, 11, 0) && preferred.size() == 1;
        var words = new ArrayList<>(List.of("nats", "stream", "cluster", "step-down", "-f"));
        if (told) {
            words.add("--preferred=" + preferred.get(0).text());
        }
        return new ByHand(
                List.of(of(account, words, stream)),
                (told ? "the leader is " : "repeat it until the leader is ") + names(preferred));
    }

    static String names(List<ServerName> names) {
        return String.join(" or ", names.stream().map(ServerName::text).toList());
    }

    private String system(String... words) {
        String context = cluster.access().accounts().stream()
                .filter(AccountSpec::system)
                .map(a -> a.name().text())
                .findFirst()
                .orElse("SYS");
        var all = new ArrayList<>(List.of(words));
        all.add("--context=" + context(context));
        return ShellWord.line(all.toArray(new String[0]));
    }

    /** Options first, and a name that looks like one behind two dashes. */
    private String of(String account, List<String> words, String stream) {
        var all = new ArrayList<>(words);
        all.add("--context=" + context(account));
        if (stream.startsWith("-")) {
            all.add("--");
        }
        all.add(stream);
        return ShellWord.line(all.toArray(new String[0]));
    }

    private String context(String account) {
        return cluster.access().accounts().stream()
                .filter(a -> a.name().text().equals(account))
                .flatMap(a -> a.users().stream())
                .map(UserSpec::context)
                .flatMap(c -> c == null
                        ? Stream.empty()
                        : Stream.of(Objects.requireNonNull(c).name()))
                .findFirst()
                .orElse(account);
    }
}
