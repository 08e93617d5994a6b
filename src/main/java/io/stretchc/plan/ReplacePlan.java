package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The role of a server that is gone for good is taken by another: a new one that the topology keeps ready, or one that runs
 * and is given its tags. That one is a member first, then the streams are refilled, and then the dead one is removed: joined
 * after the removal, streams of 2.10.27 kept a peer of unknown name. To remove first is for a lost quorum only (2.15).
 */
final class ReplacePlan {
    private final Facts facts;
    private final FallChecks checks;
    private final Steps steps;
    private final RoleTags roles;
    private final Spread spread;
    private final List<String> warnings = new ArrayList<>();

    ReplacePlan(Facts facts) {
        this.facts = facts;
        checks = new FallChecks(facts);
        steps = new Steps(new Hand(facts.cluster(), facts.version()));
        roles = new RoleTags(facts.cluster().uniqueTag().prefix());
        spread = new Spread(facts);
    }

    PlanResult plan(Scenario.Replace scenario) {
        ServerName dead = scenario.server();
        Optional<ServerModel> model = facts.model(dead).filter(m -> m.role() != Role.ARBITER && m.votes());
        if (model.isEmpty()) {
            checks.refuse(
                    Reason.UNKNOWN_SERVER,
                    "The topology has no server " + Quote.of(dead) + " that takes part in JetStream.",
                    "Name one of "
                            + Quote.all(facts.cluster().voters().stream()
                                    .map(ServerModel::name)
                                    .toList()) + ".");
            return new PlanResult.Refused(checks.decides());
        }
        if (facts.snapshot().server(dead).isPresent()) {
            checks.refuse(
                    Reason.LOST_ANSWERS,
                    Quote.of(dead) + " answers: it is not gone.",
                    "Stop it first if it is to be replaced; `stretchc status` says how it is.");
        }
        List<StreamFate> with = streams(dead);
        streamsAllowIt(with, dead);
        ServerModel by = by(model.get(), scenario.by());
        List<Refusal> refusals = checks.decides();
        if (!refusals.isEmpty() || by == null) {
            return new PlanResult.Refused(refusals);
        }
        boolean member = facts.members().orElse(new TreeSet<>()).contains(dead);
        List<String> role = role(model.get(), by);
        if (!member
                && with.isEmpty()
                && facts.aliveMembers().contains(by.name())
                && lacks(by, role).isEmpty()) {
            return new PlanResult.NothingToDo(Quote.of(by.name()) + " has the role of " + Quote.of(dead)
                    + ", which is no member of the meta group and of no stream.");
        }
        if (cut(model.get(), by, with, role)) {
            return new PlanResult.Refused(checks.decides());
        }
        List<ServerName> survivors = facts.survivors();
        steps.census(List.of(), List.of(dead), survivors);
        joins(by, role, dead);
        var all = new TreeSet<>(facts.aliveMembers());
        all.add(by.name());
        steps.awaitMembers(List.copyOf(all), "Nothing is placed, and nobody removed, before all are current members.");
        with.forEach(f -> refill(f, dead));
        if (member) {
            var held = new ArrayList<Condition>();
            held.add(new Condition.Answering(List.of(by.name())));
            held.add(new Condition.MetaCurrent(List.copyOf(all)));
            steps.remove(
                    dead,
                    false,
                    held,
                    "No stream counts on it any more. Its name does not come back: for five minutes, up to 2.10.27 and"
                            + " 2.11.1 for as long as the members run.");
        }
        steps.verify(null, "What must be true of the cluster with " + Quote.of(by.name()) + " in its place.");
        warn(model.get(), by, role);
        return new PlanResult.Planned(steps.plan(
                facts,
                scenario,
                new Strategy(
                        null,
                        "The meta group has a leader, " + Quote.of(String.valueOf(facts.leader())) + ": "
                                + Quote.of(by.name()) + " joins before " + Quote.of(dead)
                                + " is removed, and no quorum needs to be forced."),
                List.of(),
                warnings));
    }

    private List<StreamFate> streams(ServerName dead) {
        return facts.snapshot().streams().stream()
                .filter(s -> s.members().stream()
                        .anyMatch(m -> dead.equals(m.name()) || dead.peerId().equals(m.peer())))
                .map(s -> StreamFate.of(s, facts))
                .sorted(java.util.Comparator.comparing(StreamFate::account).thenComparing(StreamFate::name))
                .toList();
    }

