package io.stretchc.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.stretchc.observe.ClusterQuery.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks the meta leader, over the connections to accounts, which streams there are. It alone knows of those that nobody
 * who answers has a copy of. Streams come and go meanwhile: where the lists and the copies differ, both are looked at
 * once more.
 */
final class AccountLists {
    private static final int MOST_PAGES = 10_000;

    /** Enough for a leader that is elected just now. */
    private static final Duration LEADERLESS = Duration.ofSeconds(1);

    private final SortedMap<String, ClusterQuery> accounts;
    private final Duration answer;

    /**
     * Lists.
     *
     * @param led whether a server names itself meta leader. Without one nobody answers, and on the night on which a site is
     *     lost every second of waiting for it is one that clients wait too
     */
    AccountLists(SortedMap<String, ClusterQuery> accounts, Patience patience, boolean led) {
        this.accounts = accounts;
        this.answer = led || patience.answer().compareTo(LEADERLESS) < 0 ? patience.answer() : LEADERLESS;
    }

    /** Looks at all copies again. */
    interface Again {
        StreamBook read() throws QueryFault;
    }

    /** Copies and lists that belong together. */
    record Look(StreamBook copies, Listed listed) {}

    Look read(StreamBook first, Observer.Gaps gaps, Again again) throws QueryFault {
        StreamBook book = first;
        var found = new Observer.Gaps();
        SortedMap<String, SortedSet<String>> all = lists(found);
        if (all.entrySet().stream().anyMatch(e -> !e.getValue().equals(first.streams(e.getKey())))) {
            book = again.read();
            found = new Observer.Gaps();
            all = lists(found);
        }
        gaps.addAll(found.all());
        for (String account : book.accounts()) {
            if (!accounts.containsKey(account)) {
                gaps.add(
                        "account " + account,
                        "no login to it, so that streams of which no copy answers cannot be seen");
            }
        }
        return new Look(book, new Listed(all));
    }

    private SortedMap<String, SortedSet<String>> lists(Observer.Gaps gaps) {
        var all = new TreeMap<String, SortedSet<String>>();
        for (var account : accounts.entrySet()) {
            try {
                SortedSet<String> names = names(account.getKey(), account.getValue(), gaps);
                if (names != null) {
                    all.put(account.getKey(), names);
                }
            } catch (QueryFault e) {
                gaps.add("account " + account.getKey(), "its list of streams could not be had: " + e.getMessage());
            }
        }
        return all;
    }

    private @Nullable SortedSet<String> names(String account, ClusterQuery query, Observer.Gaps gaps)
            throws QueryFault {
        var names = new TreeSet<String>();
        long offset = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            Reply reply = query.ask("$JS.API.STREAM.NAMES", "{\"offset\":" + offset + "}", this.answer);
            Optional<JsonNode> answer =
                    reply instanceof Reply.Answer a ? ServerAnswer.tree(a.text()) : Optional.empty();
            String fault = fault(reply, answer);
            if (fault != null || answer.isEmpty()) {
                gaps.add("account " + account, "its list of streams could not be had: " + fault);
                return null;
            }
            JsonNode streams = answer.get().path("streams");
            streams.forEach(s -> names.add(s.asText()));
            offset += streams.size();
            if (streams.isEmpty() || offset >= answer.get().path("total").asLong()) {
                return names;
            }
        }
        return names;
    }

    private static @Nullable String fault(Reply reply, Optional<JsonNode> answer) {
        if (reply instanceof Reply.NobodyThere) {
            return "JetStream is not enabled for it";
        }
        if (reply instanceof Reply.TimedOut) {
            return "no answer in time, as without a meta leader";
        }
        if (answer.isEmpty()) {
            return "the answer is not what a nats-server says";
        }
        JsonNode error = answer.get().path("error");
        return error.isObject() ? error.path("description").asText("an error") : null;
    }
}
