package io.stretchc.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TagTest {
    private static final List<String> SERVER = List.of("region:emea-west", "unique:emea_1", "dc:2", "HA:1");

    @Test
    void everyWantedTagMustBeThere() {
        assertThat(Tag.matches(SERVER, List.of("dc:2", "ha:1"))).isTrue();
        assertThat(Tag.matches(SERVER, List.of("dc:2", "ha:2"))).isFalse();
    }

    @Test
    void noTagWantedMatchesEveryServer() {
        assertThat(Tag.matches(List.of(), List.of())).isTrue();
    }

    @Test
    void caseAndSpacesAroundDoNotMatter() {
        assertThat(Tag.matches(SERVER, List.of(" Ha:1 ", "DC:2"))).isTrue();
    }

    @Test
    void aPrefixIsNoMatch() {
        assertThat(Tag.matches(SERVER, List.of("region:"))).isFalse();
        assertThat(Tag.matches(SERVER, List.of("region:emea"))).isFalse();
    }

    @Test
    void anExclamationMarkExcludes() {
        assertThat(Tag.matches(SERVER, List.of("!dc:1"))).isTrue();
        assertThat(Tag.matches(SERVER, List.of("!dc:2"))).isFalse();
        assertThat(Tag.matches(SERVER, List.of("ha:1", "!DC:2"))).isFalse();
    }

    @Test
    void aServerWithTheJetStreamExclusionTakesNoStream() {
        List<String> excluded = List.of("dc:2", "!jetstream");

        assertThat(Tag.matches(excluded, List.of("dc:2"))).isFalse();
        assertThat(Tag.matches(excluded, List.of())).isFalse();
    }

    @Test
    void lettersAreFoldedOneByOneAsGoDoes() {
        assertThat(Tag.fold("ΟΔΟΣ")).isEqualTo("οδοσ");
        assertThat(Tag.fold("\u00a0İzmir\u2003")).isEqualTo("izmir");
    }
}
