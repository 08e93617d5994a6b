package io.stretchc.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.codec.PlanCodec;
import io.stretchc.plan.Night;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Scenario;
import io.stretchc.status.World;
import io.stretchc.topology.SiteName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runbook run by a real shell, with a {@code nats} that notes how it is called and says what a healthy cluster says. */
class ShellPlanTest {
    private static final String NATS = """
            #!/bin/sh
            { for word in "$@"; do printf '<%s>' "$word"; done; echo; } >> "$CALLS"
            case "$1 $2 $3" in
              "server request jetstream")
                echo '{"data":{"meta_cluster":{"name":"T","leader":"emea_1","replicas":[{"name":"emea_2"}]}}}' ;;
              "stream info --json")
                printf '  "leader": "emea_1",\\n "current": true,\\n  "current": true\\n  "last_seq": 5,\\n' ;;
            esac
            """;

    @TempDir
    Path temporary = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.12.8", "2.12.15", "2.15.1"})
    void aPersonWhoAnswersGetsToTheEnd(String version) throws Exception {
        List<String> calls = run(Night.recover(version));

        assertThat(calls).contains("<stream><edit><-f><--tag=dc:2><--context=APP><foo>");
        assertThat(calls.get(0)).isEqualTo("<server><list><--context=admin>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's",
                "a\"b",
                "$(touch pwned)",
                "`touch pwned`",
                "a;touch pwned",
                "-f",
                "--help",
                "a b",
                "*",
                "$HOME",
                "\\",
                "'",
                "&touch pwned",
                "#x",
                "!x",
                "|touch pwned"
            })
    void aHostileNameIsOneWordAndNothingElse(String name) throws Exception {
        World world = Night.of("2.10.27");
        world.with(name, new World.Stream("emea_1", "us_1", "us_2"));
        world.stream(name).leader = null;
        world.stream(name).messages.remove("us_1");
        world.stream(name).messages.remove("us_2");

        List<String> calls = run(plan(world));

        String word = name.startsWith("-") ? "<--><" + name + ">" : "<" + name + ">";
        assertThat(calls).contains("<stream><edit><-f><--tag=dc:2><--context=APP>" + word);
        assertThat(temporary.resolve("pwned")).doesNotExist();
    }

    @Test
    void aNameWithALineEndIsRefusedBeforeItGetsHere() {
        World world = Night.of("2.10.27");
        world.with("a\nb", new World.Stream("emea_1", "us_1", "us_2"));

        assertThat(Night.refused(Night.result(world, Night.RICH, new Scenario.Recover(new SiteName("us")), null)))
                .isNotEmpty();
    }

    @Test
    void whoDoesNotAnswerDoneStopsIt() throws Exception {
        Path script = script(Night.recover("2.10.27"));

        assertThat(shell(script, "no\n")).isEqualTo(5);
    }

    private static Plan plan(World world) {
        return Night.planned(Night.result(world, Night.RICH, new Scenario.Recover(new SiteName("us")), null));
    }

    private List<String> run(Plan plan) throws IOException, InterruptedException {
        Path script = script(plan);
        assertThat(new ProcessBuilder("sh", "-n", script.toString()).start().waitFor())
                .isZero();
        assertThat(shell(script, "done\n".repeat(30))).isZero();
        return new ArrayList<>(Files.readAllLines(temporary.resolve("calls")));
    }

    private Path script(Plan plan) throws IOException {
        return Files.writeString(
                temporary.resolve("plan.sh"), ShellPlan.render(new PlanView(plan, new PlanCodec().id(plan))));
    }

    private int shell(Path script, String answers) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(temporary.resolve("bin"));
        Path nats = Files.writeString(bin.resolve("nats"), NATS);
        assertThat(nats.toFile().setExecutable(true)).isTrue();
        var builder = new ProcessBuilder("sh", script.toString()).directory(temporary.toFile());
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("CALLS", temporary.resolve("calls").toString());
        builder.redirectErrorStream(true)
                .redirectOutput(temporary.resolve("out").toFile());
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(answers.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("pipe"); // it ended before it read all
        }
        return process.waitFor();
    }
}
