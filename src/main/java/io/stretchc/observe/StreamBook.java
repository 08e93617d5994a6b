package io.stretchc.observe;

import io.stretchc.snapshot.ConsumerState;
import io.stretchc.snapshot.Gap;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.StreamConfig;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts streams together from what every server says of its own copies. Of two who differ the one is believed that names
 * itself leader; without a leader, the one that knows the most members, then the first by name, so that the order in
 * which servers answered shows nowhere. A configuration is kept once per stream, however many copies there are.
 */
final class StreamBook {
    private final TreeMap<Key, Entry> entries = new TreeMap<>();

    private record Key(String account, String stream) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::account).thenComparing(Key::stream).compare(this, other);
        }
    }

    /** Adds what a server says; a second page may say it again. */
    synchronized void add(StreamReport report) {
        entries.computeIfAbsent(new Key(report.account(), report.name()), k -> new Entry())
                .add(report);
    }

    /** Accounts in which some stream was seen. */
    synchronized SortedSet<String> accounts() {
        var accounts = new TreeSet<String>();
        entries.keySet().forEach(k -> accounts.add(k.account()));
        return accounts;
    }

    /** Names of the streams of an account of which a copy was seen. */
    synchronized SortedSet<String> streams(String account) {
        var names = new TreeSet<String>();
        entries.keySet().stream().filter(k -> k.account().equals(account)).forEach(k -> names.add(k.stream()));
        return names;
    }

    /** All streams, and those that the meta leader lists although nobody has a copy. */
    synchronized List<StreamState> states(Listed listed) {
        var states = new ArrayList<StreamState>();
        entries.forEach((key, entry) ->
                states.add(entry.state(key.account(), key.stream(), listed.lists(key.account(), key.stream()))));
        listed.all()
                .forEach((account, names) -> names.stream()
                        .filter(n -> !entries.containsKey(new Key(account, n)))
                        .forEach(n -> states.add(new StreamState(
                                account,
                                n,
                                UNKNOWN,
                                List.of(),
                                List.of(),
                                true,
                                new StreamState.Now(null, List.of())))));
        return states;
    }

    /** The configuration of a stream that nobody has: no server says it, not even to a request for the stream itself. */
    private static final StreamConfig UNKNOWN = new StreamConfig(0, null, List.of(), List.of(), "", "", "{}");

    /** What does not fit together, or was left out. */
    synchronized List<Gap> gaps() {
        var gaps = new ArrayList<Gap>();
        entries.forEach((key, entry) -> {
            String subject = "stream " + key.account() + "/" + key.stream();
            if (entry.leaders.size() > 1) {
                gaps.add(new Gap(subject, "more than one server names itself its leader: " + join(entry.leaders)));
            }
            if (entry.hides) {
                gaps.add(new Gap(subject, "its configuration holds what looks like a secret, which is left out"));
            }
        });
        return gaps;
    }

    private static String join(SortedSet<ServerName> names) {
        return String.join(", ", names.stream().map(ServerName::text).toList());
    }

    /** One stream. */
    private static final class Entry {
        private final SortedSet<ServerName> leaders = new TreeSet<>();
        private final List<StreamState.Copy> copies = new ArrayList<>();
        private final TreeMap<String, Told<StreamReport.ConsumerReport>> consumers = new TreeMap<>();
        private @Nullable Told<StreamConfig> told;
        private boolean hides;

        void add(StreamReport report) {
            if (!copies.contains(report.copy())) {
                copies.add(report.copy());
            }
            if (report.leads()) {
                leaders.add(report.server());
            }
            hides |= report.hides();
            var here = new Told<>(report.server(), report.leads(), report.members(), report.config());
            if (told == null || here.outweighs(told)) {
                told = here;
            }
            for (StreamReport.ConsumerReport c : report.consumers()) {
                var one = new Told<>(report.server(), c.now() != null, c.members(), c);
                consumers.merge(c.name(), one, (a, b) -> b.outweighs(a) ? b : a);
            }
        }

        StreamState state(String account, String name, @Nullable Boolean listed) {
            Told<StreamConfig> best = java.util.Objects.requireNonNull(told);
            ServerName leader = leaders.size() == 1 ? leaders.first() : null;
            return new StreamState(
                    account,
                    name,
                    best.what(),
                    best.members(),
                    consumers.values().stream().map(Entry::consumer).toList(),
                    listed,
                    new StreamState.Now(leader, copies));
        }

        private static ConsumerState consumer(Told<StreamReport.ConsumerReport> told) {
            StreamReport.ConsumerReport c = told.what();
            return new ConsumerState(c.name(), c.durable(), c.replicas(), c.json(), told.members(), c.now());
        }
    }

    /** Something as one server tells it. */
    private record Told<T>(ServerName server, boolean leads, List<Member> members, T what) {
        boolean outweighs(Told<?> other) {
            if (leads != other.leads) {
                return leads;
            }
            if (!leads && members.size() != other.members.size()) {
                return members.size() > other.members.size();
            }
            return server.compareTo(other.server) < 0;
        }
    }
}
