package io.stretchc.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {
    @Test
    void numbersAreComparedAsNumbers() {
        List<ServerVersion> sorted = Stream.of("2.10.4", "2.9.10", "2.10.27", "2.2.0", "2.15.0", "2.9.9", "10.0.0")
                .map(v -> ServerVersion.parse(v).orElseThrow())
                .sorted()
                .toList();

        assertThat(sorted)
                .extracting(ServerVersion::toString)
                .containsExactly("2.2.0", "2.9.9", "2.9.10", "2.10.4", "2.10.27", "2.15.0", "10.0.0");
    }

    @Test
    void aLineStandsForItsFirstRelease() {
        assertThat(ServerVersion.parse("2.10")).contains(new ServerVersion(2, 10, 0));
    }

    @Test
    void atLeastHoldsFromTheVersionItself() {
        var version = new ServerVersion(2, 12, 14);

        assertThat(version.atLeast(2, 12, 14)).isTrue();
        assertThat(version.atLeast(2, 12, 13)).isTrue();
        assertThat(version.atLeast(2, 12, 15)).isFalse();
        assertThat(version.atLeast(2, 14, 0)).isFalse();
    }

    @Test
    void aLeadingVIsFine() {
        assertThat(ServerVersion.parse("v2.12.15")).contains(new ServerVersion(2, 12, 15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "2", "2.", "2.10.", "2.10.x", "2.10.27-RC.1", "2.10.27.1", " 2.10", "99999.1.1", "2.10\n"})
    void whatIsNoReleaseIsRefused(String text) {
        assertThat(ServerVersion.parse(text)).isEmpty();
    }
}
