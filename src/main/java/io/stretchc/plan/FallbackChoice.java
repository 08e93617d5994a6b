package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.Placement;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Chooses per stream: a server that has its tags already, one that is lent them, its next fallback, or to wait. Safety first:
 * a majority is alive, unique tags differ, no fewer sites than before, and nobody can be chosen who is silent. Then the
 * fewest replicas that move.
 */
final class FallbackChoice {
    private final Facts facts;
    private final Homes homes;
    private final Lending lending;
    private final Spread spread;

    FallbackChoice(Facts facts, Homes homes, Lending lending) {
        this.facts = facts;
        this.homes = homes;
        this.lending = lending;
        spread = new Spread(facts);
    }

    /** For streams of which members are silent; others are not in it. */
    List<Falling> of(List<StreamFate> fates) {
        var all = new ArrayList<Falling>();
        for (StreamFate fate : fates) {
            if (fate.lost()) {
                all.add(decide(fate));
            }
        }
        all.replaceAll(this::heldAgainstAllThatIsLent);
        var used = new TreeSet<ServerName>();
        for (Falling f : all) {
            if (f instanceof Falling.Remapped r) {
                used.addAll(lending.candidates(tags(r.fate()), live(r.fate()), r.dead()));
            }
        }
        lending.forget(lending.lentTo().stream().filter(s -> !used.contains(s)).toList());
        return all;
    }

    private static List<String> tags(StreamFate fate) {
        return fate.stream().config().placementTags();
    }

    private static List<ServerName> members(StreamFate fate) {
        return fate.stream().members().stream()
                .map(m -> m.name())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .sorted()
                .toList();
    }

    private List<ServerName> live(StreamFate fate) {
        return members(fate).stream().filter(facts::answers).toList();
    }

    private Falling decide(StreamFate fate) {
        List<ServerName> members = members(fate);
        List<ServerName> dead = members.stream().filter(n -> !facts.answers(n)).toList();
        if (fate.gone() || fate.minority()) {
            return waits(
                    fate,
                    live(fate).size() + " of " + fate.group()
                            + " replicas are alive, no majority: to give it others would discard what the silent ones"
                            + " acknowledged. Start one of " + Quote.all(dead) + ".");
        }
        if (members.size() < fate.stream().members().size()) {
            return waits(fate, "it counts on a peer whose name nobody knows. `stretchc plan purge` removes it.");
        }
        if (dead.isEmpty()) {
            return waits(
                    fate,
                    "it has " + members.size() + " of " + fate.replicas()
                            + " members, and there is none that another could take the place of.");
        }
        Placement from = homes.placement(fate.stream()).orElse(null);
        List<ServerName> live = live(fate);
        int before = spread.sites(members);
        List<ServerName> silent = chosenThoughSilent(fate, dead);
        if (silent.isEmpty()) {
            List<ServerName> own = lending.candidates(tags(fate), live, dead);
            if (own.size() >= dead.size() && spread.fewest(live, own, dead.size()) >= before) {
                return remapped(fate, dead, before, own, "which " + (own.size() == 1 ? "has" : "have") + " its tags");
            }
        }
        List<ServerName> lenders =
                from == null || !silent.isEmpty() ? List.of() : lenders(fate, from, live, dead, before);
        Optional<Placement> next = from == null ? Optional.empty() : next(fate, from, before);
        int moved = next.map(p -> fate.replicas() - kept(fate, p)).orElse(Integer.MAX_VALUE);
        if (!lenders.isEmpty() && dead.size() <= moved) {
            lenders.forEach(s -> lending.lend(s, tags(fate)));
            return remapped(
                    fate,
                    dead,
                    before,
                    lenders,
                    "of the fallback " + Quote.of(lending.through(lenders.get(0), Objects.requireNonNull(from)))
                            + ", which "
                            + (lenders.size() == 1 ? "is" : "are") + " lent its tags"
                            + next.map(p -> "; at " + Quote.all(p.tags()) + " " + moved + " replicas would move")
                                    .orElse(""));
        }
        if (next.isPresent()) {
            return new Falling.Moved(
                    fate,
                    dead,
                    next.get().tags(),
                    alive(fate) + " Its fallback " + Quote.of(next.get().name()) + " has servers for all of it, over no"
                            + " fewer sites; " + moved + " of its replicas move, " + size(fate) + " each. No spare"
                            + " server can be lent its tags.");
        }
        return waits(fate, alive(fate) + " " + none(fate, from, silent));
    }

