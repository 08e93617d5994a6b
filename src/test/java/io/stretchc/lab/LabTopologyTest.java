package io.stretchc.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.compile.ConfigCompiler;
import io.stretchc.compile.ConfigFile;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What of a topology its lab keeps, and what it replaces. */
class LabTopologyTest {
    private static final Path STORES = Path.of("/lab/stores");

    static List<Path> topologies() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("topologies"))) {
            return all.sorted().toList();
        }
    }

    private static ResolvedTopology lab(ResolvedTopology topology) throws LabFault {
        return LabTopology.of(topology, Layout.from(20_000, topology.clusters()), STORES, "UKEY");
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void nothingOfALabReachesOutOfTheMachine(Path file) throws Exception {
        ResolvedTopology topology = Topologies.resolve(Files.readString(file));

        ResolvedTopology lab = lab(topology);

        for (ClusterModel cluster : lab.clusters()) {
            assertThat(cluster.all())
                    .allMatch(s -> s.host().equals("127.0.0.1") && s.listen().equals("127.0.0.1") && !s.advertise())
                    .allMatch(s -> s.storeDir().startsWith(STORES.toString()))
                    .allMatch(s -> s.ports().client() >= 20_000);
            assertThat(cluster.routes()).allMatch(r -> r.host().equals("127.0.0.1") && r.port() >= 20_000);
            assertThat(cluster.remotes().stream().flatMap(r -> r.addresses().stream()))
                    .allMatch(a -> a.host().equals("127.0.0.1") && a.port() >= 20_000);
            assertThat(cluster.gateway()).isNull();
            assertThat(cluster.tls()).isEqualTo(Tls.NONE);
        }
        assertThat(new ConfigCompiler(Topologies.templates())
                        .compile(lab).stream().map(ConfigFile::text))
                .noneMatch(t -> t.contains("0.0.0.0") || t.contains("cert_file"));
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void whatARecoveryDependsOnStays(Path file) throws Exception {
        ResolvedTopology topology = Topologies.resolve(Files.readString(file));

        ResolvedTopology lab = lab(topology);

        assertThat(lab.source()).isEqualTo(topology.source());
        for (int i = 0; i < topology.clusters().size(); i++) {
            ClusterModel before = topology.clusters().get(i);
            ClusterModel after = lab.clusters().get(i);
            assertThat(after.all()
                            .map(s -> s.name() + " " + s.role() + " " + s.site() + " " + s.tags() + " " + s.limits()
                                    + " " + s.syncInterval()))
                    .containsExactlyElementsOf(before.all()
                            .map(s -> s.name() + " " + s.role() + " " + s.site() + " " + s.tags() + " " + s.limits()
                                    + " " + s.syncInterval())
                            .toList());
            // not those of replacements and stand-ins, which have the addresses of servers
            assertThat(after.routes())
                    .hasSameSizeAs(before.routes())
                    .isSubsetOf(after.servers().stream().map(ServerModel::route).toList());
            assertThat(after.domain()).isEqualTo(before.domain());
            assertThat(after.uniqueTag()).isEqualTo(before.uniqueTag());
            assertThat(after.access().accounts().stream().filter(a -> a.system()))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void everyAccountLetsTheLabInAndNoPasswordIsWrittenDown(Path file) throws Exception {
        ResolvedTopology lab = lab(Topologies.resolve(Files.readString(file)));

        for (ClusterModel cluster : lab.clusters()) {
            assertThat(cluster.access().accounts())
                    .allMatch(a -> a.users().stream().anyMatch(u -> ("stretchc-lab-" + a.name()).equals(u.user())));
        }
        new ConfigCompiler(Topologies.templates())
                .compile(lab).stream()
                        .flatMap(f -> f.text().lines())
                        .filter(l -> l.strip().startsWith("password:"))
                        .forEach(l -> assertThat(l.strip())
                                .matches("password: (\\$STRETCHC_LAB_PASSWORD|\"\\$2a\\$[^\"]+\")"));
    }
}
