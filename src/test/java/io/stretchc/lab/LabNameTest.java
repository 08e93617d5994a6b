package io.stretchc.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of labs are names of directories, whatever a cluster is called. */
class LabNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", ".hidden", "a\nb", "ü"})
    void whatIsNoDirectoryIsNoName(String text) {
        assertThat(LabName.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"STRETCH, STRETCH", "a/../b, a_.._b", "..x, _.x", "..., _..", "'a b', a_b", "'', _"})
    void anyClusterHasALab(String cluster, String lab) {
        assertThat(LabName.ofCluster(cluster)).isEqualTo(new LabName(lab));
        assertThat(LabName.parse(lab)).isPresent();
    }
}
