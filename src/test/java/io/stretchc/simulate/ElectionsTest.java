package io.stretchc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElectionsTest {
    /** Members alive of six, blank ones under names of the lost, empty ones under new names. */
    @ParameterizedTest
    @CsvSource({
        "2.9.10, 3, 0, 0, false",
        "2.9.10, 3, 0, 1, true",
        "2.10.27, 3, 0, 1, true",
        "2.10.27, 3, 1, 0, true",
        "2.11.17, 3, 0, 1, true",
        "2.11.17, 3, 1, 0, true",
        "2.12.8, 3, 0, 1, false",
        "2.12.8, 3, 0, 3, true",
        "2.14.0, 3, 0, 2, false",
        "2.14.0, 3, 0, 3, true",
        "2.12.15, 3, 0, 3, false",
        "2.12.15, 3, 2, 0, false",
        "2.12.15, 3, 3, 0, true",
        "2.14.5, 3, 0, 3, false",
        "2.14.5, 3, 2, 0, false",
        "2.14.5, 3, 3, 0, true",
        "2.15.1, 3, 0, 3, false",
        "2.15.1, 3, 2, 0, false",
        "2.15.1, 3, 3, 0, true",
        "2.15.1, 4, 0, 0, true",
        "2.10.27, 0, 3, 3, false"
    })
    void theSurvivorsOfSixElectAsTheRealServersDid(String version, int alive, int blank, int fresh, boolean elects) {
        World world = world(version, 6, alive, 0, 0, blank, fresh);

        assertThat(Elections.metaElects(world, world.here())).isEqualTo(elects);
    }

    @Test
    void aLoweredQuorumElectsAndTooLowAOneSplits() {
        World three = world("2.15.1", 6, 0, 3, 3, 0, 0);
        World two = world("2.15.1", 6, 0, 3, 2, 0, 0);
        World one = world("2.15.1", 6, 0, 3, 1, 0, 0);

        assertThat(Elections.metaElects(three, three.here())).isTrue();
        assertThat(Elections.metaSplits(two, two.here())).isFalse();
        assertThat(Elections.metaSplits(one, one.here())).isTrue();
    }

    @Test
    void soManyArbitersThatTheyCouldElectTwiceAreASplit() {
        assertThat(Elections.metaSplits(world("2.10.27", 6, 3, 0, 0, 0, 4), upTo(7)))
                .isFalse();
        assertThat(Elections.metaSplits(world("2.10.27", 6, 3, 0, 0, 0, 5), upTo(8)))
                .isTrue();
    }

    /** Counting by kinds says the same as trying every set of voters, one by one, and every pair of disjoint sets. */
    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.11.17", "2.12.8", "2.14.3", "2.12.15", "2.14.4", "2.15.1"})
    void countingAgreesWithTryingEverySetOfVoters(String version, TestReporter reporter) {
        int cases = 0;
        int sets = 0;
        for (int size = 1; size <= 6; size++) {
            for (int natural = 0; natural <= size; natural++) {
                for (int lowered = 0; natural + lowered <= size; lowered++) {
                    for (int quorum = 1; quorum <= (lowered == 0 ? 1 : size / 2 + 1); quorum++) {
                        for (int blank = 0; natural + lowered + blank <= size; blank++) {
                            for (int fresh = 0; natural + lowered + blank + fresh <= 7 && fresh <= 4; fresh++) {
                                World world = world(version, size, natural, lowered, quorum, blank, fresh);
                                sets += agrees(world);
                                cases++;
                            }
                        }
                    }
                }
            }
        }
        reporter.publishEntry(version, cases + " groups, " + sets + " sets of voters");
        assertThat(cases).isGreaterThan(200);
    }

    private static int agrees(World world) {
        List<ServerName> voters = new ArrayList<>(world.here());
        int all = (1 << voters.size()) - 1;
        var elects = new boolean[all + 1];
        for (int set = 0; set <= all; set++) {
            elects[set] = wins(world, subset(voters, set));
            assertThat(Elections.metaElects(world, subset(voters, set)))
                    .as("%s %s by %s", world.version(), world.meta(), subset(voters, set))
                    .isEqualTo(elects[set]);
        }
        boolean split = false;
        for (int a = 0; a <= all; a++) {
            for (int b = all & ~a; elects[a] && !split && b > 0; b = (b - 1) & ~a) {
                split = elects[b];
            }
        }
        assertThat(Elections.metaSplits(world, world.here()))
                .as("%s %s", world.version(), world.meta())
                .isEqualTo(split);
        return all + 1;
    }

    /** The rules once more, from the view of each candidate, as the servers apply them. */
    private static boolean wins(World world, SortedSet<ServerName> voters) {
        ServerVersion v = world.version();
        boolean every = !v.atLeast(2, 12, 0);
        boolean known = v.atLeast(2, 14, 4) || (v.atLeast(2, 12, 14) && !v.atLeast(2, 13, 0));
        Meta meta = world.meta();
        for (ServerName candidate : voters) {
            if (!meta.informed().contains(candidate)) {
                continue;
            }
            int needed = meta.size() / 2 + 1;
            Integer lower = meta.rescue().get(candidate);
            needed = v.atLeast(2, 15, 0) && lower != null ? Math.min(lower, needed) : needed;
            int full = 0;
            int empty = 0;
            for (ServerName voter : voters) {
                if (known && !meta.peers().contains(voter)) {
                    continue;
                }
                if (meta.informed().contains(voter)) {
                    full++;
                } else {
                    empty++;
                }
            }
            if (full >= needed || ((every || full + empty >= meta.size()) && full + empty >= needed)) {
                return true;
            }
        }
        return false;
    }

    private static SortedSet<ServerName> subset(List<ServerName> of, int bits) {
        var subset = new TreeSet<ServerName>();
        for (int i = 0; i < of.size(); i++) {
            if ((bits & (1 << i)) != 0) {
                subset.add(of.get(i));
            }
        }
        return subset;
    }

    private static SortedSet<ServerName> upTo(int servers) {
        var names = new TreeSet<ServerName>();
        for (int i = 0; i < servers; i++) {
            names.add(new ServerName("s" + i));
        }
        return names;
    }

    private static World world(String version, int size, int natural, int lowered, int quorum, int blank, int fresh) {
        var nodes = new TreeMap<ServerName, Node>();
        var peers = new TreeSet<ServerName>();
        var informed = new TreeSet<ServerName>();
        var rescue = new TreeMap<ServerName, Integer>();
        int next = 0;
        for (int i = 0; i < natural + lowered + blank + fresh; i++) {
            var name = new ServerName("s" + next++);
            nodes.put(
                    name,
                    new Node(
                            name,
                            new SiteName("here"),
                            ServerVersion.parse(version).orElseThrow(),
                            List.of(),
                            Role.SERVER,
                            Node.State.UP));
            if (i < natural + lowered + blank) {
                peers.add(name);
            }
            if (i < natural + lowered) {
                informed.add(name);
            }
            if (i >= natural && i < natural + lowered) {
                rescue.put(name, quorum);
            }
        }
        for (int i = peers.size(); i < size; i++) {
            peers.add(new ServerName("dead" + i));
        }
        if (nodes.isEmpty()) {
            var name = new ServerName("dead");
            nodes.put(
                    name,
                    new Node(
                            name,
                            new SiteName("here"),
                            ServerVersion.parse(version).orElseThrow(),
                            List.of(),
                            Role.SERVER,
                            Node.State.DOWN));
        }
        return new World(
                "",
                nodes,
                List.of(),
                new Meta(peers, size, informed, rescue, false, null),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>());
    }
}
