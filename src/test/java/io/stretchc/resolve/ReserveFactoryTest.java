package io.stretchc.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReserveFactoryTest {
    @Test
    void declaredArbitersComeFirst() {
        assertThat(names(factory(Topologies.STRETCH, "emea").arbiters(1))).containsExactly("emea_4");
        assertThat(names(factory(Topologies.STRETCH, "emea").arbiters(3)))
                .containsExactly("emea_4", "emea_5", "emea_6");
    }

    @Test
    void whatIsMadeHasTheTagsOfTheDeclaredOneAndAUniqueOneOfItsOwn() {
        ServerModel made = factory(Topologies.STRETCH, "emea").arbiters(2).get(1);

        assertThat(made.tags()).containsExactly("unique:emea_5", "dc:nope", "ha:nope");
        assertThat(made.role()).isEqualTo(Role.ARBITER);
    }

    @Test
    void withoutADeclaredOneAnArbiterIsLikeTheLastServerButNobodysCandidate() {
        ServerModel made = factory(withoutArbiters(), "emea").arbiters(1).get(0);

        assertThat(made.name()).isEqualTo(new ServerName("emea_4"));
        assertThat(made.host()).isEqualTo("127.0.0.1");
        assertThat(made.tags()).containsExactly("unique:emea_4", "dc:nope");
        assertThat(made.storeDir()).isEqualTo("./data/emea_4");
    }

    @Test
    void namesThatAreTakenAreSkipped() {
        String yaml = Topologies.STRETCH.replace("name: us_2,", "name: emea_5,");

        assertThat(names(factory(yaml, "emea").arbiters(3))).containsExactly("emea_4", "emea_6", "emea_7");
    }

    @ParameterizedTest
    @CsvSource({"n, n_2", "n9, n10", "n_009, n_10", "n_1.x, n_1.x_2", "9, 10", "a1b2, a1b3"})
    void aNameIsCountedOn(String last, String next) {
        String yaml = withoutArbiters().replace("name: emea_3,", "name: " + last + ",");

        assertThat(names(factory(yaml, "emea").arbiters(1))).containsExactly(next);
    }

    @Test
    void anArbiterNeverLooksLikeAReplacementOfItsNeighbour() {
        String yaml = withoutArbiters().replace("name: emea_3,", "name: emea_3, generation: 1,");

        assertThat(names(factory(yaml, "emea").arbiters(2))).containsExactly("emea_4", "emea_5");
    }

    @Test
    void portsAreFreeOnTheHost() {
        ClusterModel cluster = Topologies.resolve(Topologies.STRETCH).backbone();
        List<ServerModel> all = new ArrayList<>(cluster.servers());
        all.addAll(factory(Topologies.STRETCH, "emea").arbiters(20));

        List<Integer> ports = all.stream()
                .flatMap(s -> s.ports().byPurpose().values().stream())
                .toList();
        assertThat(new TreeSet<>(ports)).hasSameSizeAs(ports);
    }

    @Test
    void theLoopbackInterfaceIsOneHostUnderAllItsNames() {
        String yaml = withoutArbiters()
                .replace("{ name: us_1,", "{ name: us_1, host: localhost,")
                .replace("client: 4220", "client: 4226");

        assertThat(factory(yaml, "emea").arbiters(1).get(0).ports().client()).isEqualTo(4227);
    }

    @Test
    void portsBeyondTheLastStartAgainLow() {
        String yaml = withoutArbiters().replace("client: 4225", "client: 65535");

        assertThat(factory(yaml, "emea").arbiters(1).get(0).ports().client()).isEqualTo(1024);
    }

    @Test
    void onlyTheLastPartOfTheStoreDirectoryIsTheName() {
        String yaml = withoutArbiters().replace("name: emea_3,", "name: da,");

        assertThat(factory(yaml, "emea").arbiters(1).get(0).storeDir()).isEqualTo("./data/da_2");
    }

    @Test
    void aStandInHasTheNameOfTheLostServerAndAStoreOfItsOwn() {
        ServerModel made = factory(Topologies.STRETCH, "emea")
                .standIns(List.of(new ServerName("us_2")))
                .get(0);

        assertThat(made.name()).isEqualTo(new ServerName("us_2"));
        assertThat(made.role()).isEqualTo(Role.STAND_IN);
        assertThat(made.storeDir()).isEqualTo("./data/us_2-stand-in");
        assertThat(made.tags()).containsExactly("unique:us_2");
    }

    @Test
    void aDeclaredStandInIsUsed() {
        String yaml = Topologies.STRETCH.replace(
                "    preferred_leader: true\n",
                "    preferred_leader: true\n    stand_ins: [{ for: us_2, ports: { client: 5000 } }]\n");

        List<ServerModel> made =
                factory(yaml, "emea").standIns(List.of(new ServerName("us_1"), new ServerName("us_2")));

        assertThat(names(made)).containsExactly("us_1", "us_2");
        assertThat(made.get(1).ports().client()).isEqualTo(5000);
        assertThat(made.get(0).ports().client()).isNotEqualTo(5000);
    }

    @Test
    void aSiteWithoutServersTakesTheLastServerOnItsOwnHostAsPattern() {
        String yaml = Topologies.STRETCH.replace(
                "placements:\n", "  - { name: apac, defaults: { host: apac.example } }\nplacements:\n");

        ServerModel arbiter = factory(yaml, "apac").arbiters(1).get(0);

        assertThat(arbiter.host()).isEqualTo("apac.example");
        assertThat(arbiter.site()).hasToString("apac");
        assertThat(factory(yaml, "apac").standIns(List.of(new ServerName("us_1"))))
                .hasSize(1);
    }

    private static String withoutArbiters() {
        return Topologies.STRETCH.replaceAll("(?m)^    arbiters:\n.*\n", "");
    }

    private static ReserveFactory factory(String yaml, String name) {
        ResolvedTopology topology = Topologies.resolve(yaml);
        Site site = topology.source().sites().stream()
                .filter(s -> s.name().text().equals(name))
                .findFirst()
                .orElseThrow();
        return new ReserveFactory(topology.backbone(), site);
    }

    private static List<String> names(List<ServerModel> servers) {
        return servers.stream().map(s -> s.name().text()).toList();
    }
}
