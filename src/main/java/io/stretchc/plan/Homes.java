package io.stretchc.plan;

import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.Placement;
import io.stretchc.topology.PlacementName;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Site;
import io.stretchc.topology.StreamSpec;
import io.stretchc.topology.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream can live: the fallbacks of its placement in their order, then the tags of each surviving site. A place
 * counts only if servers that answer fill it, with distinct unique tags, and if no silent server has its tags: a server that
 * was killed is a candidate to the meta leader for 150 s and more (every version), and would be given a replica.
 */
final class Homes {
    private final Facts facts;
    private final SortedMap<ServerName, List<String>> pool;
    private final SortedMap<String, Placement> placements = new TreeMap<>();
    private final SortedMap<String, StreamSpec> declared = new TreeMap<>();
    private final Map<List<String>, List<ServerName>> candidates = new TreeMap<>(Homes::order);
    private final Map<List<String>, Boolean> shunned = new TreeMap<>(Homes::order);
    private final Map<String, Optional<List<String>>> refuges = new TreeMap<>();

    /** For a cluster that goes on with the servers that answer outside the site. */
    Homes(Facts facts) {
        this(facts, tags(facts));
    }

    /** For a cluster of these servers, with their tags. */
    Homes(Facts facts, SortedMap<ServerName, List<String>> pool) {
        this.facts = facts;
        this.pool = pool;
        var source = facts.input().topology().source();
        source.placements().forEach(p -> placements.put(p.name().text(), p));
        source.streams()
                .forEach(s -> declared.put(key(s.account().text(), s.name().text()), s));
    }

    /** The stream as the topology declares it. */
    Optional<StreamSpec> declared(String account, String stream) {
        return Optional.ofNullable(declared.get(key(account, stream)));
    }

    /** All declared streams, by account and name. */
    List<StreamSpec> declared() {
        return List.copyOf(declared.values());
    }

    /** The declared placement; of a stream that is not declared, the one that has its tags. */
    Optional<Placement> placement(StreamState stream) {
        Optional<StreamSpec> spec = declared(stream.account(), stream.name());
        return spec.isPresent()
                ? placement(spec.get())
                : placements.values().stream()
                        .filter(p -> Tags.same(p.tags(), stream.config().placementTags()))
                        .findFirst();
    }

    Optional<Placement> placement(StreamSpec spec) {
        PlacementName name = spec.placement();
        return name == null ? Optional.empty() : Optional.ofNullable(placements.get(name.text()));
    }

    /** The fallbacks of a placement, in their order. */
    List<Placement> fallbacks(Placement from) {
        return from.fallbacks().stream()
                .flatMap(n -> Optional.ofNullable(placements.get(n.text())).stream())
                .toList();
    }

    /** Where a stream of so many replicas can live without the lost site. */
    Optional<List<String>> refuge(@Nullable Placement from, int replicas) {
        String key = replicas + " " + (from == null ? "" : from.name());
        return refuges.computeIfAbsent(key, k -> found(from, replicas));
    }

    private Optional<List<String>> found(@Nullable Placement from, int replicas) {
        var options = new ArrayList<List<String>>();
        if (from != null) {
            for (PlacementName name : from.fallbacks()) {
                Placement p = placements.get(name.text());
                if (p != null) {
                    options.add(p.tags());
                }
            }
        }
        facts.input().topology().source().sites().stream()
                .filter(s -> !s.name().equals(facts.site()))
                .sorted(java.util.Comparator.comparing((Site s) -> !s.preferredLeader()))
                .forEach(s -> siteTags(s).ifPresent(options::add));
        return options.stream()
                .filter(tags -> !tags.isEmpty() && candidates(tags).size() >= replicas && !shunned(tags))
                .findFirst();
    }

    /** Servers with these tags, one for each unique tag. */
    List<ServerName> candidates(List<String> tags) {
        return candidates.computeIfAbsent(tags, this::find);
    }

    private List<ServerName> find(List<String> tags) {
        String prefix = Tag.fold(facts.cluster().uniqueTag().prefix());
        var seen = new TreeSet<String>();
        var found = new ArrayList<ServerName>();
        for (Map.Entry<ServerName, List<String>> server : pool.entrySet()) {
            if (!Tag.matches(server.getValue(), tags)) {
                continue;
            }
            Optional<String> unique = server.getValue().stream()
                    .map(Tag::fold)
                    .filter(t -> t.startsWith(prefix))
                    .findFirst();
            if (unique.isPresent() && seen.add(unique.get())) {
                found.add(server.getKey());
            }
        }
        return found;
    }

    /** Another place that can be filled: what a stream can leave for, so as to come back anew. */
    Optional<List<String>> detour(List<String> from, int replicas) {
        var options = new ArrayList<List<String>>();
        placements.values().forEach(p -> options.add(p.tags()));
        facts.input().topology().source().sites().forEach(s -> siteTags(s).ifPresent(options::add));
        return options.stream()
                .filter(tags -> !tags.isEmpty() && !Tags.same(tags, from))
                .filter(tags -> candidates(tags).size() >= replicas)
                .findFirst();
    }

    /** Whether a recovery, without the site if the plan is about one, may have given a stream these tags. */
    boolean refuges(List<String> tags) {
        return facts.input().topology().source().sites().stream()
                        .filter(s -> !facts.aboutSite() || !s.name().equals(facts.site()))
                        .anyMatch(
                                s -> siteTags(s).filter(t -> Tags.same(t, tags)).isPresent())
                || placements.values().stream()
                        .flatMap(p -> p.fallbacks().stream())
                        .map(name -> placements.get(name.text()))
                        .anyMatch(p -> p != null && Tags.same(p.tags(), tags));
    }

    /** Whether a server that does not answer, that has such a one's name or that only votes could be given a replica. */
    boolean shunned(List<String> tags) {
        return shunned.computeIfAbsent(
                tags, t -> facts.cluster().all().filter(this::avoided).anyMatch(m -> Tag.matches(m.tags(), t)));
    }

    private boolean avoided(ServerModel model) {
        return model.role() == Role.ARBITER
                || model.role() == Role.STAND_IN
                || (model.role() == Role.SERVER && !facts.answers(model.name()));
    }

    private static SortedMap<ServerName, List<String>> tags(Facts facts) {
        var tags = new TreeMap<ServerName, List<String>>();
        facts.survivors()
                .forEach(n -> tags.put(
                        n,
                        java.util.Objects.requireNonNull(facts.answering().get(n))
                                .tags()));
        return tags;
    }

    private static Optional<List<String>> siteTags(Site site) {
        if (site.dc() != null) {
            return Optional.of(List.of("dc:" + site.dc()));
        }
        return site.region() == null ? Optional.empty() : Optional.of(List.of("region:" + site.region()));
    }

    private static String key(String account, String stream) {
        return account + "\n" + stream;
    }

    private static int order(List<String> a, List<String> b) {
        return String.join("\n", a).compareTo(String.join("\n", b));
    }
}
