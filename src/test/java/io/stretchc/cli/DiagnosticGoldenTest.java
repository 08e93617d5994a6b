package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import io.stretchc.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@code stretchc validate} prints for the smallest topologies that show a finding: whole, with positions. */
class DiagnosticGoldenTest {
    private static final Path CASES = Path.of("src/test/golden/diag");
    private static final String TOPOLOGY = "topology.yaml";
    private static final String EXPECTED = "expected.txt";

    /** Codes that no topology text brings about, with the file that shows them instead. */
    private static final Map<Code, String> ELSEWHERE = Map.of(
            Code.YM106, "src/test/java/io/stretchc/cli/LargeFileTest.java",
            Code.FS101, "src/test/scripts/validate-unreadable.txtar",
            Code.FS102, "src/test/scripts/compile-foreign-directory.txtar",
            Code.FS103, "src/test/scripts/compile-stale-files.txtar",
            Code.FS104, "src/test/scripts/compile-foreign-directory.txtar");

    @TestFactory
    Stream<DynamicTest> findsExactlyWhatTheGoldenSays() throws IOException {
        return cases().stream().map(c -> DynamicTest.dynamicTest(c.getFileName().toString(), () -> check(c)));
    }

    private static void check(Path directory) {
        String name = directory.getFileName().toString();
        String code = name.substring(0, 5);

        var run = Invocation.of("validate", directory.resolve(TOPOLOGY).toString());
        String text = (run.out() + run.err()).replace(directory + "/", "");

        new GoldenFile(directory.resolve(EXPECTED)).mustHold(text);
        assertThat(text).containsPattern("(?m)^\\S+: (error|warning|hint) " + code + ": ");
        assertThat(run.exit()).isEqualTo(text.matches("(?s).*\n0 errors, [^\n]*\n") ? 0 : 1);
    }

    @Test
    void everyCaseIsNamedAfterItsCodeAndHoldsNothingElse() throws IOException {
        List<String> codes = Arrays.stream(Code.values()).map(Code::name).toList();

        for (Path c : cases()) {
            assertThat(c.getFileName().toString()).matches("[A-Z]{2}[0-9]{3}-[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(c.getFileName().toString().substring(0, 5)).isIn(codes);
            try (Stream<Path> files = Files.list(c)) {
                assertThat(files.map(f -> f.getFileName().toString()))
                        .as("files of %s", c)
                        .containsExactlyInAnyOrder(TOPOLOGY, EXPECTED);
            }
        }
    }

    @Test
    void everyCodeIsShownSomewhere() throws IOException {
        List<String> names =
                cases().stream().map(c -> c.getFileName().toString()).toList();

        assertThat(Arrays.stream(Code.values()).filter(c -> !ELSEWHERE.containsKey(c)))
                .allSatisfy(code ->
                        assertThat(names).as("cases of %s", code).anyMatch(n -> n.startsWith(code.name() + "-")));
        for (Map.Entry<Code, String> e : ELSEWHERE.entrySet()) {
            assertThat(Path.of(e.getValue())).content().contains(e.getKey().name());
        }
    }

    private static List<Path> cases() throws IOException {
        try (Stream<Path> all = Files.list(CASES)) {
            return all.sorted().toList();
        }
    }
}
