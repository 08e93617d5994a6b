package io.stretchc.plan;

import io.stretchc.quorum.Quorum;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who answers, who is a member and who belongs to the site if the plan is about one, by topology and snapshot. */
final class Facts {
    private final PlanInput input;
    private final @Nullable SiteName site;
    private final SortedMap<ServerName, ServerModel> models = new TreeMap<>();
    private final SortedMap<ServerName, ServerState> answering = new TreeMap<>();
    private final @Nullable SortedSet<ServerName> members;

    Facts(PlanInput input, @Nullable SiteName site) {
        this.input = input;
        this.site = site;
        cluster().reserves().stream().filter(r -> r.role() != Role.STAND_IN).forEach(r -> models.put(r.name(), r));
        cluster().servers().forEach(s -> models.put(s.name(), s));
        snapshot().members().stream()
                .filter(s -> s.jetstream() != ServerState.JetStream.DISABLED)
                .forEach(s -> answering.put(s.name(), s));
        members = findMembers();
    }

    PlanInput input() {
        return input;
    }

    /** The site that the plan is about; asked only where it is about one. */
    SiteName site() {
        return Objects.requireNonNull(site);
    }

    boolean aboutSite() {
        return site != null;
    }

    ClusterModel cluster() {
        return input.topology().backbone();
    }

    ClusterSnapshot snapshot() {
        return input.snapshot();
    }

    Census census() {
        var others = input.topology().leafClusters().stream()
                .map(l -> l.lone() ? "" : l.name())
                .collect(Collectors.toCollection(java.util.ArrayList::new));
        if (cluster().gateway() != null) {
            cluster().gateway().clusters().forEach(c -> others.add(c.name()));
        }
        var roll = new Census.Roll(
                cluster().name(),
                cluster().servers().stream().map(ServerModel::name).toList(),
                cluster().reserves().stream().map(ServerModel::name).toList(),
                others);
        return Census.of(snapshot(), roll);
    }

    /** The oldest version that answers: what it cannot do, the cluster cannot. */
    ServerVersion version() {
        return answering.values().stream()
                .map(ServerState::version)
                .min(ServerVersion::compareTo)
                .orElse(Census.OLDEST);
    }

    /** Servers that answer as members of the cluster, with JetStream on. */
    SortedMap<ServerName, ServerState> answering() {
        return answering;
    }

    boolean answers(ServerName name) {
        return answering.containsKey(name);
    }

    /**
     * Who leads: a server that names itself, with enough members that answer to decide. One whose followers are gone goes on
     * naming itself for 10 to 20 s (seen on 2.10.27 and 2.15.1), and can decide nothing.
     */
    @Nullable
    ServerName leader() {
        return aliveMembers().size() >= needed() ? snapshot().meta().now().leader() : null;
    }

    /** Members that a decision takes: the majority, or what an active rescue lowered it to. */
    private int needed() {
        return answering.values().stream()
                .map(s -> s.now().meta())
                .filter(v -> v != null && v.rescue() && v.quorumNeeded() > 0)
                .mapToInt(v -> v.quorumNeeded())
                .min()
                .orElse(Quorum.of(snapshot().meta().size()));
    }

    /** Members of the meta group; none when that cannot be told. */
    Optional<SortedSet<ServerName>> members() {
        return Optional.ofNullable(members);
    }

    List<ServerName> aliveMembers() {
        return members().orElse(new TreeSet<>()).stream().filter(this::answers).toList();
    }

    /** Whether there is a leader, or enough members answer to elect one without help. */
    boolean quorate() {
        return leader() != null || aliveMembers().size() >= needed();
    }

    Optional<ServerModel> model(ServerName name) {
        return Optional.ofNullable(models.get(name));
    }

    /** Whether it belongs to the site; a stand-in has the name of one that does. */
    boolean ofSite(ServerName name) {
        return site != null && model(name).map(m -> site.equals(m.site())).orElse(false);
    }

    /** Every name that the topology gives to the site: servers, replacements, arbiters. */
    List<ServerName> namesOfSite() {
        return models.keySet().stream().filter(this::ofSite).toList();
    }

    /** The site's servers as the topology has them now. */
    List<ServerName> serversOfSite() {
        return cluster().voters().stream()
                .filter(v -> site != null && site.equals(v.site()))
                .map(ServerModel::name)
                .sorted()
                .toList();
    }

