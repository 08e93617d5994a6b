package io.stretchc.observe;

import io.stretchc.snapshot.ClusterSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;

/** Observations of what servers answer according to a test. */
public final class Snapshots {
    private static final Patience SHORT =
            new Patience(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(5), Duration.ofSeconds(5), 2);

    private Snapshots() {}

    /** Observes. */
    public static ClusterSnapshot of(ClusterQuery system) throws QueryFault {
        return new Observer(system, new TreeMap<>(), SHORT, InstantSource.system()).observe(Expected.NOTHING);
    }

    /** A cluster of which each answer is made when it is asked for. */
    public interface Answers extends ClusterQuery {
        /** Answers of all servers to a ping. */
        List<String> ping();

        /** One server's answer, empty for none in time. */
        String answer(String server, String what, String payload);

        @Override
        default List<String> askAll(String subject, String payload, Duration quiet, Duration deadline) {
            return ping();
        }

        @Override
        default Reply ask(String subject, String payload, Duration deadline) {
            String[] tokens = subject.split("\\.", -1);
            String text = tokens.length < 5 ? "" : answer(tokens[3], tokens[4], payload);
            return text.isEmpty() ? new Reply.TimedOut() : new Reply.Answer(text);
        }

        @Override
        default void close() {}
    }
}
