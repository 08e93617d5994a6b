package io.stretchc.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.stretchc.observe.ClusterQuery.Reply;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.ServerState.JetStream;
import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks each server for its JetStream, a few servers at a time, page by page. */
final class JetStreamReader {
    /**
     * Accounts in one answer. nats-server (2.9 to 2.15) pages JSZ by account and never within one, so that an answer is
     * as large as its largest account in any case.
     */
    private static final int PAGE = 20;

    private final ClusterQuery system;
    private final Patience patience;
    private final InstantSource clock;
    private final boolean digests;

    JetStreamReader(ClusterQuery system, Patience patience, InstantSource clock, boolean digests) {
        this.system = system;
        this.patience = patience;
        this.clock = clock;
        this.digests = digests;
    }

    /** A server, with what it said of its JetStream and its configuration. */
    record Seen(
            ServerAnswer server,
            @Nullable JetStreamAnswer jetstream,
            @Nullable String configDigest) {
        /** Its view of the meta group, if it has one. */
        ServerState.@Nullable MetaView meta() {
            if (jetstream == null || jetstream.meta().isMissingNode()) {
                return null;
            }
            JsonNode meta = jetstream.meta();
            return new ServerState.MetaView(
                    GroupReader.leader(meta),
                    meta.path("cluster_size").asInt(),
                    meta.path("quorum_needed").asInt(),
                    meta.path("rescue").asBoolean());
        }

        ServerState state(Expected expected, Observer.Gaps gaps) {
            Optional<ServerVersion> version = server.release();
            if (version.isEmpty()) {
                gaps.add(server.label(), "its version `" + server.version() + "` is none of nats-server's");
            }
            JetStream state = jetstream == null || jetstream.error() != null
                    ? JetStream.UNKNOWN
                    : jetstream.disabled() ? JetStream.DISABLED : JetStream.ENABLED;
            return new ServerState(
                    server.name(),
                    server.name().peerId(),
                    version.orElse(new ServerVersion(0, 0, 0)),
                    server.cluster(),
                    server.domain(),
                    expected.sites().get(server.name()),
                    server.tags(),
                    state,
                    new ServerState.Now(
                            server.id(),
                            server.started(),
                            configDigest,
                            meta(),
                            jetstream == null ? 0 : jetstream.storage(),
                            jetstream == null ? 0 : jetstream.memory()));
        }
    }

    /** Asks all servers; streams of those of the cluster go into the book. */
    List<Seen> readAll(
            List<ServerAnswer> servers, String cluster, @Nullable String domain, StreamBook streams, Observer.Gaps gaps)
            throws QueryFault {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, patience.parallel()), task -> {
            var thread = new Thread(task, "observe");
            thread.setDaemon(true);
            return thread;
        });
        try {
            var tasks = new ArrayList<Callable<Seen>>();
            for (ServerAnswer server : servers) {
                boolean member = server.cluster().equals(cluster);
                boolean sameGroup = java.util.Objects.equals(server.domain(), domain);
                tasks.add(
                        () -> member || sameGroup ? read(server, member, streams, gaps) : new Seen(server, null, null));
            }
            var seen = new ArrayList<Seen>();
            for (Future<Seen> future : threads.invokeAll(tasks)) {
                seen.add(result(future));
            }
            return seen;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryFault(QueryFault.Reason.LOST, "Interrupted while asking the servers.");
        } finally {
            threads.shutdownNow();
        }
    }

    private static Seen result(Future<Seen> future) throws QueryFault, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof QueryFault fault) {
                throw fault;
            }
            throw new IllegalStateException("a server could not be read", e.getCause());
        }
    }

    private Seen read(ServerAnswer server, boolean member, StreamBook streams, Observer.Gaps gaps) throws QueryFault {
        Instant end = clock.instant().plus(patience.server());
        JetStreamAnswer first = page(server, 0, member, end, streams::add, gaps);
        if (first == null) {
            return new Seen(server, null, null);
        }
        if (member) {
            rest(server, first, end, streams, gaps);
        }
        return new Seen(server, first, digest(server, end));
    }

    /** Pages after the first. Accounts come and go meanwhile: as long as some are missing, it starts over, once. */
    private void rest(ServerAnswer server, JetStreamAnswer first, Instant end, StreamBook streams, Observer.Gaps gaps)
            throws QueryFault {
        var accounts = new TreeSet<>(first.accountsHere());
        JetStreamAnswer last = first;
        int rounds = 0;
        int offset = PAGE;
        while (accounts.size() < last.accountsInAll() && rounds < 2) {
            if (last.accountsHere().size() < PAGE) {
                offset = 0;
                rounds++;
            }
            JetStreamAnswer page = page(server, offset, true, end, streams::add, gaps);
            if (page == null) {
                return;
            }
            accounts.addAll(page.accountsHere());
            last = page;
            offset += PAGE;
        }
        if (accounts.size() < last.accountsInAll()) {
            gaps.add(
                    server.label(),
                    "told of " + accounts.size() + " of its " + last.accountsInAll() + " accounts, again and again");
        }
    }

    private @Nullable JetStreamAnswer page(
            ServerAnswer server,
            int offset,
            boolean member,
            Instant end,
            Consumer<StreamReport> streams,
            Observer.Gaps gaps)
            throws QueryFault {
        String details = "{\"accounts\":true,\"streams\":true,\"consumer\":true,\"config\":true,\"raft\":true,"
                + "\"offset\":" + offset + ",\"limit\":" + PAGE + "}";
        Duration left = left(end);
        Reply reply = left.isZero()
                ? new Reply.TimedOut()
                : system.ask(subject(server, "JSZ"), member ? details : "{}", left);
        if (!(reply instanceof Reply.Answer answer)) {
            gaps.add(server.label(), "answered the census, and then not what was asked of its JetStream");
            return null;
        }
        try {
            JetStreamAnswer page = JetStreamAnswer.read(answer.text(), server.name(), streams);
            if (page.error() != null) {
                gaps.add(server.label(), "says nothing of its JetStream: " + page.error());
            } else if (!page.serverId().equals(server.id())) {
                gaps.add(server.label(), "its answer names another server");
                return null;
            }
            return page;
        } catch (IOException e) {
            gaps.add(server.label(), "its answer about JetStream is not what a nats-server says, or is cut off");
            return null;
        }
    }

    /** The digest of the configuration that it runs, which it tells from 2.11 on. */
    private @Nullable String digest(ServerAnswer server, Instant end) throws QueryFault {
        Duration left = left(end);
        if (!digests
                || left.isZero()
                || !server.release().map(v -> v.atLeast(2, 11, 0)).orElse(false)) {
            return null;
        }
        return system.ask(subject(server, "VARZ"), "{}", left) instanceof Reply.Answer answer
                ? ServerAnswer.tree(answer.text())
                        .map(t -> t.path("data").path("config_digest").asText(""))
                        .filter(d -> !d.isEmpty())
                        .orElse(null)
                : null;
    }

    private Duration left(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(patience.answer()) < 0 ? left : patience.answer();
    }

    /** A server's own subject; an id with anything but letters and digits, which none has, would be another subject. */
    private static String subject(ServerAnswer server, String what) {
        return "$SYS.REQ.SERVER." + server.id().replaceAll("[^A-Za-z0-9]", "_") + "." + what;
    }
}
