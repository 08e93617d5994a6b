package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Placement;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Streams that live on a fallback or on lent tags come home, then the tags are given back, then leaders move. One change per
 * stream at a time, and a stream that has no whole home yet stays where it is safe.
 */
final class HomePlan {
    private final Facts facts;
    private final FallChecks checks;
    private final SortedMap<ServerName, List<String>> natives = new TreeMap<>();
    private final SortedMap<ServerName, List<String>> running = new TreeMap<>();
    private final SortedMap<ServerName, List<String>> lent = new TreeMap<>();
    private final WayBack way;
    private final Homes homes;
    private final Steps steps;
    private final Map<StreamFate, List<String>> moves = new LinkedHashMap<>();
    private final Map<StreamFate, List<ServerName>> leaves = new LinkedHashMap<>();
    private final Map<StreamFate, List<ServerName>> left = new LinkedHashMap<>();
    private final List<String> stay = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    HomePlan(Facts facts) {
        this.facts = facts;
        checks = new FallChecks(facts);
        tags();
        var nobody = new Homecoming(List.of(), List.of(), List.of(), facts.standIns(), facts.runningGuests());
        way = new WayBack(facts, nobody, natives);
        homes = way.homes();
        steps = way.steps();
    }

    /** What fell back comes home; with it the tags that were lent for it. */
    PlanResult undo(Scenario.Fallback scenario) {
        return plan(scenario, checks.fallback(scenario), checks.chosen(scenario), false);
    }

    /** Whatever is away comes home, leaders too. */
    PlanResult home(Scenario.Home scenario) {
        return plan(scenario, checks.decides(), checks.chosen(new Scenario.Fallback(List.of(), true)), true);
    }

    private PlanResult plan(Scenario scenario, List<Refusal> refusals, List<StreamFate> fates, boolean all) {
        if (!refusals.isEmpty()) {
            return new PlanResult.Refused(refusals);
        }
        fates.forEach(f -> decide(f, all));
        List<ServerName> order = order();
        String homeless = homeless();
        List<ServerName> back = lent.keySet().stream().filter(this::free).toList();
        boolean nothing = moves.isEmpty() && leaves.isEmpty() && back.isEmpty();
        if (nothing && !stay.isEmpty() && !all) {
            return new PlanResult.Refused(stay.stream()
                    .limit(5)
                    .map(s ->
                            new Refusal(Reason.NOT_BACK, s, "Start the servers of its placement, and plan again then."))
                    .toList());
        }
        steps.census(List.of(), List.of(), facts.survivors());
        if (!nothing) {
            way.changes();
        }
        moves.forEach(this::move);
        order.forEach(this::empty);
        List<StreamFate> led =
                fates.stream().filter(f -> !f.gone() && (all || touched(f))).toList();
        led.stream()
                .filter(f -> !touched(f) && f.behind() && !f.lost() && leaderAway(f))
                .forEach(f ->
                        steps.awaitStream(f, List.of(), "Its leader goes home when the replicas there are current."));
        led.stream().filter(f -> touched(f) || !f.lost()).forEach(this::leader);
        if (all) {
            way.metaHome();
        }
        steps.verify(null, "What must be true of a cluster in which everything is at home.");
        stay.forEach(way::warn);
        if (!homeless.isEmpty()) {
            way.warn(homeless);
        }
        lent.keySet().stream()
                .filter(s -> !back.contains(s))
                .forEach(s -> way.warn(Quote.of(s) + " keeps " + Quote.all(lent.getOrDefault(s, List.of()))
                        + ", which it was lent: streams that stay there need it."));
        return way.plan(
                scenario,
                "The meta group has a leader, " + Quote.of(String.valueOf(facts.leader()))
                        + ", and every stream that comes home has a majority: these are ordinary moves.",
                nothingElse(all) + (homeless.isEmpty() ? "" : " " + homeless));
    }

    /** Why there is nothing to do. */
    private String nothingElse(boolean all) {
        if (!stay.isEmpty()) {
            int most = 5;
            return "Nothing can come home now. " + String.join(" ", stay.subList(0, Math.min(most, stay.size())))
                    + (stay.size() > most ? " So do " + (stay.size() - most) + " more." : "");
        }
        return all
                ? "Every stream and every leader is where the topology wants it, and no tag is lent."
                : "No stream lives on a fallback of its placement, and no tag is lent.";
    }

    /** A recovery writes down nowhere what a stream asked for before, and neither does a nats-server. */
    private String homeless() {
        return unknown.isEmpty()
                ? ""
                : "The topology does not declare " + WayBack.some(unknown)
                        + ", placed where a recovery, a fallback or a restore may have put "
                        + (unknown.size() == 1 ? "it" : "them")
                        + ": nothing tells where home is, and the placement is left as it is. Declare "
                        + (unknown.size() == 1 ? "it" : "them")
                        + " with a placement, and plan again; or `nats stream edit NAME --tag TAG`.";
    }

