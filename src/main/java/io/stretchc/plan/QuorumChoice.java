package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.quorum.Quorum;
import io.stretchc.quorum.Technique;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Recovery;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the meta group gets its quorum back.
 *
 * @param starts servers to start for it
 * @param refusal why it cannot be; then the rest says nothing
 */
record QuorumChoice(
        Strategy strategy,
        List<ServerModel> starts,
        @Nullable Refusal refusal) {
    QuorumChoice {
        starts = List.copyOf(starts);
    }

    static QuorumChoice of(Facts facts) {
        if (facts.quorate()) {
            int alive = facts.aliveMembers().size();
            String reason = facts.leader() != null
                    ? "The meta group has a leader, " + Quote.of(facts.leader()) + ": no quorum needs to be forced."
                    : alive + " of " + facts.snapshot().meta().size()
                            + " members answer, a majority: they elect a leader by themselves.";
            return new QuorumChoice(new Strategy(null, reason), List.of(), null);
        }
        List<ServerName> others = facts.silentMembers();
        if (others.size() >= Quorum.of(facts.snapshot().meta().size())) {
            return Chooser.refused(
                    Reason.SURVIVORS_MISSING,
                    Quote.all(others) + " outside the site " + Quote.of(facts.site())
                            + " do not answer, and are a majority: if they are only cut off, they go on without those that"
                            + " answer, and both would acknowledge.",
                    "Start them, or ask them: `stretchc status` from where they are.");
        }
        return new Chooser(facts).choose();
    }

    boolean uses(Technique technique) {
        return strategy.technique() == technique;
    }

    private static final class Chooser {
        private final Facts facts;
        private final ServerVersion version;
        private final int size;
        private final int alive;

        Chooser(Facts facts) {
            this.facts = facts;
            version = facts.version();
            size = facts.snapshot().meta().size();
            alive = facts.aliveMembers().size();
        }

        QuorumChoice choose() {
            Technique asked = facts.input().technique();
            if (asked != null && !worksEverywhere(asked)) {
                return refused(
                        Reason.TECHNIQUE,
                        "The technique " + Quote.of(asked.title()) + " does not work on nats-server " + version + ".",
                        "Leave `--technique` out, or give "
                                + Quote.of(Technique.bestOn(version).title()) + ".");
            }
            if (asked != null) {
                return with(asked);
            }
            QuorumChoice best = with(wanted());
            if (best.refusal() != null
                    && best.refusal().reason() == Reason.RESERVES_MISSING
                    && wanted() == Technique.NEW_SERVERS) {
                QuorumChoice other = with(Technique.STAND_INS);
                return other.refusal() == null ? other : best;
            }
            return best;
        }

        private boolean worksEverywhere(Technique technique) {
            return facts.census().versions().stream().allMatch(technique::worksOn);
        }

        private Technique wanted() {
            Recovery recovery = facts.input().topology().source().cluster().recovery();
            Technique declared = recovery == null
                    ? null
                    : switch (recovery) {
                        case AUTO -> null;
                        case ARBITER -> Technique.ARBITER;
                        case NEW_SERVERS -> Technique.NEW_SERVERS;
                        case STAND_INS -> Technique.STAND_INS;
                        case RESCUE -> Technique.RESCUE;
                    };
            return declared != null && worksEverywhere(declared) ? declared : Technique.bestOn(version);
        }

        private QuorumChoice with(Technique technique) {
            return switch (technique) {
                case ARBITER, NEW_SERVERS -> newNames(technique);
                case STAND_INS -> standIns();
                case RESCUE -> rescue();
            };
        }

        private QuorumChoice newNames(Technique technique) {
            int needed = technique.serversNeeded(version, size, alive);
            List<ServerModel> ready = facts.cluster().reserves(Role.ARBITER).stream()
                    .filter(r -> !facts.site().equals(r.site()))
                    .filter(r -> !facts.aliveMembers().contains(r.name()))
                    .limit(needed)
                    .toList();
            if (ready.size() < needed) {
                return refused(
                        Reason.RESERVES_MISSING,
                        "nats-server " + version + " needs "
                                + count(needed, "empty server with a new name", "empty servers with new names")
                                + " for a quorum of " + alive + " of " + size
                                + " members; outside the lost site the topology declares "
                                + count(ready.size(), "arbiter", "arbiters") + ".",
                        "Declare " + (needed - ready.size())
                                + " more under `arbiters` of a surviving site; `stretchc arbiter TOPOLOGY --site "
                                + surviving() + " --count " + needed + "` shows their configurations.");
            }
            String names = Quote.all(ready.stream().map(ServerModel::name).toList());
            String reason = technique == Technique.ARBITER
                    ? "Up to nats-server 2.11 the vote of an empty server with a new name counts like any other: with "
                            + names + ", " + (alive + needed) + " of " + (size + needed) + " members vote."
                    : "From nats-server 2.12.0 on votes of empty servers count only when every member's worth of votes is"
                            + " there: " + alive + " survivors and " + names + " make up for all " + size
                            + " members. All of them must be up together.";
            return new QuorumChoice(new Strategy(technique, reason), ready, null);
        }

        private QuorumChoice standIns() {
            List<ServerName> lost = facts.membersOfSite();
            List<ServerModel> ready = facts.cluster().reserves(Role.STAND_IN).stream()
                    .filter(r -> !facts.site().equals(r.site()) && lost.contains(r.name()))
                    .collect(Collectors.toMap(ServerModel::name, r -> r, (first, other) -> first, TreeMap::new))
                    .values()
                    .stream()
                    .toList();
            List<ServerName> missing = lost.stream()
                    .filter(n -> ready.stream().noneMatch(r -> r.name().equals(n)))
                    .toList();
            List<ServerName> silent = facts.members().orElseThrow().stream()
                    .filter(n -> !facts.answers(n) && !lost.contains(n))
                    .toList();
            if (!silent.isEmpty()) {
                return refused(
                        Reason.SURVIVORS_MISSING,
                        "Stand-ins are empty servers with the names of lost ones, and " + Quote.all(silent)
                                + " does not answer: two of them can elect an empty leader while the only holder of a"
                                + " stream's data is down, which discards the data.",
                        "Start it first.");
            }
            if (!missing.isEmpty()) {
                return refused(
                        Reason.RESERVES_MISSING,
                        "nats-server " + version
                                + " ignores the votes of servers with new names; it takes stand-ins for all "
                                + lost.size()
                                + " lost members, and outside the lost site the topology declares none for "
                                + Quote.all(missing) + ".",
                        "Declare them under `stand_ins` of a surviving site; `stretchc arbiter TOPOLOGY --site "
                                + surviving() + "` shows their configurations.");
            }
            return new QuorumChoice(
                    new Strategy(
                            Technique.STAND_INS,
                            "nats-server " + version
                                    + " counts the vote of an empty server only when every member votes"
                                    + (version.atLeast(2, 12, 14) && !Technique.NEW_SERVERS.worksOn(version)
                                            ? ", and ignores servers with new names"
                                            : "")
                                    + ": one stand-in for each of the " + lost.size()
                                    + " lost members, all of them, is what it takes."),
                    ready,
                    null);
        }

        private QuorumChoice rescue() {
            if (alive < 2) {
                return refused(
                        Reason.SURVIVORS_MISSING,
                        "A single member answers; a rescue with a quorum of 1 was never proven.",
                        "Start another surviving member first.");
            }
            return new QuorumChoice(
                    new Strategy(
                            Technique.RESCUE,
                            "nats-server 2.15 and later can be told to make do with a smaller quorum for five minutes: "
                                    + alive + " of " + size + " members. No new server is needed."),
                    List.of(),
                    null);
        }

        private String surviving() {
            Optional<ServerModel> first = facts.survivors().stream()
                    .flatMap(n -> facts.model(n).stream())
                    .findFirst();
            return first.map(m -> ShellWord.of(String.valueOf(m.site()))).orElse("SITE");
        }

        private static String count(int n, String one, String many) {
            return n + " " + (n == 1 ? one : many);
        }

        private static QuorumChoice refused(Reason reason, String sentence, String wayOut) {
            return new QuorumChoice(new Strategy(null, ""), List.of(), new Refusal(reason, sentence, wayOut));
        }
    }
}
