package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.quorum.Technique;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.status.World;
import io.stretchc.topology.SiteName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The night on which {@code us} is gone: what {@link World} shows of it, and what the planner says. */
public final class Night {
    /** The topology with stand-ins and enough arbiters in {@code emea}. */
    public static final ResolvedTopology RICH = Topologies.resolve(Topologies.STRETCH.replace("placements:\n", """
                  - { name: emea_5, ports: { client: 4236, cluster: 4256, monitor: 8236 }, dc: nope }
                  - { name: emea_6, ports: { client: 4237, cluster: 4257, monitor: 8237 }, dc: nope }
                stand_ins:
                  - { for: us_1, ports: { client: 4230, cluster: 4250, monitor: 8230 } }
                  - { for: us_2, ports: { client: 4231, cluster: 4251, monitor: 8231 } }
                  - { for: us_3, ports: { client: 4232, cluster: 4252, monitor: 8232 } }
            placements:
            """));

    private Night() {}

    /** Streams of every fate, all of {@code us} killed, on this version. */
    public static World of(String version) {
        World world = World.healthy();
        var em2 = new World.Stream("emea_2", "emea_3", "us_3");
        em2.placement = List.of("ha:2");
        var usr3 = new World.Stream("us_1", "us_2", "us_3");
        usr3.placement = List.of("dc:1");
        var r1em = new World.Stream("emea_2");
        r1em.replicas = 1;
        r1em.placement = List.of();
        world.with("em2", em2).with("usr3", usr3).with("r1em", r1em);
        List.of("emea_1", "emea_2", "emea_3").forEach(s -> world.server(s).version = version);
        world.killed("us_1", "us_2", "us_3").leaderless();
        return world;
    }

    /** The same night, in the model. */
    public static io.stretchc.simulate.World world(String version) {
        return io.stretchc.simulate.World.of(of(version).look(), RICH);
    }

    public static PlanResult result(
            World world, ResolvedTopology topology, Scenario scenario, @Nullable Technique technique) {
        return Planner.plan(
                new PlanInput(
                        topology, new Plan.Source("topology.yaml", "sha256:t"), world.look(), "sha256:s", technique),
                scenario);
    }

    /** A backup of {@code usr3}, of which no copy is left. */
    static final Backup BACKUP = new Backup("monday/APP/usr3", "a".repeat(64), "2026-01-02T03:04:05Z", 1000, 3, 40, 44);

    /** The recovery with a backup at hand. */
    public static Plan recoverFromBackup(String version) {
        return planned(recover(version, List.of(new Backup.Kept("APP", "usr3", BACKUP))));
    }

    static PlanResult recover(String version, List<Backup.Kept> kept) {
        return recover(of(version).look(), kept);
    }

    static PlanResult recover(ClusterSnapshot seen, List<Backup.Kept> kept) {
        return Planner.plan(
                new PlanInput(RICH, new Plan.Source("topology.yaml", "sha256:t"), seen, "sha256:s", null, kept),
                new Scenario.Recover(new SiteName("us")));
    }

    public static Plan recover(String version) {
        return planned(result(of(version), RICH, new Scenario.Recover(new SiteName("us")), null));
    }

    public static Plan planned(PlanResult result) {
        assertThat(result).isInstanceOf(PlanResult.Planned.class);
        return ((PlanResult.Planned) result).plan();
    }

    public static List<Refusal> refused(PlanResult result) {
        assertThat(result).isInstanceOf(PlanResult.Refused.class);
        return ((PlanResult.Refused) result).reasons();
    }

    public static List<String> ids(Plan plan) {
        return plan.steps().stream().map(s -> s.id().text()).toList();
    }
}
