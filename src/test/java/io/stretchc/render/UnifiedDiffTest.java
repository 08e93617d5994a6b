package io.stretchc.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnifiedDiffTest {
    @TempDir
    private Path dir = Path.of("");

    @Test
    void equalTextsHaveNoDiff() {
        assertThat(UnifiedDiff.of("a", "a", "x\n", "x\n")).isEmpty();
        assertThat(UnifiedDiff.of("a", "a", "", "")).isEmpty();
    }

    @Test
    void aChangeIsShownWithItsNameAndThreeLinesAround() {
        assertThat(UnifiedDiff.of(
                        "out/x.conf", "out/x.conf", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"))
                .isEqualTo("--- a/out/x.conf\n+++ b/out/x.conf\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
    }

    @Test
    void aNewFileComesFromNothingAndAGoneOneGoesThere() {
        assertThat(UnifiedDiff.of("", "x", "", "1\n2\n"))
                .isEqualTo("--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+1\n+2\n");
        assertThat(UnifiedDiff.of("x", "", "1\n", "")).isEqualTo("--- a/x\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-1\n");
    }

    @Test
    void aMissingNewlineAtTheEndIsSaid() {
        assertThat(UnifiedDiff.of("x", "x", "1", "1\n"))
                .isEqualTo("--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-1\n\\ No newline at end of file\n+1\n");
    }

    @Test
    void aCarriageReturnIsADifference() {
        assertThat(UnifiedDiff.of("x", "x", "1\r\n2\n", "1\n2\n")).contains("-1\r\n+1\n");
    }

    @Test
    void anAbsoluteNameIsMadeRelative() {
        assertThat(UnifiedDiff.of("/o/x", "/o/x", "1\n", "2\n")).startsWith("--- a/o/x\n+++ b/o/x\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'',1|2|",
        "1|2|,''",
        "1,1|",
        "1|,1",
        "1|2|3|,1|3|",
        "a|b|c|,x|a|b|c|y|",
        "a%|b|,a|b|",
        "|||,||",
        "--- x|,+++ y|"
    })
    void patchMakesOneTextOfTheOther(String before, String after) throws Exception {
        patched(text(before), text(after));
    }

    @Test
    void patchMakesOneTextOfTheOtherWhateverTheyAre() throws Exception {
        for (long seed = 0; seed < 30; seed++) {
            var random = new Random(seed);
            patched(random(random), random(random));
        }
    }

    @Test
    void patchFindsANameWithSpaces() throws Exception {
        Files.createDirectories(dir.resolve("my out"));
        patched("my out/x y.conf", "1\n", "2\n");
    }

    private static String random(Random random) {
        String[] lines = {"a", "b", "", "  }", "+", "-", "@@ -1 +1 @@", "\\ x", "é🦊", "x\r"};
        var text = new StringBuilder();
        int count = random.nextInt(25);
        for (int i = 0; i < count; i++) {
            text.append(lines[random.nextInt(lines.length)]).append('\n');
        }
        return random.nextInt(3) == 0 ? text.append("end").toString() : text.toString();
    }

    private static String text(String csv) {
        return csv.replace('|', '\n').replace('%', '\r');
    }

    private void patched(String before, String after) throws Exception {
        patched("x.conf", before, after);
    }

    private void patched(String name, String before, String after) throws IOException, InterruptedException {
        Path file = dir.resolve(name);
        Files.writeString(file, before);
        String diff = UnifiedDiff.of(name, name, before, after);
        Path patch = Files.writeString(dir.resolve("diff"), diff);
        if (!diff.isEmpty()) {
            Process process = new ProcessBuilder("patch", "--binary", "-p1", "-i", patch.toString())
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("log").toFile())
                    .start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as("%s%n%s", diff, Files.readString(dir.resolve("log")))
                    .isZero();
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "").as(diff).isEqualTo(after);
    }
}
