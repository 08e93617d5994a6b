package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.Listeners;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Limits;
import io.stretchc.topology.Placement;
import io.stretchc.topology.PlacementName;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Setting;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.UniqueTag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Candidates of a placement against nats-server's selectPeerGroup, tried on every subset of every small cluster. */
class CandidatesPropertyTest {
    private static final List<List<String>> SERVER_TAGS = List.of(
            List.of(),
            List.of("a"),
            List.of("unique:1"),
            List.of("unique:2", "A"),
            List.of("a", "b", "unique:1"),
            List.of("unique:1", "unique:2"),
            List.of("a", "!jetstream", "unique:2"));

    private static final List<List<String>> WANTED = List.of(
            List.of(),
            List.of("a"),
            List.of("a", "b"),
            List.of("!b"),
            List.of("a", "!B"),
            List.of("unique:1"),
            List.of("!unique:1"),
            List.of("Unique:2", "a"));

    @Test
    void streamsFindExactlyAsManyServersAsTheServerWouldTake() {
        for (List<String> one : SERVER_TAGS) {
            for (List<String> two : SERVER_TAGS) {
                for (List<String> three : SERVER_TAGS) {
                    List<ServerModel> servers = List.of(server("s1", one), server("s2", two), server("s3", three));
                    for (List<String> wanted : WANTED) {
                        var placement = new Placement(new PlacementName("p"), wanted, null, List.of());
                        var candidates = Candidates.of(cluster(servers), placement);

                        assertThat(candidates.distinctUnique())
                                .as("%s %s %s, wanted %s", one, two, three, wanted)
                                .isEqualTo(most(servers, wanted));
                    }
                }
            }
        }
    }

    /** The size of the largest group in which every member matches and, if unique is in force, no two clash. */
    private static int most(List<ServerModel> servers, List<String> wanted) {
        boolean unique = wanted.stream().noneMatch(w -> bare(w).startsWith("unique:"));
        int most = 0;
        for (int subset = 0; subset < 1 << servers.size(); subset++) {
            var values = new HashSet<String>();
            int size = 0;
            boolean legal = true;
            for (int i = 0; i < servers.size(); i++) {
                if ((subset & (1 << i)) != 0) {
                    List<String> tags = servers.get(i).tags().stream()
                            .map(CandidatesPropertyTest::lower)
                            .toList();
                    size++;
                    legal &= matches(tags, wanted)
                            && (!unique
                                    || tags.stream()
                                            .filter(t -> t.startsWith("unique:"))
                                            .findFirst()
                                            .map(values::add)
                                            .orElse(false));
                }
            }
            most = legal ? Math.max(most, size) : most;
        }
        return most;
    }

    private static boolean matches(List<String> tags, List<String> wanted) {
        return !tags.contains("!jetstream")
                && wanted.stream().allMatch(w -> tags.contains(bare(w)) != w.startsWith("!"));
    }

    private static String bare(String wanted) {
        return lower(wanted.startsWith("!") ? wanted.substring(1) : wanted);
    }

    private static String lower(String text) {
        return text.toLowerCase(java.util.Locale.ROOT);
    }

    private static ClusterModel cluster(List<ServerModel> servers) {
        ClusterModel c = BASE;
        return new ClusterModel(
                c.name(),
                c.domain(),
                c.version(),
                new UniqueTag("unique:", false),
                c.directory(),
                servers,
                List.of(),
                List.of(),
                c.access(),
                null,
                null,
                c.tls(),
                List.of(),
                c.path());
    }

    private static final ClusterModel BASE =
            Topologies.resolve(Topologies.STRETCH).backbone();

    private static ServerModel server(String name, List<String> tags) {
        return new ServerModel(
                new ServerName(name),
                Role.SERVER,
                new SiteName("s"),
                "127.0.0.1",
                "0.0.0.0",
                false,
                new Listeners(4222, 6222, null, null, null, null),
                "./" + name,
                null,
                Limits.NONE,
                true,
                null,
                new ArrayList<>(tags),
                Setting.Block.EMPTY,
                BASE.path(),
                false);
    }
}
