package io.stretchc.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.journal.Progress;
import io.stretchc.plan.Evening;
import io.stretchc.status.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags are lent, and a member is replaced, by the engine: what it calls, in which order, and after a kill. */
class FallbackApplyTest {
    private static final String LENT = "retag us_3 [unique:us_3, dc:1, ha:2, ha:1]";

    private static FakeNight night(String version) {
        World world = World.healthy();
        Evening.TOPOLOGY.backbone().servers().forEach(s -> world.server(s.name().text()).version = version);
        world.killed("us_2");
        return new FakeNight(world, Evening.fallback(version), version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.12.15", "2.15.1"})
    void theFileThenTheReloadThenTheMember(String version) throws Exception {
        FakeNight night = night(version);

        assertThat(night.engine(new Progress()).run(null)).isEqualTo(new Engine.End.Finished(List.of()));

        assertThat(night.calls).hasSize(3).first().isEqualTo(LENT);
        assertThat(night.calls.get(1)).startsWith("$SYS.REQ.SERVER.").contains(".RELOAD");
        assertThat(night.calls.get(2)).isEqualTo("$JS.API.STREAM.PEER.REMOVE.foo {\"peer\":\"us_2\"}");
    }

    @Test
    void before210TheReloadIsASignal() throws Exception {
        FakeNight night = night("2.9.10");

        night.engine(new Progress()).run(null);

        assertThat(night.calls).startsWith(LENT, "reload us_3");
    }

    @Test
    void whatTheServerRefusesIsTakenBackInTheFile() {
        FakeNight night = night("2.10.27");
        night.reloadFault = "config reload not supported for ServerName";

        assertThatThrownBy(() -> night.engine(new Progress()).run(null))
                .isInstanceOf(Halt.class)
                .hasMessageContaining("config reload not supported for ServerName");

        assertThat(night.written.get("us_3")).containsExactly("unique:us_3", "dc:1", "ha:2");
        assertThat(night.calls).noneMatch(c -> c.contains("PEER.REMOVE"));
    }

    @Test
    void killedAnywhereItEndsTheSame() throws Exception {
        FakeNight whole = night("2.10.27");
        whole.engine(new Progress()).run(null);

        for (int entries = 0; entries < whole.journal.size(); entries++) {
            FakeNight night = night("2.10.27");
            night.most = entries;
            Engine first = night.engine(new Progress());
            assertThatThrownBy(() -> first.run(null)).isInstanceOf(FakeNight.Killed.class);
            night.most = Integer.MAX_VALUE;

            Engine.End end =
                    night.engine(Progress.of(new ArrayList<>(night.journal))).run(null);

            assertThat(end).as("killed after %d", entries).isEqualTo(new Engine.End.Finished(List.of()));
            assertThat(night.world.look()).as("killed after %d", entries).isEqualTo(whole.world.look());
        }
    }
}