    /** A stream that would lose its only copy, or what a silent majority acknowledged, is not given up on the way. */
    private void streamsAllowIt(List<StreamFate> with, ServerName dead) {
        List<String> gone =
                with.stream().filter(StreamFate::gone).map(StreamFate::name).toList();
        List<String> cut =
                with.stream().filter(StreamFate::minority).map(StreamFate::name).toList();
        if (!gone.isEmpty()) {
            checks.refuse(
                    Reason.SURVIVORS_MISSING,
                    "No server that answers has a copy of " + WayBack.some(gone) + ": with " + Quote.of(dead)
                            + " they would be lost.",
                    "Start it once more if its store is left; or delete these streams, and restore them from a backup"
                            + " when it is replaced.");
        }
        if (!cut.isEmpty()) {
            checks.refuse(
                    Reason.SURVIVORS_MISSING,
                    "The majority of " + WayBack.some(cut) + " does not answer.",
                    "Start another of their servers first; what the silent ones acknowledged would be lost.");
        }
        List<String> wanting = with.stream()
                .filter(f -> !f.gone() && !f.minority() && others(f, dead))
                .map(StreamFate::name)
                .toList();
        if (!wanting.isEmpty()) {
            checks.refuse(
                    Reason.SURVIVORS_MISSING,
                    "Another server that " + WayBack.some(wanting) + " counts on does not answer: it would not be whole"
                            + " with " + Quote.of(dead) + " replaced.",
                    "Start that one first; or give these streams other servers first: `stretchc plan fallback`.");
        }
    }

    private boolean others(StreamFate fate, ServerName dead) {
        return fate.stream().members().stream()
                .filter(m -> !dead.peerId().equals(m.peer()) && !dead.equals(m.name()))
                .anyMatch(m -> m.name() == null || !facts.answers(m.name()));
    }

    private @Nullable ServerModel by(ServerModel dead, @Nullable ServerName wanted) {
        return wanted == null ? reserve(dead) : named(dead, wanted);
    }

    /** The replacement of that server which runs already, else the first that was never a member. */
    private @Nullable ServerModel reserve(ServerModel dead) {
        String base = dead.name().text();
        String stem = dead.role() == Role.REPLACEMENT ? base.substring(0, base.lastIndexOf('.')) : base;
        List<ServerModel> own = facts.cluster().reserves(Role.REPLACEMENT).stream()
                .filter(r -> r.name().text().startsWith(stem + ".") && !r.name().equals(dead.name()))
                .toList();
        Optional<ServerModel> chosen =
                own.stream().filter(r -> facts.answers(r.name())).findFirst();
        ServerModel found = chosen.or(() -> own.stream()
                        .filter(r -> !facts.members().orElse(new TreeSet<>()).contains(r.name()))
                        .findFirst())
                .orElse(null);
        if (found == null) {
            checks.refuse(
                    Reason.RESERVES_MISSING,
                    "The topology keeps no replacement for " + Quote.of(dead.name()) + ".",
                    "Give its site `replacements: 1` or more, and compile; or name a server that runs with `--by`.");
        }
        return found;
    }

    private @Nullable ServerModel named(ServerModel dead, ServerName wanted) {
        Optional<ServerModel> model = facts.model(wanted)
                .filter(m -> (m.role() == Role.SERVER || m.role() == Role.REPLACEMENT)
                        && m.votes()
                        && !wanted.equals(dead.name()));
        if (model.isEmpty()) {
            checks.refuse(
                    Reason.UNKNOWN_SERVER,
                    "The topology has no other server or replacement " + Quote.of(wanted) + ".",
                    "Name a server that runs, or a replacement that the topology keeps ready.");
            return null;
        }
        if (model.get().role() == Role.SERVER && !facts.aliveMembers().contains(wanted)) {
            checks.refuse(
                    Reason.NOT_BACK,
                    Quote.of(wanted) + " does not answer as a member of the meta group.",
                    "Start it first, or name another.");
            return null;
        }
        return model.get();
    }

    /** What the dead server had of tags that can be given to another. */
    private List<String> role(ServerModel dead, ServerModel by) {
        return by.role() == Role.REPLACEMENT && !facts.answers(by.name())
                ? List.of()
                : dead.tags().stream().filter(roles::lendable).toList();
    }

    private List<String> running(ServerModel by) {
        var state = facts.answering().get(by.name());
        return state == null ? by.tags() : state.tags();
    }

    private List<String> lacks(ServerModel by, List<String> role) {
        return roles.lacking(running(by), role);
    }

