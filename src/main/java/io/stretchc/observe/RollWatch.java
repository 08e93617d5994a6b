package io.stretchc.observe;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A roll-call that never ends: all servers are pinged several times a second, and who answered lately is there. So a look
 * need not wait for those that do not answer, and a server that comes up is noticed whatever is looked at.
 *
 * <p>It stands before a connection to the system account, and answers the observer's pings itself.
 */
public final class RollWatch implements ClusterQuery {
    private static final String PING = "$SYS.REQ.SERVER.PING";
    private static final String TO_ONE = "$SYS.REQ.SERVER.";
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final Duration FIRST = Duration.ofMillis(400);
    private static final Duration LATELY = Duration.ofMillis(800);
    private static final Duration NOBODY = Duration.ofSeconds(3);
    private static final Duration KNOCK = Duration.ofMillis(100);
    private static final long LOOK_MILLIS = 20;

    private final ClusterQuery system;
    private final LongSupplier nanos;
    private final long begun;
    private final Map<String, Heard> heard = new HashMap<>();
    private final Ongoing asking;
    private boolean doorsSeen;

    private record Heard(long at, String answer) {}

    /** Begins. */
    public RollWatch(ClusterQuery system, LongSupplier nanos) throws QueryFault {
        this.system = system;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.asking = system.keepAsking(PING, EVERY, this::hear);
    }

    private void hear(String text) {
        String id = ServerAnswer.read(text).map(ServerAnswer::id).orElse("");
        if (!id.isEmpty()) {
            synchronized (heard) {
                heard.put(id, new Heard(nanos.getAsLong(), text));
                heard.notifyAll();
            }
        }
    }

    /** Who answered within most of a second; the first time, after all have had time to. */
    @Override
    public List<String> askAll(String subject, String payload, Duration quiet, Duration deadline) throws QueryFault {
        if (!subject.equals(PING)) {
            return system.askAll(subject, payload, quiet, deadline);
        }
        synchronized (heard) {
            long give = begun + FIRST.toNanos();
            long end = nanos.getAsLong() + NOBODY.toNanos();
            try {
                while (nanos.getAsLong() < give || (wanting() && nanos.getAsLong() < end)) {
                    heard.wait(LOOK_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new QueryFault(QueryFault.Reason.LOST, "Interrupted while asking the servers.");
            }
            return lately();
        }
    }

    /** Whether nobody answered yet, or, the first time, somebody who greets has not: a busy server takes its time. */
    private boolean wanting() {
        return lately().isEmpty()
                || (!doorsSeen
                        && !heard.keySet()
                                .containsAll(system.doorkeepers().stream()
                                        .map(Doorkeeper::id)
                                        .filter(id -> !id.isEmpty())
                                        .toList()));
    }

    private List<String> lately() {
        long from = nanos.getAsLong() - LATELY.toNanos();
        return heard.values().stream()
                .filter(h -> h.at() >= from)
                .sorted(Comparator.comparingLong(Heard::at))
                .map(Heard::answer)
                .toList();
    }

    /**
     * A server that is not there for a request to itself has gone, whatever it said before. One that dies with the request
     * under way never answers: those that are connected with it take note of its end a moment later than the request was
     * sent, and then a second one tells.
     */
    @Override
    public Reply ask(String subject, String payload, Duration deadline) throws QueryFault {
        if (!subject.startsWith(TO_ONE)) {
            return system.ask(subject, payload, deadline);
        }
        String id = subject.substring(TO_ONE.length()).replaceFirst("\\..*", "");
        Reply reply = system.ask(subject, payload, deadline, () -> died(id));
        if (reply instanceof Reply.NobodyThere) {
            forget(id);
        }
        return reply instanceof Reply.TimedOut && gone(id) ? new Reply.NobodyThere() : reply;
    }

    private boolean died(String id) {
        try {
            if (system.ask(TO_ONE + id + ".STATSZ", "", KNOCK) instanceof Reply.NobodyThere) {
                forget(id);
            }
        } catch (QueryFault e) {
            return false; // whoever asked is told by what it asked
        }
        return gone(id);
    }

    private void forget(String id) {
        synchronized (heard) {
            heard.remove(id);
        }
    }

    @Override
    public boolean gone(String serverId) {
        synchronized (heard) {
            return !heard.containsKey(serverId);
        }
    }

    @Override
    public Ongoing keepAsking(String subject, Duration every, Consumer<String> answers) throws QueryFault {
        return system.keepAsking(subject, every, answers);
    }

    @Override
    public Ongoing answer(String subject, String text) throws QueryFault {
        return system.answer(subject, text);
    }

    /** Those who greeted when the connection was made; later that is no news any more. */
    @Override
    public List<Doorkeeper> doorkeepers() {
        if (doorsSeen) {
            return List.of();
        }
        doorsSeen = true;
        return system.doorkeepers();
    }

    @Override
    public String serverId() {
        return system.serverId();
    }

    @Override
    public void close() {
        asking.close();
        system.close();
    }
}
