package io.stretchc.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stretchc.binary.ProcessResult.Ending;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private final ProcessRunner runner = new ProcessRunner(Map.of("PATH", "/usr/bin:/bin", "WORD", "heard"));

    @TempDir
    private Path directory;

    private ProcessResult run(String body, Duration limit) {
        Path script = Script.write(directory.resolve("program"), body);
        return runner.run(List.of(script.toString(), "an argument; $(not run)"), directory, limit);
    }

    @Test
    void givesOutputMessagesAndExitStatus() {
        ProcessResult result = run("echo \"$1\"; echo \"$WORD in $(pwd -P)\" >&2; exit 7", LONG);

        assertThat(result)
                .extracting(ProcessResult::ending, ProcessResult::exit)
                .containsExactly(Ending.EXITED, 7);
        assertThat(result.out()).isEqualTo("an argument; $(not run)\n");
        assertThat(result.err())
                .startsWith("heard in /")
                .contains(directory.getFileName().toString());
    }

    @Test
    void givesTheProgramNothingButItsOwnEnvironment() {
        assertThat(run("env", LONG).out().lines().map(l -> l.replaceFirst("=.*", "")))
                .contains("PATH", "WORD")
                .doesNotContain("HOME", "JAVA_HOME");
    }

    @Test
    void standardInputIsAtItsEnd() {
        assertThat(run("cat; echo read", LONG).out()).isEqualTo("read\n");
    }

    @Test
    void keepsTheEndOfLongOutputAndNeverBlocks() {
        ProcessResult result = run("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo the end", LONG);

        assertThat(result.ok()).isTrue();
        assertThat(result.out()).hasSize(64 * 1024).endsWith("x\nthe end\n");
    }

    @Test
    void killsTheProgramAndItsDescendantsWhenItsTimeIsOver() throws Exception {
        ProcessResult result = run("(sh -c 'echo $$ > pid; exec sleep 600') & wait", Duration.ofSeconds(2));

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(result.reason()).isEqualTo("no end within the time limit");
        long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        await().untilAsserted(() ->
                assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty());
    }

    @Test
    void doesNotWaitForADescendantThatHoldsTheOutputOpen() throws Exception {
        ProcessResult result = run("sleep 600 & echo $! > pid; echo done", LONG);

        assertThat(result.ok()).isTrue();
        assertThat(result.out()).isEqualTo("done\n");
        long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void saysWhyAProgramCannotBeStarted() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "no program");

        ProcessResult result = runner.run(List.of(text.toString()), directory, LONG);

        assertThat(result.ending()).isEqualTo(Ending.NOT_STARTED);
        assertThat(result.reason()).contains("Permission denied").doesNotContain("Cannot run program");
    }

    @Test
    void theReasonIsTheLineThatIsMarkedAsAnErrorElseTheLast() {
        assertThat(run("echo 'E: no such package' >&2; echo 'W: odd' >&2; exit 1", LONG)
                        .reason())
                .isEqualTo("E: no such package");
        assertThat(run("echo one >&2; echo two >&2; echo >&2; exit 1", LONG).reason())
                .isEqualTo("two");
        assertThat(run("echo only this; exit 1", LONG).reason()).isEqualTo("only this");
        assertThat(run("exit 4", LONG).reason()).isEqualTo("ended with exit status 4");
    }
}
