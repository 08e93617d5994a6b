package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.syntax.SourceDocument;
import org.junit.jupiter.api.Test;

/** Every way in which three placements can fall back to each other. */
class FallbackRulesPropertyTest {
    private static final int PLACEMENTS = 3;

    @Test
    void aCircleIsReportedExactlyWhereThereIsOne() {
        for (int graph = 0; graph < 1 << (PLACEMENTS * PLACEMENTS); graph++) {
            assertThat(findings(graph) > 0).as("%s", yaml(graph)).isEqualTo(circular(graph));
        }
    }

    @Test
    void aPlacementThatFallsBackToNobodyKnownIsNoCircle() {
        String yaml = "placements: [{ name: p0, tags: [a], fallbacks: [p9] }]\n";

        assertThat(findings(yaml)).isZero();
    }

    private static boolean falls(int graph, int from, int to) {
        return (graph & (1 << (from * PLACEMENTS + to))) != 0;
    }

    /** Whether going on from some placement as often as there are placements is possible: then one comes twice. */
    private static boolean circular(int graph) {
        boolean[] alive = new boolean[PLACEMENTS];
        java.util.Arrays.fill(alive, true);
        for (int step = 0; step < PLACEMENTS; step++) {
            boolean[] next = new boolean[PLACEMENTS];
            for (int from = 0; from < PLACEMENTS; from++) {
                for (int to = 0; to < PLACEMENTS; to++) {
                    next[from] |= falls(graph, from, to) && alive[to];
                }
            }
            alive = next;
        }
        for (boolean a : alive) {
            if (a) {
                return true;
            }
        }
        return false;
    }

    private static String yaml(int graph) {
        var yaml = new StringBuilder("placements:\n");
        for (int from = 0; from < PLACEMENTS; from++) {
            yaml.append("  - { name: p").append(from).append(", tags: [a], fallbacks: [");
            for (int to = 0; to < PLACEMENTS; to++) {
                yaml.append(falls(graph, from, to) ? "p" + to + ", " : "");
            }
            yaml.append("] }\n");
        }
        return yaml.toString();
    }

    private static long findings(int graph) {
        return findings(yaml(graph));
    }

    private static long findings(String yaml) {
        SourceDocument document = Topologies.document(yaml);
        ResolvedTopology topology = Topologies.resolve(yaml);
        var found = new Diagnostics(document);
        new FallbackRules().check(topology, found);
        return found.sorted().stream().filter(d -> d.code() == Code.PL109).count();
    }
}
