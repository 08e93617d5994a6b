package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.codec.Forgery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plans that somebody edited and gave the id of their new content. Each is shown in every form, or refused as no plan, and
 * no shell does what a name or a text in one says.
 */
class ForgedPlanTest {
    private static final List<String> FORMATS = List.of("text", "markdown", "json", "html", "shell");
    private static final String PWN = "x'\"; touch pwned; $(touch pwned) `touch pwned` & touch pwned\ntouch pwned\n#";

    /** Answers as a cluster does in which all is well, so that a script goes on. */
    private static final String NATS = """
            #!/bin/sh
            case "$1 $2 $3" in
              "server request jetstream")
                echo '{"server":{"name":"emea_1","cluster":"STRETCH"},"data":{"meta_cluster":{"leader":"emea_1","cluster_size":1}}}' ;;
            esac
            """;

    @TempDir
    private Path home = Path.of("");

    static Stream<Path> plans() throws IOException {
        try (var files = Files.list(Path.of("src/test/golden/plan"))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void aListThatIsEmpty(Path plan) throws IOException {
        List<Forgery.Edit> edits = Forgery.emptied(Files.readString(plan));

        assertThat(edits).hasSizeGreaterThan(20);
        edits.forEach(this::shownOrRefused);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void aTextThatIsEmptyOrHostile(Path plan) throws IOException {
        List<Forgery.Edit> edits = Forgery.retold(
                Files.readString(plan),
                List.of("", "\n", "-x", PWN, "\u0000\u001b[2J\u202e", "\ud800", "é".repeat(5_000)));

        assertThat(edits).hasSizeGreaterThan(30);
        edits.forEach(this::shownOrRefused);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void aNumberThatIsNone(Path plan) throws IOException {
        String yaml = Files.readString(plan);
        for (long number : new long[] {0, -1, Integer.MAX_VALUE, 999_999_999_999_999_999L, -999_999_999_999_999_999L}) {
            Forgery.renumbered(yaml, number).forEach(this::shownOrRefused);
        }
    }

    /** The script is run through to its end, whatever fails on the way. */
    @ParameterizedTest
    @MethodSource("plans")
    void noShellDoesWhatAForgedTextSays(Path plan) throws Exception {
        Path bin = Files.createDirectories(home.resolve("bin"));
        executable(bin.resolve("nats"), NATS);
        executable(bin.resolve("sleep"), "#!/bin/sh\n");
        String forged = Forgery.retold(
                Files.readString(plan), PWN, e -> show(e.yaml(), "shell").exit() == 0);

        String script = show(forged, "shell").out();

        assertThat(script.split("touch pwned", -1)).hasSizeGreaterThan(50);
        Path file = Files.writeString(home.resolve("plan.sh"), unstoppable(script));
        assertThat(sh(bin, "-n", file.toString())).isZero();
        sh(bin, file.toString());
        assertThat(home.resolve("pwned")).as(script).doesNotExist();
        assertThat(home.resolve("end")).as(script).exists();
    }

    private void shownOrRefused(Forgery.Edit edit) {
        for (String format : FORMATS) {
            Invocation shown = show(edit.yaml(), format);
            assertThat(shown.exit())
                    .as("%s as %s: %s", edit.place(), format, shown.err())
                    .isIn(0, 1);
            if (shown.exit() == 1) {
                assertThat(shown.out()).isEmpty();
                assertThat(shown.err())
                        .contains("This is not a plan that can be relied on")
                        .hasLineCount(1);
                return; // it is refused as it is read
            }
        }
    }

    private static Invocation show(String yaml, String format) {
        var in = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
        return Invocation.of(in, "show", "-", "--format", format);
    }

    /** No failure ends it, and nothing is tried twice. */
    private static String unstoppable(String script) {
        return script.replace("exit 5; }", "}")
                        .replace("limit=$(($(date +%s) + seconds))", "limit=0")
                        .replace("until \"$@\"; do\n", "until \"$@\"; do\n    break\n")
                        .replace("; do\n  tries=", "; :; do\n  tries=")
                + "touch end\n";
    }

    private static void executable(Path file, String text) throws IOException {
        assertThat(Files.writeString(file, text).toFile().setExecutable(true)).isTrue();
    }

    private int sh(Path bin, String... words) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                Stream.concat(Stream.of("sh"), Stream.of(words)).toList());
        builder.directory(home.toFile());
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("BACKUPS", home.toString());
        builder.redirectErrorStream(true).redirectOutput(home.resolve("out").toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