    /** Lent is what a server runs with beyond the topology, if a placement asks for it. */
    private void tags() {
        var roles = new RoleTags(facts.cluster().uniqueTag().prefix());
        List<String> placed = facts.input().topology().source().placements().stream()
                .flatMap(p -> p.tags().stream())
                .map(Tag::fold)
                .toList();
        facts.answering().forEach((name, state) -> {
            if (facts.hasRole(name, Role.ARBITER)) {
                return;
            }
            running.put(name, state.tags());
            List<String> own = facts.model(name).map(ServerModel::tags).orElse(state.tags());
            List<String> beyond = roles.lacking(own, state.tags()).stream()
                    .filter(placed::contains)
                    .toList();
            if (!beyond.isEmpty()) {
                lent.put(name, beyond);
            }
            natives.put(
                    name, state.tags().stream().filter(t -> !beyond.contains(t)).toList());
        });
    }

    private void decide(StreamFate fate, boolean all) {
        List<String> has = fate.stream().config().placementTags();
        Optional<Placement> declared =
                homes.declared(fate.account(), fate.name()).flatMap(homes::placement);
        List<String> home = declared.map(Placement::tags).orElse(has);
        if (all && homes.declared(fate.account(), fate.name()).isEmpty() && homes.refuges(has)) {
            unknown.add(fate.name());
        }
        boolean away = !Tags.same(has, home)
                && (all
                        || declared.stream()
                                .flatMap(p -> homes.fallbacks(p).stream())
                                .anyMatch(p -> Tags.same(p.tags(), has)));
        List<ServerName> strangers = away ? List.of() : strangers(fate);
        if (!away && strangers.isEmpty()) {
            return;
        }
        if (fate.gone() || fate.minority()) {
            stays(fate, "most of its replicas do not answer");
        } else if (away && (homes.candidates(home).size() < fate.replicas() || homes.shunned(home))) {
            stays(
                    fate,
                    "its placement " + Quote.all(home) + " has "
                            + homes.candidates(home).size() + " servers that"
                            + " answer for " + fate.replicas() + " replicas"
                            + (homes.shunned(home) ? ", and one that does not" : ""));
        } else if (away) {
            moves.put(fate, home);
        } else {
            leave(fate, strangers, has);
        }
    }

    /** Members whose server would not have the stream's tags without those that it was lent. */
    private List<ServerName> strangers(StreamFate fate) {
        return members(fate).stream()
                .filter(n -> natives.containsKey(n) && onLoan(n, fate))
                .toList();
    }

    private void leave(StreamFate fate, List<ServerName> strangers, List<String> tags) {
        List<ServerName> members = members(fate);
        List<ServerName> home = homes.candidates(tags).stream()
                .filter(n -> !members.contains(n))
                .toList();
        if (home.size() < strangers.size()) {
            stays(
                    fate,
                    "of the servers of its placement " + Quote.all(tags) + ", "
                            + (home.isEmpty() ? "no other" : "only " + Quote.all(home)) + " answers");
        } else if (homes.shunned(tags)) {
            stays(fate, "a server of its placement " + Quote.all(tags) + " does not answer, and could be given it");
        } else if (fate.lost()) {
            stays(fate, "not all of its replicas answer");
        } else {
            leaves.put(fate, strangers);
        }
    }

    private void stays(StreamFate fate, String why) {
        stay.add("The stream " + Quote.of(fate.name()) + " of " + Quote.of(fate.account())
                + " is away from home, and stays: " + why + ".");
    }

    /** Whether no stream needs what a server was lent, once those of this plan have left. */
    private boolean free(ServerName server) {
        List<String> with = running.getOrDefault(server, List.of());
        List<String> without = natives.getOrDefault(server, List.of());
        var coming = new TreeSet<String>();
        Stream.concat(leaves.keySet().stream(), moves.keySet().stream())
                .forEach(f -> coming.add(f.account() + "\n" + f.name()));
        return facts.snapshot().streams().stream()
                .filter(s -> s.members().stream().anyMatch(m -> server.equals(m.name())))
                .filter(s -> Tag.matches(with, s.config().placementTags())
                        && !Tag.matches(without, s.config().placementTags()))
                .allMatch(s -> coming.contains(s.account() + "\n" + s.name()));
    }

    private void move(StreamFate fate, List<String> home) {
        steps.move(
                fate,
                home,
                Risk.DISRUPTIVE,
                "give it its old placement again",
                "Home to its declared placement. It has a quorum, so this is an ordinary move of " + bytes(fate)
                        + " bytes for each replica.");
        steps.awaitStream(
                fate,
                members(fate).stream()
                        .filter(n -> !homes.candidates(home).contains(n))
                        .toList(),
                "One change per stream, seen whole at home.");
    }

