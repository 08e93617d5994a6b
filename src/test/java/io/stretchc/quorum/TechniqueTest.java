package io.stretchc.quorum;

import static io.stretchc.quorum.Technique.ARBITER;
import static io.stretchc.quorum.Technique.NEW_SERVERS;
import static io.stretchc.quorum.Technique.RESCUE;
import static io.stretchc.quorum.Technique.STAND_INS;
import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.topology.ServerVersion;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TechniqueTest {
    @ParameterizedTest
    @CsvSource({
        "2.9.10, ARBITER NEW_SERVERS STAND_INS, ARBITER",
        "2.10.27, ARBITER NEW_SERVERS STAND_INS, ARBITER",
        "2.11.17, ARBITER NEW_SERVERS STAND_INS, ARBITER",
        "2.12.0, NEW_SERVERS STAND_INS, NEW_SERVERS",
        "2.12.8, NEW_SERVERS STAND_INS, NEW_SERVERS",
        "2.12.13, NEW_SERVERS STAND_INS, NEW_SERVERS",
        "2.12.14, STAND_INS, STAND_INS",
        "2.12.15, STAND_INS, STAND_INS",
        "2.14.0, NEW_SERVERS STAND_INS, NEW_SERVERS",
        "2.14.3, NEW_SERVERS STAND_INS, NEW_SERVERS",
        "2.14.4, STAND_INS, STAND_INS",
        "2.14.5, STAND_INS, STAND_INS",
        "2.15.0, STAND_INS RESCUE, RESCUE",
        "2.15.1, STAND_INS RESCUE, RESCUE"
    })
    void eachVersionHasTheTechniquesThatWereMeasuredOnIt(String version, String works, Technique best) {
        ServerVersion v = version(version);

        assertThat(Arrays.stream(Technique.values()).filter(t -> t.worksOn(v)).map(Enum::name))
                .containsExactly(works.split(" "));
        assertThat(Technique.bestOn(v)).isEqualTo(best);
    }

    @Test
    void theBestTechniqueWorksOnItsVersion() {
        for (int minor = 9; minor <= 16; minor++) {
            for (int patch = 0; patch <= 40; patch++) {
                var v = new ServerVersion(2, minor, patch);
                assertThat(Technique.bestOn(v).worksOn(v)).as("%s", v).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17"})
    void upTo211EveryEmptyVoterCountsSoTheMissingVotesAreEnough(String version) {
        everyLoss((members, alive) -> {
            int missing = Math.max(0, Quorum.of(members) - alive);
            int arbiters = ARBITER.serversNeeded(version(version), members, alive);
            // they become members, and the group that they make has a quorum of its own
            assertThat(arbiters).isGreaterThanOrEqualTo(missing);
            assertThat(alive + arbiters).isGreaterThanOrEqualTo(Quorum.of(members + arbiters));
            assertThat(arbiters == 0 || alive + arbiters - 1 < Quorum.of(members + arbiters - 1))
                    .isTrue();
            assertThat(STAND_INS.serversNeeded(version(version), members, alive))
                    .isEqualTo(missing);
            assertThat(alive + missing).isGreaterThanOrEqualTo(Quorum.of(members));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.12.0", "2.12.15", "2.14.5", "2.15.1"})
    void from212EmptyVotersCountOnlyWhenTheGroupIsWhole(String version) {
        everyLoss((members, alive) -> {
            assertThat(STAND_INS.serversNeeded(version(version), members, alive) + alive)
                    .isEqualTo(members);
            assertThat(NEW_SERVERS.serversNeeded(version(version), members, alive) + alive)
                    .isEqualTo(members);
        });
    }

    @Test
    void rescueTakesNoFurtherServer() {
        everyLoss((members, alive) -> assertThat(RESCUE.serversNeeded(version("2.15.0"), members, alive))
                .isZero());
    }

    @Test
    void whereAQuorumIsLeftNoArbiterIsNeeded() {
        everyLoss((members, alive) -> {
            boolean quorate = alive >= Quorum.of(members);
            assertThat(ARBITER.serversNeeded(version("2.10.27"), members, alive) == 0)
                    .isEqualTo(quorate);
        });
    }

    private interface Loss {
        void of(int members, int alive);
    }

    private static void everyLoss(Loss loss) {
        for (int members = 1; members <= 9; members++) {
            for (int alive = 0; alive <= members; alive++) {
                loss.of(members, alive);
            }
        }
    }

    private static ServerVersion version(String text) {
        return ServerVersion.parse(text).orElseThrow();
    }
}
