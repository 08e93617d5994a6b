package io.stretchc.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.Census;
import org.junit.jupiter.api.Test;

/** A site that came back under other names. */
class GenerationsTest {
    private static World replaced() {
        World world = World.healthy();
        world.killed("us_1", "us_2", "us_3");
        world.started("us_1.1").started("us_2.1").started("us_3.1");
        world.counting(6, "emea_1", "emea_2", "emea_3", "us_1.1", "us_2.1", "us_3.1");
        world.claimedBy("emea_1");
        return world;
    }

    @Test
    void replacementsTakeThePlaceOfServersThatAreGone() {
        Generations now = Generations.of(World.TOPOLOGY, replaced().look());

        assertThat(now.topology().backbone().voters().stream()
                        .map(ServerModel::name)
                        .map(Object::toString))
                .containsExactly("emea_1", "emea_2", "emea_3", "us_1.1", "us_2.1", "us_3.1");
        assertThat(now.topology().backbone().reserves().stream()
                        .map(ServerModel::name)
                        .map(Object::toString))
                .doesNotContain("us_1.1", "us_2.1", "us_3.1");
        assertThat(now.notes()).hasSize(1);
        assertThat(now.notes().get(0)).contains("`us`", "`us_1.1`, `us_2.1`, `us_3.1`", "generation");
        var cluster = now.topology().backbone();
        var roll = new Census.Roll(
                cluster.name(),
                cluster.servers().stream().map(ServerModel::name).toList(),
                java.util.List.of(),
                java.util.List.of());
        assertThat(Census.of(replaced().look(), roll).missing()).isEmpty();
        assertThat(Census.of(replaced().look(), roll).strangers()).isEmpty();
    }

    @Test
    void nobodyMissesThemUnderTheirOldNames() {
        World world = replaced().gap("server us_1", "did not answer").gap("server us_1.2", "did not answer");
        var there = Generations.of(World.TOPOLOGY, world.look()).topology();

        assertThat(StatusReader.read(there, world.look(), world.census(), "stretch.yaml")
                        .warnings())
                .filteredOn(w -> w.startsWith("Not seen"))
                .containsExactly("Not seen: server us_1.2: did not answer");
    }

    @Test
    void nothingChangesWhileAServerOfTheSiteIsThere() {
        World world = replaced();
        world.started("us_2");

        assertThat(Generations.of(World.TOPOLOGY, world.look()).topology()).isEqualTo(World.TOPOLOGY);
        assertThat(Generations.of(World.TOPOLOGY, World.healthy().look()).topology())
                .isEqualTo(World.TOPOLOGY);
        assertThat(Generations.of(World.TOPOLOGY, World.healthy().look()).notes())
                .isEmpty();
    }

    @Test
    void aSiteThatIsGoneAndNotReplacedIsStillTheTopologys() {
        World world = World.healthy();
        world.killed("us_1", "us_2", "us_3").leaderless();

        assertThat(Generations.of(World.TOPOLOGY, world.look()).topology()).isEqualTo(World.TOPOLOGY);
    }
}
