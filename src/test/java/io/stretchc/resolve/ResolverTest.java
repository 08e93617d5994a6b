package io.stretchc.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.topology.Bytes;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverTest {
    @ParameterizedTest
    @CsvSource({"a, top", "b, site", "c, own"})
    void theInnerLevelWins(String server, String from) {
        ServerModel s = server(LEVELS, server);

        assertThat(s.host()).isEqualTo(from + ".example");
        assertThat(s.storeDir()).isEqualTo("/" + from + "/" + server);
        assertThat(s.syncInterval()).isEqualTo(from.equals("top") ? "1s" : from.equals("site") ? "2s" : "3s");
        assertThat(s.limits().maxConnections()).isEqualTo(from.equals("top") ? 1 : from.equals("site") ? 2 : 3);
    }

    @Test
    void eachSettingFallsBackByItself() {
        ServerModel s = server(LEVELS, "b");

        assertThat(s.ports().client()).isEqualTo(4001);
        assertThat(s.ports().monitor()).isEqualTo(8002);
        assertThat(s.limits().maxPayload()).isEqualTo(new Bytes(1024));
        assertThat(s.httpBasePath()).isEqualTo("/nats");
    }

    @Test
    void tagsAddUpFromTheOutsideIn() {
        assertThat(server(LEVELS, "a").tags()).containsExactly("unique:a", "t:top");
        assertThat(server(LEVELS, "b").tags()).containsExactly("unique:b", "t:top", "t:site");
        assertThat(server(LEVELS, "c").tags()).containsExactly("unique:c", "t:top", "t:site", "t:own");
    }

    @Test
    void extraBlocksAreMergedAndExtraValuesReplaced() {
        assertThat(server(LEVELS, "c").extra())
                .isEqualTo(new Setting.Block(List.of(
                        new Setting.Named("debug", new Setting.Literal("true")),
                        new Setting.Named(
                                "jetstream",
                                new Setting.Block(List.of(
                                        new Setting.Named("strict", new Setting.Literal("true")),
                                        new Setting.Named("extended", new Setting.Text("x"))))))));
    }

    @Test
    void whatNobodySaysHasADefault() {
        ServerModel s = server("sites: [{ name: s, servers: [{ name: n }] }]\n", "n");

        assertThat(s.host()).isEqualTo("127.0.0.1");
        assertThat(s.listen()).isEqualTo("0.0.0.0");
        assertThat(s.storeDir()).isEqualTo("./n");
        assertThat(s.ports()).isEqualTo(new Listeners(4222, 6222, null, null, null, null));
        assertThat(s.votes()).isTrue();
        assertThat(s.syncInterval()).isNull();
    }

    @Test
    void dataCentreAndRegionComeFromTheSiteUnlessTheServerSaysOtherwise() {
        String yaml =
                "sites: [{ name: s, dc: 1, region: eu, servers: [{ name: a }, { name: b, dc: 9, region: us }] }]\n";

        assertThat(server(yaml, "a").tags()).containsExactly("region:eu", "unique:a", "dc:1");
        assertThat(server(yaml, "b").tags()).containsExactly("region:us", "unique:b", "dc:9");
    }

    @Test
    void theUniqueTagIsTheServersNameUnlessItSaysOtherwise() {
        String yaml = "sites: [{ name: s, servers: [{ name: a }, { name: b, unique: rack7 }] }]\n";

        assertThat(server(yaml, "a").tags()).containsExactly("unique:a");
        assertThat(server(yaml, "b").tags()).containsExactly("unique:rack7");
    }

    @Test
    void noUniqueTagIsMadeWhereTheServersBringTheirOwn() {
        String yaml = """
                format: 1
                cluster: { name: C, server_version: 2.10.27, unique_tag: "region:", unique_value: tags }
                sites: [{ name: s, region: eu, servers: [{ name: a }] }]
                """;

        assertThat(Topologies.resolve(yaml).backbone().servers().get(0).tags()).containsExactly("region:eu");
    }

    @Test
    void arbitersAndStandInsTakeNoTagsFromOutside() {
        String yaml = """
                defaults: { tags: ["t:top"], host: top.example }
                sites:
                  - name: s
                    dc: 1
                    region: eu
                    defaults: { tags: ["t:site"] }
                    servers: [{ name: a }]
                    arbiters: [{ name: z, tags: ["t:own"] }]
                    stand_ins: [{ for: a }]
                """;

        assertThat(server(yaml, "z").tags()).containsExactly("unique:z", "t:own");
        assertThat(server(yaml, "z").host()).isEqualTo("top.example");
        ServerModel standIn = cluster(yaml).reserves(Role.STAND_IN).get(0);
        assertThat(standIn.tags()).containsExactly("unique:a");
        assertThat(standIn.storeDir()).isEqualTo("./a-stand-in");
    }

    @Test
    void replacementsCountOnFromTheGenerationThatRuns() {
        String yaml =
                "sites: [{ name: s, replacements: 2, servers: [{ name: us_1 }, { name: us_2, generation: 1 }] }]\n";
        ClusterModel cluster = cluster(yaml);

        assertThat(cluster.servers()).extracting(ServerModel::name).containsExactly(names("us_1", "us_2.1"));
        assertThat(cluster.reserves(Role.REPLACEMENT))
                .extracting(ServerModel::name)
                .containsExactly(names("us_1.1", "us_1.2", "us_2.2", "us_2.3"));
    }

    @Test
    void aReplacementHasTheAddressOfItsServerAndAStoreAndUniqueTagOfItsOwn() {
        String yaml =
                "sites: [{ name: s, dc: 1, replacements: 1, servers: [{ name: us_1, ports: { client: 4000 }, tags: [x] }] }]\n";
        ServerModel replacement = cluster(yaml).reserves(Role.REPLACEMENT).get(0);

        assertThat(replacement.route()).isEqualTo(cluster(yaml).servers().get(0).route());
        assertThat(replacement.ports().client()).isEqualTo(4000);
        assertThat(replacement.storeDir()).isEqualTo("./us_1.1");
        assertThat(replacement.tags()).containsExactly("unique:us_1.1", "dc:1", "x");
        assertThat(replacement.file()).isEqualTo("replacements/us_1.1.conf");
    }

    @Test
    void everyServerIsARouteAndNoReserve() {
        ClusterModel cluster = Topologies.resolve(Topologies.STRETCH).backbone();

        assertThat(cluster.routes())
                .containsExactlyElementsOf(
                        cluster.servers().stream().map(ServerModel::route).toList());
        assertThat(cluster.routes()).hasSize(6);
        assertThat(cluster.routes()).extracting(HostPort::port).doesNotContain(4246, 4247);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 4240 4243",
        "2, 4240 4241 4243 4244",
        "3, 4240 4241 4242 4243 4244 4245",
        "9, 4240 4241 4242 4243 4244 4245"
    })
    void seedsAreTheFirstServersOfEachSite(int seeds, String ports) {
        String yaml = Topologies.STRETCH.replace(
                "  domain: hub\n", "  domain: hub\n  routes: { mode: seeds, seeds_per_site: " + seeds + " }\n");

        assertThat(Topologies.resolve(yaml).backbone().routes())
                .extracting(r -> Integer.toString(r.port()))
                .containsExactly(ports.split(" "));
    }

    @Test
    void twoSeedsOfEachSiteUnlessSaidOtherwise() {
        String yaml = Topologies.STRETCH.replace("  domain: hub\n", "  domain: hub\n  routes: { mode: seeds }\n");

        assertThat(Topologies.resolve(yaml).backbone().routes()).hasSize(4);
    }

    @Test
    void aLeafClusterReachesTheLeafPortsOfTheSitesThatItNames() {
        String yaml = """
                defaults: { ports: { leaf: 7422 } }
                sites:
                  - { name: s, servers: [{ name: a, host: a.example }, { name: b, host: b.example, ports: { leaf: 7423 } }] }
                  - { name: t, servers: [{ name: c, host: c.example }] }
                leaf_clusters:
                  - { name: L, domain: l, remotes: [{ account: A }, { account: A, sites: [t] }] }
                """;
        ClusterModel leaf = Topologies.resolve(HEAD + yaml).leafClusters().get(0);

        assertThat(leaf.remotes().get(0).addresses())
                .containsExactly(
                        new HostPort("a.example", 7422),
                        new HostPort("b.example", 7423),
                        new HostPort("c.example", 7422));
        assertThat(leaf.remotes().get(1).addresses()).containsExactly(new HostPort("c.example", 7422));
        assertThat(leaf.directory()).isEqualTo("C/leafs/L");
    }

    @Test
    void addressesOfVersionSixStandInBrackets() {
        assertThat(new HostPort("fd00::1", 4222)).hasToString("[fd00::1]:4222");
        assertThat(new HostPort("nats.example", 4222)).hasToString("nats.example:4222");
    }

    @Test
    void aServerThatTheSchemaFoundFaultWithIsDoubtful() {
        String yaml = "sites: [{ name: s, servers: [{ name: a, tgas: [x] }, { name: b }] }]\n";

        assertThat(server(yaml, "a").doubtful()).isTrue();
        assertThat(server(yaml, "b").doubtful()).isFalse();
    }

    @Test
    void aFaultInCommonSettingsMakesAllDoubtfulThatShareThem() {
        String yaml =
                "sites: [{ name: s, defaults: { tgas: [x] }, servers: [{ name: a }] }, { name: t, servers: [{ name: b }] }]\n";

        assertThat(server(yaml, "a").doubtful()).isTrue();
        assertThat(server(yaml, "b").doubtful()).isFalse();
    }

    private static final String HEAD = "format: 1\ncluster: { name: C, server_version: 2.10.27 }\n";

    private static final String LEVELS = """
            defaults:
              host: top.example
              store_dir: /top/{server}
              sync_interval: 1s
              http_base_path: /nats
              ports: { client: 4001, monitor: 8001 }
              limits: { max_connections: 1, max_payload: 1KB }
              tags: ["t:top"]
              extra: { debug: false, jetstream: { strict: false } }
            sites:
              - name: plain
                servers: [{ name: a }]
              - name: special
                defaults:
                  host: site.example
                  store_dir: /site/{server}
                  sync_interval: 2s
                  ports: { monitor: 8002 }
                  limits: { max_connections: 2 }
                  tags: ["t:site", "t:top"]
                  extra: { debug: true, jetstream: { strict: true } }
                servers:
                  - name: b
                  - name: c
                    host: own.example
                    store_dir: /own/{server}
                    sync_interval: 3s
                    limits: { max_connections: 3 }
                    tags: ["t:own"]
                    extra: { jetstream: { extended: x } }
            """;

    private static ClusterModel cluster(String rest) {
        return Topologies.resolve(HEAD + rest).backbone();
    }

    private static ServerModel server(String rest, String name) {
        return cluster(rest)
                .all()
                .filter(s -> s.name().text().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ServerName[] names(String... names) {
        return java.util.Arrays.stream(names).map(ServerName::new).toArray(ServerName[]::new);
    }
}
