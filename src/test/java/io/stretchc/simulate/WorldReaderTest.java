package io.stretchc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Action;
import io.stretchc.plan.Scenario;
import io.stretchc.resolve.Role;
import io.stretchc.simulate.StreamGroup.Copy;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldReaderTest {
    private static final SiteName US = new SiteName("us");
    private static final SiteName EMEA = new SiteName("emea");

    @Test
    void aLostSiteIsCutOffAndItsCopiesAreUnseen() {
        World world = lost();

        assertThat(world.cuts()).containsOnlyKeys(US).containsValue(Cut.DEAD);
        assertThat(world.here()).containsExactlyElementsOf(Worlds.names("emea_1 emea_2 emea_3"));
        assertThat(world.meta().peers()).hasSize(6);
        assertThat(world.meta().leader()).isNull();
        assertThat(world.generation()).isEqualTo(Generation.EVERY_VOTE);
        assertThat(foo(world).copies().values()).containsExactly(new Copy(5), Copy.UNSEEN, Copy.UNSEEN);
        assertThat(foo(world).tags()).containsExactly("ha:1");
    }

    @Test
    void aHealthyClusterHasItsLeaderAndNoCuts() {
        World world = World.of(io.stretchc.status.World.healthy().look(), io.stretchc.status.World.TOPOLOGY);

        assertThat(world.cuts()).isEmpty();
        assertThat(world.meta().leader()).isEqualTo(new ServerName("emea_1"));
        assertThat(foo(world).leader()).isNotNull();
        assertThat(Settling.settled(world)).isEqualTo(world);
    }

    @Test
    void aRecoveryIsProvedFromASnapshot() {
        World world = lost();
        var foo = foo(world).id();
        var arbiter = new ServerName("emea_4");
        List<ServerName> alive = Worlds.names("emea_1 emea_2 emea_3");
        List<Action> plan = List.of(
                new Action.TakeCensus(List.of(US)),
                new Action.AttestLost(US),
                new Action.StartServer(arbiter, Role.ARBITER, EMEA, true),
                new Action.AwaitMetaLeader(),
                new Action.MoveStream(foo.account(), foo.name(), List.of("dc:2")),
                new Action.AwaitStream(foo.account(), foo.name(), 3),
                new Action.RemovePeer(new ServerName("us_1")),
                new Action.RemovePeer(new ServerName("us_2")),
                new Action.RemovePeer(new ServerName("us_3")),
                new Action.MoveMetaLeader(alive),
                new Action.RemovePeer(arbiter),
                new Action.StopServer(arbiter, Role.ARBITER));

        assertThat(Simulator.prove(world, plan, Canonical.bill(world), new Scenario.Recover(US))
                        .violations())
                .isEmpty();
    }

    private static World lost() {
        return World.of(
                io.stretchc.status.World.healthy()
                        .killed("us_1", "us_2", "us_3")
                        .leaderless()
                        .look(),
                io.stretchc.status.World.TOPOLOGY);
    }

    private static StreamGroup foo(World world) {
        return world.streams().values().stream()
                .filter(s -> s.id().name().equals("foo") && !s.copies().isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
