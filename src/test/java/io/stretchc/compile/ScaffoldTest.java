package io.stretchc.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Severity;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaffoldTest {
    @ParameterizedTest
    @CsvSource({
        "east,1",
        "east west,1",
        "east west,3",
        "a b c,1",
        "a b c,3",
        "a b c d e f g h i j k l m n o p q r s t,5"
    })
    void aFirstTopologyIsWithoutErrors(String sites, int servers) {
        String yaml =
                new Scaffold("FIRST", List.of(sites.split(" ")), servers, "2.12.15").render(Topologies.templates());

        assertThat(Topologies.check(yaml)).noneMatch(d -> d.severity() == Severity.ERROR);
        assertThat(Topologies.read(yaml).sites()).hasSize(sites.split(" ").length);
    }

    @ParameterizedTest
    @CsvSource({"2.9.10", "2.10.27", "2.11.17", "2.14.5", "2.15.1"})
    void aFirstTopologyIsForTheVersionThatIsAskedFor(String version) {
        String yaml = new Scaffold("FIRST", List.of("east", "west"), 3, version).render(Topologies.templates());

        assertThat(Topologies.read(yaml).cluster().version()).hasToString(version);
        assertThat(Topologies.check(yaml))
                .filteredOn(d -> d.severity() == Severity.ERROR)
                .extracting(Diagnostic::code)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2.9.10,3", "2.10.27,1", "2.10.27,3", "2.11.17,5", "2.12.8,3", "2.12.15,3", "2.14.5,2"})
    void whatIsToBeKeptReadyStandsThereAndIsEnough(String version, int servers) {
        String yaml = new Scaffold("FIRST", List.of("east", "west"), servers, version).render(Topologies.templates());

        String ready = yaml.replace("    # arbiters:", "    arbiters:")
                .replace("    # stand_ins:", "    stand_ins:")
                .replace("    #   - {", "      - {");

        assertThat(Topologies.check(yaml))
                .filteredOn(d -> d.code() == Code.QM102)
                .hasSize(2);
        assertThat(Topologies.check(ready)).noneMatch(d -> d.code() == Code.QM102 || d.severity() == Severity.ERROR);
    }
}
