package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cluster of one to three sites with none to three servers each, without reserves. */
class SurvivalPropertyTest {
    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.11.17", "2.12.8", "2.12.15", "2.14.0", "2.14.5", "2.15.1"})
    void aSiteIsMissedExactlyWhereItsLossLeavesNoQuorumAndNoMeans(String version) {
        everyCluster(sizes -> {
            int all = sum(sizes);
            var missed = new ArrayList<String>();
            for (int i = 0; i < sizes.size(); i++) {
                int alive = all - sizes.get(i);
                boolean lost = sizes.get(i) > 0 && 2 * alive <= all;
                boolean rescued = version.startsWith("2.15") && alive > 0;
                if (lost && !rescued) {
                    missed.add("`s" + i + "`");
                }
            }

            List<String> reported = Findings.messages(yaml(version, sizes, 1), Code.QM102);
            assertThat(reported).as("%s", sizes).hasSameSizeAs(missed);
            for (int i = 0; i < missed.size(); i++) {
                assertThat(reported.get(i)).contains(missed.get(i));
            }
        });
    }

    @Test
    void anEvenNumberOfVotersIsReportedFromFourOnAndTooFewBelowThree() {
        everyCluster(sizes -> {
            int voters = sum(sizes);
            String yaml = yaml("2.10.27", sizes, 1);

            assertThat(Findings.of(yaml, Code.QM101)).as("%s", sizes).hasSize(voters >= 4 && voters % 2 == 0 ? 1 : 0);
            assertThat(Findings.of(yaml, Code.QM105)).as("%s", sizes).hasSize(voters < 3 ? 1 : 0);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void aStreamThatOneSiteCouldHoldWhollyIsReported(int replicas) {
        everyCluster(sizes -> {
            int servers = sum(sizes);
            boolean placed = servers >= replicas;
            boolean inOne = replicas == 1 || sizes.stream().anyMatch(s -> s >= replicas);
            String yaml = yaml("2.10.27", sizes, replicas);

            assertThat(Findings.of(yaml, Code.PL106))
                    .as("%s", sizes)
                    .hasSize(placed && inOne && sizes.size() > 1 ? 1 : 0);
            assertThat(Findings.of(yaml, Code.PL103)).as("%s", sizes).hasSize(servers > 0 && !placed ? 1 : 0);
            assertThat(Findings.of(yaml, Code.PL105)).as("%s", sizes).hasSize(servers == 0 ? 1 : 0);
        });
    }

    @Test
    void enoughArbitersElsewhereMakeUpForASiteWhereTheyStillCount() {
        for (int arbiters = 0; arbiters <= 4; arbiters++) {
            for (String version : List.of("2.10.27", "2.12.8", "2.12.15")) {
                int needed = version.equals("2.10.27") ? 1 : version.equals("2.12.8") ? 3 : Integer.MAX_VALUE;
                List<Diagnostic> found = Findings.of(withArbiters(version, arbiters), Code.QM102);

                assertThat(found.stream().anyMatch(d -> d.message().contains("`s0`")))
                        .as("%d arbiters on %s", arbiters, version)
                        .isEqualTo(arbiters < needed);
            }
        }
    }

    private static String withArbiters(String version, int arbiters) {
        var list = new ArrayList<String>();
        for (int i = 0; i < arbiters; i++) {
            list.add("{ name: z" + i + " }");
        }
        return yaml(version, List.of(3, 3), 3).replace("name: s1,", "name: s1, arbiters: " + list + ",");
    }

    private interface Property {
        void holds(List<Integer> sizes);
    }

    private static void everyCluster(Property property) {
        for (int sites = 1; sites <= 3; sites++) {
            for (int code = 0; code < Math.pow(4, sites); code++) {
                var sizes = new ArrayList<Integer>();
                for (int i = 0, rest = code; i < sites; i++, rest /= 4) {
                    sizes.add(rest % 4);
                }
                property.holds(sizes);
            }
        }
    }

    private static int sum(List<Integer> sizes) {
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    private static String yaml(String version, List<Integer> sizes, int replicas) {
        var yaml = new StringBuilder("format: 1\ncluster: { name: C, server_version: " + version + " }\nsites:\n");
        for (int i = 0; i < sizes.size(); i++) {
            yaml.append("  - { name: s").append(i).append(", servers: [");
            for (int n = 0; n < sizes.get(i); n++) {
                yaml.append("{ name: s").append(i).append('_').append(n).append(" }, ");
            }
            yaml.append("] }\n");
        }
        return yaml + "streams: [{ name: S, account: A, replicas: " + replicas + " }]\n";
    }
}
