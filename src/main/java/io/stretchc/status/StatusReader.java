package io.stretchc.status;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Gap;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.Site;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds a snapshot against the backbone of a topology. */
public final class StatusReader {
    private final ResolvedTopology topology;
    private final ClusterSnapshot snapshot;
    private final Census census;
    private final Attendance who;

    private StatusReader(ResolvedTopology topology, ClusterSnapshot snapshot, Census census) {
        this.topology = topology;
        this.snapshot = snapshot;
        this.census = census;
        this.who = new Attendance(topology.backbone(), snapshot);
    }

    /**
     * The status of a cluster.
     *
     * @param census of the same snapshot, by the roll of the same topology
     * @param file the topology's name on the command line, for the commands that come next
     */
    public static ClusterStatus read(ResolvedTopology topology, ClusterSnapshot snapshot, Census census, String file) {
        return new StatusReader(topology, snapshot, census).read(file);
    }

    private ClusterStatus read(String file) {
        MetaStatus meta = new MetaReading(topology.backbone(), snapshot, who).status();
        List<StreamTrouble> troubles = new StreamTroubles(topology, snapshot, who).find();
        List<SiteStatus> sites = sites();
        List<ServerStatus> servers = servers();
        int streams = snapshot.streams().size();
        var at = new Situation(topology, census, meta, sites, who.silent(), who.guests(), servers, troubles, streams);
        var headline = new Headline(at);
        return new ClusterStatus(
                topology.backbone().name(),
                headline.state(),
                headline.sentence(),
                meta,
                sites,
                servers,
                streams,
                undeclared(),
                troubles,
                warnings(servers, meta),
                new NextSteps(at, file).of(headline.state()));
    }

    private int undeclared() {
        var declared = new Declared(topology);
        return (int) snapshot.streams().stream()
                .filter(s -> declared.of(s).isEmpty())
                .count();
    }

    private List<SiteStatus> sites() {
        return topology.source().sites().stream().map(this::site).toList();
    }

    private SiteStatus site(Site site) {
        List<ServerName> expected = topology.backbone().servers().stream()
                .filter(s -> site.name().equals(s.site()))
                .map(ServerModel::name)
                .toList();
        long answering = who.answering().stream()
                .filter(s -> expected.contains(s.name()))
                .filter(s -> who.role(s).filter(r -> r == Role.SERVER).isPresent())
                .count();
        long reserves = who.guests().stream()
                .filter(s -> who.model(s)
                        .map(ServerModel::site)
                        .filter(site.name()::equals)
                        .isPresent())
                .count();
        int cutOff = (int) expected.stream().filter(census.cutOff()::contains).count();
        return new SiteStatus(
                site.name(), expected.size(), (int) answering, (int) reserves, cutOff, site.preferredLeader());
    }

    private List<ServerStatus> servers() {
        var all = new ArrayList<ServerStatus>();
        topology.backbone().servers().stream()
                .sorted(Comparator.comparing(ServerModel::name))
                .forEach(m -> all.add(who.server(m.name()).map(this::answering).orElseGet(() -> silent(m))));
        who.answering().stream().filter(s -> !who.ordinary(s.peer())).forEach(s -> all.add(answering(s)));
        return all;
    }

    private ServerStatus silent(ServerModel model) {
        return new ServerStatus(
                model.name(),
                model.role(),
                model.site(),
                null,
                null,
                false,
                member(model.name()),
                0,
                0,
                census.cutOff().contains(model.name()),
                List.of(),
                List.of());
    }

    private ServerStatus answering(ServerState server) {
        SiteName site = who.model(server).map(ServerModel::site).orElse(null);
        return new ServerStatus(
                server.name(),
                who.role(server).orElse(null),
                site,
                server.version(),
                server.jetstream(),
                snapshot.meta().now().claims().contains(server.name()),
                member(server.name()),
                (int) snapshot.streams().stream()
                        .filter(s -> s.now().copies().stream()
                                .anyMatch(c -> c.server().equals(server.name())))
                        .count(),
                (int) snapshot.streams().stream()
                        .filter(s -> server.name().equals(s.now().leader()))
                        .count(),
                census.cutOff().contains(server.name()),
                who.lacking(server),
                who.beyond(server));
    }

    private @Nullable Boolean member(ServerName name) {
        return snapshot.meta().members().isEmpty()
                ? null
                : snapshot.meta().members().stream().anyMatch(m -> m.peer().equals(name.peerId()));
    }

    private List<String> warnings(List<ServerStatus> servers, MetaStatus meta) {
        var all = new ArrayList<>(CensusText.of(withoutMissing()));
        servers.stream().filter(ServerStatus::tagsDiffer).forEach(s -> all.add(tags(s)));
        versions(all);
        if (!meta.unknown().isEmpty()) {
            all.add("The meta group counts members that the topology does not have: " + Quote.all(meta.unknown())
                    + ".");
        }
        if (!meta.left().isEmpty()) {
            all.add("The meta group does not count, although they run: " + Quote.all(meta.left())
                    + ". No stream is placed on them; a restart of the server mends it after a cold start.");
        }
        snapshot.gaps().stream()
                .filter(g -> !tableTells(g))
                .forEach(g -> all.add("Not seen: " + Quote.plain(g.subject()) + ": " + Quote.sentence(g.reason())));
        return all;
    }

    /** Who does not answer, the tables say. */
    private boolean tableTells(Gap gap) {
        return who.silent().stream().anyMatch(n -> gap.subject().equals("server " + n)) || former(gap);
    }

    /** A server that came back under another name is not missed under the one that it had. */
    private boolean former(Gap gap) {
        return topology.source().sites().stream()
                .flatMap(s -> s.servers().stream())
                .map(s -> new ServerName(s.name().text()))
                .filter(n -> topology.backbone().servers().stream()
                        .noneMatch(m -> m.name().equals(n)))
                .anyMatch(n -> gap.subject().equals("server " + n));
    }

    private Census withoutMissing() {
        return new Census(
                census.cluster(),
                List.of(),
                census.strangers(),
                census.doubles(),
                census.foreign(),
                census.cutOff(),
                census.claims(),
                census.versions());
    }

    private static String tags(ServerStatus s) {
        var parts = new ArrayList<String>();
        if (!s.tagsLacking().isEmpty()) {
            parts.add("without the tags " + Quote.all(s.tagsLacking()));
        }
        if (!s.tagsBeyond().isEmpty()) {
            parts.add("with " + Quote.all(s.tagsBeyond()) + ", which the topology does not give it");
        }
        return "The server " + Quote.of(s.name()) + " runs " + String.join(" and ", parts) + ".";
    }

    private void versions(List<String> all) {
        ServerVersion declared = topology.backbone().version();
        List<ServerVersion> others =
                census.versions().stream().filter(v -> !v.equals(declared)).toList();
        if (declared != null && !others.isEmpty()) {
            all.add("The topology declares nats-server " + declared + ", and there runs "
                    + String.join(", ", others.stream().map(Objects::toString).toList()) + ".");
        }
    }
}
