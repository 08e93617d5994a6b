package io.stretchc.observe;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A connection to one account of a cluster, as far as looking at it needs one. Never changes anything by itself. */
public interface ClusterQuery extends AutoCloseable {
    /**
     * Asks all servers at once and collects their answers. How many there are is not known, so that it waits until none
     * came for a while.
     *
     * @param quiet how long no answer may come before there are taken to be no more
     * @param deadline how long at most
     * @return the answers, in the order in which they came; none when nobody answered
     */
    List<String> askAll(String subject, String payload, Duration quiet, Duration deadline) throws QueryFault;

    /**
     * The same, but waits no longer once an answer says that nobody else will answer.
     *
     * @param alone whether an answer says so
     */
    default List<String> askAll(
            String subject, String payload, Duration quiet, Duration deadline, Predicate<String> alone)
            throws QueryFault {
        return askAll(subject, payload, quiet, deadline);
    }

    /**
     * Servers that spoke at the addresses that the connection was made from, before any login. Those of another cluster,
     * and those cut off from this one, are seen nowhere else.
     */
    default List<Doorkeeper> doorkeepers() {
        return List.of();
    }

    /** A server as it greets whoever connects; {@code cluster} is empty outside any. */
    record Doorkeeper(String id, String name, String cluster, String version) {}

    /** Id of the server that the connection is at, {@code N...}; empty when that is not known. */
    default String serverId() {
        return "";
    }

    /** Whether a server that answered a request to all has gone since, as a request to itself told. */
    default boolean gone(String serverId) {
        return false;
    }

    /** Asks and takes the first answer. */
    Reply ask(String subject, String payload, Duration deadline) throws QueryFault;

    /**
     * The same, but waits no longer once it is known that no answer will come.
     *
     * @param futile asked several times a second while none comes
     */
    default Reply ask(String subject, String payload, Duration deadline, BooleanSupplier futile) throws QueryFault {
        return ask(subject, payload, deadline);
    }

    /**
     * Asks all servers again and again until it is closed, and hands over each answer as it comes, on another thread.
     *
     * @param every how long after the last time
     */
    default Ongoing keepAsking(String subject, Duration every, Consumer<String> answers) throws QueryFault {
        throw new UnsupportedOperationException(subject);
    }

    /** Answers requests on a subject, always the same, until it is closed. */
    default Ongoing answer(String subject, String text) throws QueryFault {
        throw new UnsupportedOperationException(subject);
    }

    /** Something that goes on until it is closed. */
    interface Ongoing extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    void close();

    /** What came of a request to one. */
    sealed interface Reply {
        /** An answer. */
        record Answer(String text) implements Reply {}

        /** Nobody listens on the subject, nats-server's status 503. */
        record NobodyThere() implements Reply {}

        /** No answer in time; the request may still have been carried out. */
        record TimedOut() implements Reply {}
    }
}