    /** Whether a stream of the dead server would find no place, with the other one in its role. */
    private boolean cut(ServerModel dead, ServerModel by, List<StreamFate> with, List<String> role) {
        boolean refused = false;
        for (StreamFate f : with) {
            List<String> tags = f.stream().config().placementTags();
            var after = new ArrayList<>(running(by));
            after.addAll(role);
            List<ServerName> live = f.stream().members().stream()
                    .map(m -> m.name())
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .filter(n -> !n.equals(dead.name()))
                    .toList();
            boolean fits = Tag.matches(after, tags) && !live.contains(by.name()) && distinct(by, live);
            List<ServerName> others = others(tags, live, by);
            var candidates = new ArrayList<>(others);
            if (fits) {
                candidates.add(by.name());
            }
            int before = spread.sites(Lending.with(live, dead.name()));
            List<ServerName> silent = facts.cluster().voters().stream()
                    .map(ServerModel::name)
                    .filter(n -> !n.equals(dead.name()) && !facts.answers(n) && !live.contains(n))
                    .filter(n -> facts.model(n)
                            .filter(m -> Tag.matches(m.tags(), tags))
                            .isPresent())
                    .toList();
            String stream = "The stream " + Quote.of(f.name()) + " of " + Quote.of(f.account());
            if (!silent.isEmpty()) {
                refused = true;
                checks.refuse(
                        Reason.SURVIVORS_MISSING,
                        stream + " could be given a replica on " + Quote.all(silent)
                                + ", which does not answer either.",
                        "Start it first: a server that was killed counts as alive for 150 s and more.");
            } else if (candidates.isEmpty() || spread.fewest(live, candidates, 1) < before) {
                refused = true;
                checks.refuse(
                        Reason.NOWHERE_TO_GO,
                        stream + " is placed at " + Quote.all(tags)
                                + (candidates.isEmpty()
                                        ? ", and " + Quote.of(by.name()) + " cannot take a replica of it."
                                        : ", and with " + Quote.of(by.name())
                                                + " it could come to live in fewer sites."),
                        "Name a server of the site " + Quote.of(String.valueOf(dead.site()))
                                + " with `--by`, or let it be" + " replaced under a new name.");
            }
        }
        return refused;
    }

    private List<ServerName> others(List<String> tags, List<ServerName> live, ServerModel by) {
        return facts.answering().values().stream()
                .filter(s -> !facts.hasRole(s.name(), Role.ARBITER) && !s.name().equals(by.name()))
                .filter(s -> !live.contains(s.name()) && Tag.matches(s.tags(), tags))
                .map(s -> s.name())
                .toList();
    }

    private boolean distinct(ServerModel by, List<ServerName> live) {
        Optional<String> own = roles.unique(running(by));
        return own.isPresent()
                && live.stream()
                        .flatMap(n -> Optional.ofNullable(facts.answering().get(n)).stream())
                        .noneMatch(s -> roles.unique(s.tags()).equals(own));
    }

    private void joins(ServerModel by, List<String> role, ServerName dead) {
        if (by.role() == Role.REPLACEMENT) {
            steps.start(
                    by,
                    true,
                    List.of(new Condition.MetaLed()),
                    List.of(new Condition.Answering(List.of(by.name())), new Condition.MetaCurrent(List.of(by.name()))),
                    Risk.SAFE,
                    "It has the tags of " + Quote.of(dead)
                            + ", comes empty under a name that was never removed, and joins"
                            + " the meta group by itself.");
        }
        if (!lacks(by, role).isEmpty()) {
            var tags = new ArrayList<>(by.tags());
            tags.addAll(roles.lacking(tags, running(by)));
            tags.addAll(roles.lacking(tags, role));
            steps.retag(
                    by,
                    tags,
                    "give it the tags of the topology again, when no stream needs them",
                    "It is given " + Quote.all(lacks(by, role)) + ", the role of " + Quote.of(dead)
                            + ". Its own tags stay, and nothing that it holds moves.");
        }
    }

    private void refill(StreamFate fate, ServerName dead) {
        steps.remap(
                fate,
                dead,
                List.of(new Condition.Silent(List.of(dead))),
                "none is needed: what it held there is on the others",
                "Its replica on " + Quote.of(dead)
                        + " is gone; the others have all of it, and another server with its tags"
                        + " takes its place.");
        steps.awaitStream(
                fate, List.of(dead), "Whole again without " + Quote.of(dead) + ", before that one is removed.");
    }

    private void warn(ServerModel dead, ServerModel by, List<String> role) {
        warnings.add("Never start " + Quote.of(dead.name())
                + " again: what its store holds is old, and a removed name is not admitted. Wipe it before its host is"
                + " used for another.");
        warnings.add(
                by.role() == Role.REPLACEMENT
                        ? "Afterwards make the topology say who runs: `generation` of " + Quote.of(dead.name())
                                + " one higher."
                        : "Afterwards make the topology say so: take " + Quote.of(dead.name()) + " out"
                                + (role.isEmpty()
                                        ? "."
                                        : ", and give " + Quote.of(by.name()) + " " + Quote.all(role) + "."));
        Warnings.common(facts, warnings);
    }
}
