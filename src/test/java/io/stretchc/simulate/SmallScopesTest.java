package io.stretchc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Action;
import io.stretchc.plan.Scenario;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every cluster of one to three sites with up to three servers each (two in the third), a site lost, and any further
 * servers dead as well. Streams of three replicas only where three servers are left. Where only stand-ins help, no stream lies wholly on servers that do not answer with one of a site
 * that nobody called lost: it would come back empty, and the model refuses that.
 */
class SmallScopesTest {
    private static final List<String> SITES = List.of("a", "b", "c");

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.8", "2.12.15", "2.15.1"})
    void theCanonicalRecoveryOfEverySmallClusterIsProved(String version, TestReporter reporter) {
        int proved = 0;
        int none = 0;
        int prefixes = 0;
        for (int a = 1; a <= 3; a++) {
            for (int b = 0; b <= 3; b++) {
                for (int c = 0; c <= Math.min(b, 2); c++) {
                    List<ServerName> names = names(a, b, c);
                    List<ServerName> rest = names.stream()
                            .filter(n -> !n.text().startsWith("a"))
                            .toList();
                    for (int dead = 0; dead < 1 << rest.size(); dead++) {
                        World world = world(version, names, rest, dead);
                        Optional<List<Action>> plan = Canonical.recover(world, new SiteName("a"));
                        if (plan.isEmpty()) {
                            none++;
                            continue;
                        }
                        Proof proof = Simulator.prove(
                                world, plan.get(), Canonical.bill(world), new Scenario.Recover(new SiteName("a")));
                        assertThat(proof.violations())
                                .as("%s alive %s: %s", names, world.here(), plan.get())
                                .isEmpty();
                        proved++;
                        prefixes += proof.prefixes();
                    }
                }
            }
        }
        reporter.publishEntry(
                version, proved + " plans proved, " + prefixes + " prefixes, " + none + " clusters without a plan");
        assertThat(proved).isGreaterThan(100);
    }

    private static World world(String version, List<ServerName> names, List<ServerName> rest, int dead) {
        Worlds worlds = Worlds.on(version);
        for (String site : SITES) {
            long count = names.stream().filter(n -> n.text().startsWith(site)).count();
            worlds.site(site, (int) count);
        }
        for (int i = 0; i < rest.size(); i++) {
            if ((dead & (1 << i)) != 0) {
                worlds.kill(rest.get(i).text());
            }
        }
        boolean empties = Generation.of(ServerVersion.parse(version).orElseThrow()) == Generation.KNOWN_PEERS;
        int stream = 0;
        for (ServerName one : names) {
            int at = rest.indexOf(one);
            if (!empties || at < 0 || (dead & (1 << at)) == 0) {
                worlds.stream("s" + stream++, "live", one.text());
            }
        }
        var seen = new TreeSet<String>();
        boolean fits = rest.size() - Integer.bitCount(dead) >= 3;
        for (int i = 0; i < names.size() && fits; i++) {
            for (int j = i + 1; j < names.size(); j++) {
                for (int k = j + 1; k < names.size(); k++) {
                    var three = List.of(names.get(i), names.get(j), names.get(k));
                    var kinds = new StringBuilder();
                    for (ServerName n : three) {
                        int at = rest.indexOf(n);
                        kinds.append(n.text().charAt(0)).append(at >= 0 && (dead & (1 << at)) != 0 ? '-' : '+');
                    }
                    boolean gone = kinds.toString().matches("(a[+]|.-)*") && kinds.indexOf("-") >= 0;
                    if (seen.add(kinds.toString()) && !(empties && gone)) {
                        worlds.stream("s" + stream++, "live", names.get(i) + " " + names.get(j) + " " + names.get(k));
                    }
                }
            }
        }
        return worlds.lose("a").world();
    }

    private static List<ServerName> names(int... perSite) {
        var names = new ArrayList<ServerName>();
        for (int s = 0; s < perSite.length; s++) {
            for (int i = 1; i <= perSite[s]; i++) {
                names.add(new ServerName(SITES.get(s) + "_" + i));
            }
        }
        return names;
    }
}