    /**
     * Lent servers, in an order in which no stream is given another of them when it leaves one: each gives its tag back when
     * all have left it, before those are left whose streams it has the tag for. What other streams stay on keeps the tag,
     * and is left last. Streams for which there is no such order stay.
     */
    private List<ServerName> order() {
        while (true) {
            var order = new ArrayList<ServerName>();
            var lending = new TreeSet<>(lent.keySet());
            while (lending.stream().anyMatch(s -> gives(s, lending))) {
                ServerName next = lending.stream()
                        .filter(s -> gives(s, lending))
                        .findFirst()
                        .orElseThrow();
                order.add(next);
                lending.remove(next);
            }
            Optional<StreamFate> stuck = leaves.keySet().stream()
                    .filter(f -> strangersOf(f).stream().anyMatch(lending::contains))
                    .filter(f -> lending.stream().filter(s -> onLoan(s, f)).count() > 1)
                    .findFirst();
            if (stuck.isEmpty()) {
                order.addAll(lending);
                return order;
            }
            leaves.remove(stuck.get());
            stays(
                    stuck.get(),
                    Quote.all(lending.stream()
                                    .filter(s -> onLoan(s, stuck.get()))
                                    .toList()) + " are lent the same tags, and it could be given from one to another");
        }
    }

    /** Whether all can leave it and not be given another one that still lends, so that it can give its tag back. */
    private boolean gives(ServerName server, Set<ServerName> lending) {
        return free(server)
                && leaves.keySet().stream()
                        .filter(f -> strangersOf(f).contains(server))
                        .allMatch(f -> lending.stream()
                                .filter(o -> !o.equals(server) && onLoan(o, f))
                                .allMatch(members(f)::contains));
    }

    private List<ServerName> strangersOf(StreamFate fate) {
        return leaves.getOrDefault(fate, List.of());
    }

    /** Whether a server has the stream's tags, and only by those that it was lent. */
    private boolean onLoan(ServerName server, StreamFate fate) {
        List<String> tags = fate.stream().config().placementTags();
        return Tag.matches(running.getOrDefault(server, List.of()), tags)
                && !Tag.matches(natives.getOrDefault(server, List.of()), tags);
    }

    /** All streams leave a server that are on it for a lent tag; if no other stays, it gives that back. */
    private void empty(ServerName server) {
        leaves.forEach((fate, strangers) -> {
            if (strangers.contains(server)) {
                leave(fate, server);
            }
        });
        if (free(server)) {
            giveBack(server);
        }
    }

    private void leave(StreamFate fate, ServerName server) {
        List<ServerName> gone = left.computeIfAbsent(fate, f -> new ArrayList<>());
        if (fate.behind() && gone.isEmpty()) {
            steps.awaitStream(fate, List.of(), "Nobody leaves before the others have all of it.");
        }
        gone.add(server);
        List<String> tags = fate.stream().config().placementTags();
        List<ServerName> members = members(fate);
        List<ServerName> home = homes.candidates(tags).stream()
                .filter(n -> !members.contains(n))
                .toList();
        steps.remap(
                fate,
                server,
                List.of(new Condition.Answering(home)),
                "`stretchc plan fallback`, if a server of its placement is silent again",
                "It is there on a lent tag. Its replica goes home to "
                        + (home.size() > 1 ? "one of " : "") + Quote.all(home) + ": " + bytes(fate)
                        + " bytes are copied.");
        steps.awaitStream(fate, gone, "One change per stream, each seen whole.");
    }

    private void giveBack(ServerName server) {
        ServerModel model = Objects.requireNonNull(facts.model(server).orElse(null));
        steps.retag(
                model,
                model.tags(),
                "lend it them again: `stretchc plan fallback`",
                "It gives back " + Quote.all(lent.getOrDefault(server, List.of()))
                        + ", which it was lent: no stream needs that any more. Its configuration is the compiled one again.");
    }

    private boolean touched(StreamFate fate) {
        return moves.containsKey(fate) || leaves.containsKey(fate);
    }

    private boolean leaderAway(StreamFate fate) {
        ServerName leads = fate.stream().now().leader();
        return leads != null
                && homes.placement(fate.stream())
                        .map(Placement::preferredSite)
                        .filter(s -> !facts.siteOf(leads).equals(s.text()))
                        .isPresent();
    }

    private void leader(StreamFate fate) {
        List<String> home = moves.get(fate);
        List<String> tags = home == null ? fate.stream().config().placementTags() : home;
        way.streamHome(fate, touched(fate) ? homes.candidates(tags) : members(fate), touched(fate));
    }

    private static long bytes(StreamFate fate) {
        return fate.stream().now().copies().stream()
                .mapToLong(c -> c.bytes())
                .max()
                .orElse(0);
    }

    private static List<ServerName> members(StreamFate fate) {
        var members = new ArrayList<ServerName>();
        fate.stream().members().forEach(m -> Optional.ofNullable(m.name()).ifPresent(members::add));
        members.sort(null);
        return members;
    }
}
