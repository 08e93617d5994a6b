package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Placement;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Servers that are lent tags, and which servers a stream can be given then. */
final class Lending {
    private final Facts facts;
    private final Homes homes;
    private final RoleTags roles;
    private final SortedMap<ServerName, List<String>> tags = new TreeMap<>();
    private final SortedMap<ServerName, List<String>> lent = new TreeMap<>();
    private final SortedMap<ServerName, Integer> load = new TreeMap<>();

    Lending(Facts facts, Homes homes) {
        this.facts = facts;
        this.homes = homes;
        roles = new RoleTags(facts.cluster().uniqueTag().prefix());
        List<ServerName> members = facts.aliveMembers();
        facts.answering().forEach((name, state) -> {
            if (!facts.hasRole(name, Role.ARBITER) && members.contains(name)) {
                tags.put(name, state.tags());
            }
        });
        facts.snapshot()
                .streams()
                .forEach(s -> s.members().forEach(m -> {
                    if (m.name() != null) {
                        load.merge(m.name(), 1, Integer::sum);
                    }
                }));
    }

    /** Servers that the meta leader could add to these members: with the tags, and a unique tag of their own. */
    List<ServerName> candidates(List<String> wanted, Collection<ServerName> stay, Collection<ServerName> not) {
        return tags.entrySet().stream()
                .filter(e -> Tag.matches(e.getValue(), wanted) && fresh(e.getKey(), stay, not))
                .map(e -> e.getKey())
                .toList();
    }

    private boolean fresh(ServerName name, Collection<ServerName> stay, Collection<ServerName> not) {
        if (stay.contains(name) || not.contains(name)) {
            return false;
        }
        var own = roles.unique(tags.getOrDefault(name, List.of()));
        return own.isPresent()
                && stay.stream()
                        .noneMatch(s ->
                                roles.unique(tags.getOrDefault(s, List.of())).equals(own));
    }

    /**
     * Servers of the placement's fallbacks that could be lent what they lack, the best first: those that put fewest replicas
     * into one site, in the order of the fallbacks, of the site of the silent one, with the fewest replicas.
     */
    List<ServerName> spares(Placement from, List<String> wanted, Collection<ServerName> stay, List<ServerName> dead) {
        var spread = new Spread(facts);
        List<Placement> fallbacks = homes.fallbacks(from);
        return tags.keySet().stream()
                .filter(n -> fresh(n, stay, dead) && ready(n, wanted) && order(n, fallbacks) >= 0)
                .sorted(Comparator.comparing((ServerName n) -> spread.most(with(stay, n)))
                        .thenComparing(n -> order(n, fallbacks))
                        .thenComparing(n -> !facts.siteOf(n).equals(facts.siteOf(dead.get(0))))
                        .thenComparing(n -> load.getOrDefault(n, 0))
                        .thenComparing(n -> n))
                .toList();
    }

    private boolean ready(ServerName name, List<String> wanted) {
        List<String> lacking = roles.lacking(tags.getOrDefault(name, List.of()), wanted);
        return !lacking.isEmpty()
                && lacking.stream().allMatch(roles::lendable)
                && facts.model(name).filter(m -> !m.doubtful()).isPresent();
    }

    private int order(ServerName name, List<Placement> fallbacks) {
        for (int i = 0; i < fallbacks.size(); i++) {
            List<String> wanted = fallbacks.get(i).tags();
            if (!wanted.isEmpty() && Tag.matches(tags.getOrDefault(name, List.of()), wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** The name of the first fallback that a server belongs to. */
    String through(ServerName name, Placement from) {
        List<Placement> fallbacks = homes.fallbacks(from);
        return fallbacks.get(order(name, fallbacks)).name().text();
    }

    static List<ServerName> with(Collection<ServerName> some, ServerName one) {
        var all = new ArrayList<>(some);
        all.add(one);
        return all;
    }

    void lend(ServerName server, List<String> wanted) {
        List<String> has = tags.getOrDefault(server, List.of());
        List<String> lacking = roles.lacking(has, wanted);
        var all = new ArrayList<>(has);
        all.addAll(lacking);
        tags.put(server, List.copyOf(all));
        var given = new ArrayList<>(lent.getOrDefault(server, List.of()));
        given.addAll(lacking);
        lent.put(server, List.copyOf(given));
    }

    void counts(ServerName server) {
        load.merge(server, 1, Integer::sum);
    }

    /** As the topology writes them, then what it ran with besides, then what is lent. */
    private List<String> all(ServerModel model) {
        var all = new ArrayList<>(model.tags());
        all.addAll(roles.lacking(all, tags.getOrDefault(model.name(), List.of())));
        return all;
    }

    /** Lends what the streams that are given another server need; what nobody needs in the end is not lent. */
    void steps(Steps steps) {
        lent.forEach(
                (server, given) -> facts.model(server)
                        .ifPresent(
                                model -> steps.retag(
                                        model,
                                        all(model),
                                        "give it the tags of the topology again, when no stream needs them: `stretchc plan fallback"
                                                + " --undo`",
                                        "It is lent " + Quote.all(given)
                                                + ", so that it can be given replicas. Its own tags stay, and nothing that it holds moves.")));
    }

    List<String> warnings() {
        if (lent.isEmpty()) {
            return List.of();
        }
        var words = new TreeSet<String>();
        lent.forEach((server, given) -> words.add(Quote.of(server) + " (" + Quote.all(given) + ")"));
        return List.of("Lent tags stand in the configuration of " + String.join(", ", words)
                + ", and not in the topology: until they are given back, `compile` would write them away, `verify` names"
                + " them, and new streams with these tags may be placed there too.");
    }

    /** Takes back what was lent to no use. */
    void forget(Collection<ServerName> unused) {
        lent.keySet().removeAll(unused);
    }

    List<ServerName> lentTo() {
        return List.copyOf(lent.keySet());
    }
}