    /** Members of the meta group that belong to the site. */
    List<ServerName> membersOfSite() {
        return members().orElse(new TreeSet<>()).stream().filter(this::ofSite).toList();
    }

    /** Servers that answer, are no arbiters and do not belong to the site: streams can live on them. */
    List<ServerName> survivors() {
        return answering.keySet().stream()
                .filter(n -> !ofSite(n) && !hasRole(n, Role.ARBITER))
                .toList();
    }

    /** Arbiters that answer. */
    List<ServerName> guests() {
        return answering.keySet().stream().filter(n -> hasRole(n, Role.ARBITER)).toList();
    }

    boolean hasRole(ServerName name, Role role) {
        return model(name).map(m -> m.role() == role).orElse(false);
    }

    /** Stand-ins that run, in JetStream or not any more: they have the names of lost servers, and other tags. */
    SortedSet<ServerName> standIns() {
        var found = new TreeSet<ServerName>();
        for (ServerModel standIn : cluster().reserves(Role.STAND_IN)) {
            boolean runs = snapshot().members().stream()
                    .anyMatch(s -> s.name().equals(standIn.name())
                            && Tags.same(s.tags(), standIn.tags())
                            && model(s.name())
                                    .map(m -> !Tags.same(s.tags(), m.tags()))
                                    .orElse(true));
            if (runs) {
                found.add(standIn.name());
            }
        }
        return found;
    }

    /** Arbiters that run, in JetStream or not any more. */
    List<ServerName> runningGuests() {
        return snapshot().members().stream()
                .map(ServerState::name)
                .filter(n -> hasRole(n, Role.ARBITER))
                .sorted()
                .toList();
    }

    /** Whether a server that answers has a lowered quorum ({@code META.RESCUE}). */
    boolean rescued() {
        return answering.values().stream().map(s -> s.now().meta()).anyMatch(v -> v != null && v.rescue());
    }

    /** Members of the meta group outside the site that do not answer. */
    List<ServerName> silentMembers() {
        return members().orElse(new TreeSet<>()).stream()
                .filter(n -> !answers(n) && !ofSite(n))
                .toList();
    }

    /** Servers and members outside the site that do not answer: they may come back, with their data. */
    List<ServerName> silentElsewhere() {
        var silent = new TreeSet<ServerName>();
        members().ifPresent(silent::addAll);
        cluster().voters().forEach(v -> silent.add(v.name()));
        return silent.stream().filter(n -> !answers(n) && !ofSite(n)).toList();
    }

    /** Those of the preferred sites if there are any, else all. */
    List<ServerName> preferred(Collection<ServerName> names) {
        var preferred = preferredSites();
        List<ServerName> home = names.stream()
                .filter(n -> preferred.contains(siteOf(n)))
                .sorted()
                .toList();
        return home.isEmpty() ? names.stream().sorted().toList() : home;
    }

    String siteOf(ServerName name) {
        return model(name).map(m -> String.valueOf(m.site())).orElse("");
    }

    private List<String> preferredSites() {
        return input.topology().source().sites().stream()
                .filter(s -> s.preferredLeader())
                .map(s -> s.name().text())
                .toList();
    }

    /**
     * Without a leader no server up to 2.14 tells the members; then they are the topology's, with the reserves that answer
     * if that is how many the group counts.
     */
    private @Nullable SortedSet<ServerName> findMembers() {
        var known = new TreeSet<ServerName>();
        if (!snapshot().meta().members().isEmpty()) {
            Map<String, ServerName> ids = new TreeMap<>();
            models.keySet().forEach(n -> ids.put(n.peerId(), n));
            answering.keySet().forEach(n -> ids.put(n.peerId(), n));
            for (Member m : snapshot().meta().members()) {
                ServerName name = m.name() == null ? ids.get(m.peer()) : m.name();
                if (name == null) {
                    return null;
                }
                known.add(name);
            }
            return known;
        }
        cluster().voters().forEach(v -> known.add(v.name()));
        if (known.size() == snapshot().meta().size()) {
            return known;
        }
        known.addAll(answering.keySet());
        return known.size() == snapshot().meta().size() ? known : null;
    }
}
