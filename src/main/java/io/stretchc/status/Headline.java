package io.stretchc.status;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names the state of a cluster, and says why in one sentence. */
final class Headline {
    /** Silent servers that are named; more are seen in the table of sites. */
    private static final int NAMED = 2;

    private final Situation at;

    Headline(Situation at) {
        this.at = at;
    }

    ClusterState state() {
        if (at.census().twoLeaders()) {
            return ClusterState.SPLIT;
        }
        if (at.meta().size() > 0 && !at.meta().quorate()) {
            return ClusterState.NO_META_QUORUM;
        }
        if (at.meta().rescue()) {
            return ClusterState.RESCUED;
        }
        boolean reservesIn = !at.guests().isEmpty();
        boolean leader = at.meta().size() == 0 || at.meta().leader() != null;
        boolean catchingUp = at.catchingUp() > 0 || !at.meta().behind().isEmpty();
        if (leader && (reservesIn || (at.allThere() && at.onlyPassing() && catchingUp))) {
            return ClusterState.RESTORING;
        }
        boolean whole =
                at.allThere() && at.troubles().stream().allMatch(t -> t.reason().harmless());
        return whole ? ClusterState.HEALTHY : ClusterState.DEGRADED;
    }

    String sentence() {
        ClusterState state = state();
        String reason = switch (state) {
            case HEALTHY -> healthy();
            case DEGRADED -> degraded();
            case RESTORING -> restoring();
            case RESCUED -> rescued();
            case NO_META_QUORUM -> noQuorum();
            case SPLIT ->
                at.census().claims().size() + " servers name themselves leader of the meta group, "
                        + Quote.all(at.census().claims());
        };
        return state.title() + ": " + reason;
    }

    private String healthy() {
        String streams = at.streams() == 0
                ? "there are no streams"
                : at.streams() == 1 ? "the only stream is whole" : "all " + at.streams() + " streams are whole";
        return servers() + leader() + ", " + streams;
    }

    private String servers() {
        int expected = at.expected();
        int answering = expected - at.silent().size();
        boolean few = !at.silent().isEmpty() && at.silent().size() <= NAMED;
        return answering + " of " + expected + (expected == 1 ? " server answers" : " servers answer")
                + (few ? " (not " + Quote.all(at.silent()) + ")" : "");
    }

    private String leader() {
        MetaStatus meta = at.meta();
        if (meta.size() == 0) {
            return "";
        }
        return meta.leader() == null
                ? ", nobody leads the meta group although " + meta.live() + " of " + meta.size()
                        + " members answer and " + meta.needed() + " are enough (an election takes up to 20 s)"
                : ", " + Quote.of(meta.leader()) + " leads the meta group of " + meta.size();
    }

    private String degraded() {
        var parts = new ArrayList<>(List.of(servers() + leader()));
        add(parts, at.meta().left(), "not in the meta group: ");
        add(parts, at.disabled(), "without JetStream: ");
        int dead = at.meta().size() - at.meta().live();
        if (dead > at.silent().size()) { // arbiters and the like, which the count of servers does not have
            parts.add(dead + " of its " + at.meta().size() + (dead == 1 ? " members does" : " members do")
                    + " not answer");
        }
        add(parts, at.meta().unknown(), "in the meta group, and not of the topology: ");
        if (at.streamsInTrouble() > 0) {
            parts.add("in trouble: " + at.streamsInTrouble() + " of " + Math.max(at.streams(), at.streamsInTrouble())
                    + " streams");
        }
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, List<?> names, String text) {
        if (!names.isEmpty()) {
            parts.add(text + Quote.all(names));
        }
    }

    private String restoring() {
        var parts = new ArrayList<>(List.of(servers()));
        at.servers().stream()
                .filter(s -> s.answers() && s.role() != null && s.role() != Role.SERVER)
                .forEach(s -> parts.add(Quote.of(s.name()) + " is there as " + role(s)));
        if (at.catchingUp() > 0) {
            parts.add("catching up: " + at.catchingUp() + " of " + at.streams() + " streams");
        }
        if (!at.meta().behind().isEmpty()) {
            parts.add("behind in the meta group: " + Quote.all(at.meta().behind()));
        }
        return String.join(", ", parts);
    }

    private static String role(ServerStatus server) {
        String role = String.valueOf(server.role()).toLowerCase(Locale.ROOT).replace('_', '-');
        return ("aeiou".indexOf(role.charAt(0)) < 0 ? "a " : "an ") + role;
    }

    private String rescued() {
        MetaStatus meta = at.meta();
        return meta.needed() + " of " + meta.size() + " members decide, by nature it takes " + meta.natural() + "; "
                + meta.live() + (meta.live() == 1 ? " answers" : " answer");
    }

    private String apart() {
        int apart = at.census().cutOff().size();
        return apart == 0
                ? ""
                : "; " + apart + (apart == 1 ? " more is" : " more are") + " alive and cut off from here";
    }

    private String noQuorum() {
        MetaStatus meta = at.meta();
        String numbers = meta.live() + " of " + meta.size()
                + (meta.live() == 1 ? " members answers, " : " members answer, ") + meta.needed() + " are needed";
        if (meta.isolated() && meta.leader() != null) {
            return Quote.of(meta.leader()) + " names itself leader and reaches too few of the " + meta.size()
                    + " members, " + meta.needed() + " are needed";
        }
        return meta.leader() == null
                ? numbers + apart()
                : numbers + apart() + "; " + Quote.of(meta.leader())
                        + " still names itself leader, and can decide nothing";
    }
}
