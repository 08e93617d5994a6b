package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.StreamState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Streams that take from others. From nats-server 2.15 on (seen on 2.15.1; not on 2.9.10, 2.12.15 and 2.14.5) a stream keeps
 * which making of its source a message is of: a source that is restored is another making, and all of it is taken once more.
 */
final class Takers {
    private Takers() {}

    /** A sentence for each stream of which that must be said; the restored ones are those of these steps. */
    static List<String> warnings(Facts facts, Collection<Action.RestoreStream> restored) {
        return facts.version().atLeast(2, 15, 0)
                ? restored.stream().flatMap(r -> warning(facts, r).stream()).toList()
                : List.of();
    }

    private static Optional<String> warning(Facts facts, Action.RestoreStream restored) {
        List<String> takers = takers(facts.snapshot(), restored.account(), restored.stream());
        return takers.isEmpty()
                ? Optional.empty()
                : Optional.of("The stream " + Quote.of(restored.stream()) + " of " + Quote.of(restored.account())
                        + " comes from its backup, and on nats-server " + facts.version()
                        + " what sources from it takes all of it once more: " + Quote.all(takers) + ".");
    }

    private static List<String> takers(ClusterSnapshot snapshot, String account, String source) {
        return snapshot.streams().stream()
                .filter(s -> s.account().equals(account) && sources(s).contains("\"name\":\"" + source + "\""))
                .map(StreamState::name)
                .sorted()
                .toList();
    }

    /** What its configuration, which is canonical JSON, says from its sources on: no key after them has a name in it. */
    private static String sources(StreamState stream) {
        String json = stream.config().json();
        int begin = json.indexOf("\"sources\":[");
        return begin < 0 ? "" : json.substring(begin);
    }
}