    private Falling remapped(StreamFate fate, List<ServerName> dead, int before, List<ServerName> by, String how) {
        by.stream().limit(dead.size()).forEach(lending::counts);
        return new Falling.Remapped(
                fate,
                dead,
                before,
                alive(fate) + " " + Quote.all(dead) + (dead.size() == 1 ? " is" : " are") + " replaced by "
                        + (by.size() > dead.size() ? "one of " : "") + Quote.all(by) + ", " + how + ": "
                        + dead.size() + (dead.size() == 1 ? " replica is" : " replicas are") + " copied, " + size(fate)
                        + ".");
    }

    private String alive(StreamFate fate) {
        return live(fate).size() + " of " + fate.replicas() + " replicas are alive.";
    }

    private static String size(StreamFate fate) {
        long bytes = fate.stream().now().copies().stream()
                .mapToLong(StreamState.Copy::bytes)
                .max()
                .orElse(0);
        return bytes + " bytes";
    }

    private static Falling waits(StreamFate fate, String why) {
        return new Falling.Waits(
                fate, "The stream " + Quote.of(fate.name()) + " of " + Quote.of(fate.account()) + " waits: " + why);
    }

    private String none(StreamFate fate, @org.jspecify.annotations.Nullable Placement from, List<ServerName> silent) {
        if (!silent.isEmpty()) {
            return Quote.all(silent)
                    + " is silent too, has its tags, and would be given a replica: the meta leader takes a server that was"
                    + " killed for alive for 150 s and more. Start it, or look again in four minutes.";
        }
        if (from == null || from.fallbacks().isEmpty()) {
            return "No other server has " + Quote.all(tags(fate)) + ", and its placement has no fallback. Give it"
                    + " `fallbacks` in the topology, or start its servers.";
        }
        return "No server of the fallbacks " + Quote.all(from.fallbacks())
                + " can be lent its tags, and none of them has servers for all of it, without fewer sites or a unique tag"
                + " twice. It is safest where it is until its servers are back.";
    }

    /** Spare servers for all that is missing, if there are as many, over no fewer sites. */
    private List<ServerName> lenders(
            StreamFate fate, Placement from, List<ServerName> live, List<ServerName> dead, int before) {
        var stay = new ArrayList<>(live);
        var found = new ArrayList<ServerName>();
        for (int i = 0; i < dead.size(); i++) {
            boolean last = i == dead.size() - 1;
            Optional<ServerName> spare = lending.spares(from, tags(fate), stay, dead).stream()
                    .filter(n -> !last || spread.sites(Lending.with(stay, n)) >= before)
                    .findFirst();
            if (spare.isEmpty()) {
                return List.of();
            }
            found.add(spare.get());
            stay.add(spare.get());
        }
        List<ServerName> candidates = new ArrayList<>(lending.candidates(tags(fate), live, dead));
        candidates.addAll(found);
        return spread.fewest(live, candidates, dead.size()) >= before ? found : List.of();
    }

    /** The first fallback that has servers for all of it, whoever of them is chosen. */
    private Optional<Placement> next(StreamFate fate, Placement from, int before) {
        return homes.fallbacks(from).stream()
                .filter(p -> !p.tags().isEmpty() && !Tags.same(p.tags(), tags(fate)))
                .filter(p -> homes.candidates(p.tags()).size() >= fate.replicas() && !homes.shunned(p.tags()))
                .filter(p -> spread.fewest(List.of(), homes.candidates(p.tags()), fate.replicas()) >= before)
                .findFirst();
    }

    private int kept(StreamFate fate, Placement placement) {
        List<ServerName> candidates = homes.candidates(placement.tags());
        return Math.toIntExact(live(fate).stream().filter(candidates::contains).count());
    }

    /**
     * Silent servers that the meta leader could still give a replica: those with the tags that it does not call offline yet,
     * which takes 150 s to 240 s after a SIGKILL. The one that leaves is not among them.
     */
    private List<ServerName> chosenThoughSilent(StreamFate fate, List<ServerName> dead) {
        return facts.cluster().voters().stream()
                .filter(v -> !facts.answers(v.name()) && Tag.matches(v.tags(), tags(fate)))
                .map(v -> v.name())
                .filter(n -> dead.size() > 1 || !dead.contains(n))
                .filter(n -> facts.snapshot().meta().members().stream()
                        .anyMatch(m -> n.equals(m.name()) && !m.now().offline()))
                .toList();
    }

    /** What is lent for one stream can be given to another: it must fit all of them. */
    private Falling heldAgainstAllThatIsLent(Falling falling) {
        if (!(falling instanceof Falling.Remapped r)) {
            return falling;
        }
        List<ServerName> live = live(r.fate());
        List<ServerName> all = lending.candidates(tags(r.fate()), live, r.dead());
        return spread.fewest(live, all, r.dead().size()) >= r.before()
                ? falling
                : waits(
                        r.fate(),
                        alive(r.fate()) + " What is lent for other streams could be given to it, in fewer sites. Plan"
                                + " for it alone when those are done.");
    }
}
