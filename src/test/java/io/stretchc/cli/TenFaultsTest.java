package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One file with ten faults of reading, form and meaning: ten findings, at the places, in every format. */
class TenFaultsTest {
    private static final Path DIRECTORY = Path.of("src/test/golden/ten-faults");
    private static final Path TOPOLOGY = DIRECTORY.resolve("topology.yaml");
    private static final List<String> FORMATS = List.of("text", "json", "sarif", "github");

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "sarif", "github"})
    void reportsTenInEachFormat(String format) {
        var run = Invocation.of("validate", TOPOLOGY.toString(), "--format", format);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("9 errors, 1 warning, 0 hints in 1 file\n");
        new GoldenFile(DIRECTORY.resolve("expected." + format)).mustHold(run.out());
    }

    @Test
    void reportsEachFaultInTheLineThatIsMarkedAsFaulty() throws IOException {
        var marked = new ArrayList<Integer>();
        List<String> lines = Files.readAllLines(TOPOLOGY);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches(".* # \\d+ .*")) {
                marked.add(i + 1);
            }
        }

        var reported = new ArrayList<Integer>();
        json("json")
                .path("diagnostics")
                .forEach(d -> reported.add(d.path("line").asInt()));

        assertThat(marked).hasSize(10);
        assertThat(reported).containsExactlyElementsOf(marked);
    }

    @Test
    void theSarifLogFollowsTheRulesOfTheFormat() throws IOException {
        JsonNode log = json("sarif");
        JsonNode run = log.path("runs").path(0);

        assertThat(log.path("version").asText()).isEqualTo("2.1.0");
        assertThat(log.path("$schema").asText()).endsWith("sarif-schema-2.1.0.json");
        assertThat(run.at("/tool/driver/name").asText()).isEqualTo("stretchc");
        assertThat(run.path("columnKind").asText()).isEqualTo("unicodeCodePoints");
        var ids = run.at("/tool/driver/rules").findValuesAsText("id");
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(run.path("results")).hasSize(10);
        for (JsonNode result : run.path("results")) {
            assertThat(ids).contains(result.path("ruleId").asText());
            assertThat(result.path("level").asText()).isIn("error", "warning", "note");
            assertThat(result.at("/message/text").asText()).isNotBlank();
            place(result.path("locations").path(0));
            result.path("relatedLocations").forEach(TenFaultsTest::place);
        }
    }

    private static void place(JsonNode location) {
        JsonNode region = location.at("/physicalLocation/region");

        assertThat(location.at("/physicalLocation/artifactLocation/uri").asText())
                .isEqualTo("src/test/golden/ten-faults/topology.yaml");
        assertThat(region.path("startLine").asInt()).isPositive();
        assertThat(region.path("startColumn").asInt()).isPositive();
        assertThat(region.path("endLine").asInt())
                .isGreaterThanOrEqualTo(region.path("startLine").asInt());
        if (region.path("endLine").equals(region.path("startLine"))) {
            assertThat(region.path("endColumn").asInt())
                    .isGreaterThan(region.path("startColumn").asInt());
        }
    }

    @Test
    void eachAnnotationIsOneWorkflowCommand() {
        var run = Invocation.of("validate", TOPOLOGY.toString(), "--format", "github");

        assertThat(run.out().lines())
                .hasSize(10)
                .allMatch(
                        l -> l.matches(
                                "::(error|warning) file=src/test/golden/ten-faults/topology\\.yaml,line=\\d+,col=\\d+(,endColumn=\\d+)?,title=[A-Z]{2}\\d{3}%3A [^:]+::.+%0A.+"));
    }

    @Test
    void theFolderHoldsNothingElse() throws IOException {
        try (var files = Files.list(DIRECTORY)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrderElementsOf(withTopology());
        }
    }

    private static List<String> withTopology() {
        var names = new ArrayList<String>(List.of("topology.yaml"));
        FORMATS.forEach(f -> names.add("expected." + f));
        return names;
    }

    private static JsonNode json(String format) throws JsonProcessingException {
        return new ObjectMapper()
                .readTree(Invocation.of("validate", TOPOLOGY.toString(), "--format", format)
                        .out());
    }
}
