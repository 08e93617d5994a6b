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
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runbook run by a real shell, with a {@code nats} that notes how it is called and says what a healthy cluster says. */
class ShellPlanTest {
    /** {@code UP} answer, of whom {@code LEADER} names itself meta leader, of {@code SIZE} members, and lists {@code OTHERS}. */
    private static final String NATS = """
            #!/bin/sh
            { for word in "$@"; do printf '<%s>' "$word"; done; echo; } >> "$CALLS"
            answer() {
              printf '{"server":{"name":"%s","cluster":"STRETCH","domain":"hub"},"data":{"meta_cluster":{' "$1"
              printf '"name":"STRETCH",'
              [ -z "$LEADER" ] || printf '"leader":"%s",' "$LEADER"
              printf '"replicas":['
              [ "$1" != "$LEADER" ] || for other in $OTHERS; do printf '{"name":"%s","current":true,"active":1},' "$other"; done
              printf '],"cluster_size":%s,"quorum_needed":%s%s}}}\\n' "$SIZE" "$QUORUM" "$RESCUE"
            }
            case "$1 $2 $3" in
              "server request jetstream")
                for name in $UP; do answer "$name"; done ;;
              "stream info --json")
                printf '  "leader": "emea_1",\\n "current": true,\\n  "current": true\\n  "last_seq": %s,\\n' "$LAST" ;;
            esac
            """;

    private static final String NOW = """
            #!/bin/sh
            echo . >> "$CALLS.times"
            echo $(($(wc -l < "$CALLS.times") * 10))
            """;

    @TempDir
    Path temporary = Path.of("");

    private String nats = NATS;

    private final Map<String, String> environment = new TreeMap<>(Map.of(
            "UP", "emea_1 emea_2 emea_3",
            "LEADER", "emea_1",
            "OTHERS", "emea_2 emea_3",
            "SIZE", "3",
            "QUORUM", "2",
            "RESCUE", "",
            "LAST", "5"));

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.12.8", "2.12.15", "2.15.1"})
    void aPersonWhoAnswersGetsToTheEnd(String version) throws Exception {
        if (version.equals("2.12.15")) {
            environment.put("UP", "emea_1 emea_2 emea_3 us_1 us_2 us_3"); // the stand-ins run already
        }

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

    @ParameterizedTest
    @ValueSource(strings = {"2.10.27", "2.15.1"})
    void whoAnswersIsNotRemoved(String version) throws Exception {
        environment.put("OTHERS", "emea_2 emea_3 us_1 us_2 us_3");
        environment.put("UP", "emea_1 emea_2 emea_3 us_1");

        assertThat(follow(Night.recover(version))).isEqualTo(5);
        assertThat(out()).endsWith("stopped: us_1 answers: who answers is not removed\n");
        assertThat(calls()).noneMatch(c -> c.contains("peer-remove"));
    }

    @Test
    void whoIsSilentIsRemoved() throws Exception {
        environment.put("OTHERS", "emea_2 emea_3 us_1 us_2 us_3");

        assertThat(follow(Night.recover("2.15.1"))).isEqualTo(5);
        assertThat(out()).contains("stopped: not within 30 s: Remove us_1 from the meta group.");
        assertThat(calls()).contains("<server><raft><peer-remove><-f><us_1><--context=admin>");
    }

    /** Half of six is no majority: what it says it decides, nobody follows. Nor is it overruled while it is believed. */
    @Test
    void aLeaderThatLostItsFollowersIsNone() throws Exception {
        environment.put("OTHERS", "emea_2 emea_3 us_1 us_2 us_3");
        environment.put("SIZE", "6");
        environment.put("QUORUM", "4");

        assertThat(follow(Night.recover("2.15.1"))).isEqualTo(5);
        assertThat(out()).contains("stopped: not within 60 s: Lower the meta quorum to 3 (META.RESCUE).");
        assertThat(calls()).noneMatch(c -> c.contains("META.RESCUE"));
    }

    @Test
    void whenNobodyNamesALeaderTheQuorumIsLowered() throws Exception {
        environment.put("LEADER", "");
        environment.put("SIZE", "6");

        assertThat(follow(Night.recover("2.15.1"))).isEqualTo(5);
        assertThat(calls().stream().filter(c -> c.contains("META.RESCUE"))).hasSizeGreaterThan(1);
    }

    @Test
    void withALoweredQuorumItTakesFewerToFollow() throws Exception {
        environment.put("SIZE", "6");
        environment.put("QUORUM", "3");
        environment.put("RESCUE", ",\"rescue\":true");

        assertThat(follow(Night.recover("2.15.1"))).as(out()).isZero();
    }

    @Test
    void nothingIsForcedWhenTheLostAreBackAndNobodyLeads() throws Exception {
        environment.put("LEADER", "");
        environment.put("UP", "emea_1 emea_2 emea_3 us_2");

        assertThat(follow(Night.recover("2.15.1"))).isEqualTo(5);
        assertThat(out()).contains("one of these answers, and nothing is forced while who is called lost is there");
        assertThat(calls()).noneMatch(c -> c.contains("META.RESCUE"));
    }

    @Test
    void aCliThatShowsNoQuorumIsToldAsOne() throws Exception {
        String old = NATS.replace(",\"quorum_needed\":%s%s", "").replace(" \"$QUORUM\" \"$RESCUE\"", "");
        assertThat(old).isNotEqualTo(NATS);
        nats = old;

        assertThat(follow(Night.recover("2.15.1"))).isEqualTo(5);
        assertThat(out()).endsWith("stopped: this nats CLI is too old to show a lowered quorum\n");
    }

    @Test
    void whereNobodyAnswersNothingIsDone() throws Exception {
        environment.put("UP", "");

        assertThat(follow(Night.recover("2.15.1"))).isEqualTo(5);
        assertThat(out()).endsWith("stopped: no server answers\n");
        assertThat(calls()).noneMatch(c -> c.contains("META.RESCUE"));
    }

    /** Somebody wrote to a stream that is to come back from its backup. */
    @Test
    void whatIsInTheWayOfARestoreIsTold() throws Exception {
        assertThat(follow(Night.recoverFromBackup("2.10.27"))).isEqualTo(5);
        assertThat(out())
                .contains(
                        "stopped: it must hold before it that no server holds a message of the stream `usr3`, and it has"
                                + " some, up to a sequence before 44")
                .endsWith("delete the stream with `nats stream rm -f --context=APP usr3`, and run this again\n");
        assertThat(calls()).noneMatch(c -> c.startsWith("<stream><rm>") || c.startsWith("<stream><restore>"));
    }

    @Test
    void whatIsBackFromItsBackupIsLeft() throws Exception {
        environment.put("LAST", "44");

        assertThat(follow(Night.recoverFromBackup("2.10.27"))).as(out()).isZero();
        assertThat(calls()).noneMatch(c -> c.startsWith("<stream><rm>") || c.startsWith("<stream><restore>"));
    }

    private static Plan plan(World world) {
        return Night.planned(Night.result(world, Night.RICH, new Scenario.Recover(new SiteName("us")), null));
    }

    private List<String> run(Plan plan) throws IOException, InterruptedException {
        assertThat(follow(plan)).as(out()).isZero();
        return calls();
    }

    private int follow(Plan plan) throws IOException, InterruptedException {
        Path script = script(plan);
        assertThat(new ProcessBuilder("sh", "-n", script.toString()).start().waitFor())
                .isZero();
        return shell(script, "done\n".repeat(30));
    }

    private List<String> calls() throws IOException {
        return new ArrayList<>(Files.readAllLines(temporary.resolve("calls")));
    }

    private String out() throws IOException {
        return Files.exists(temporary.resolve("out")) ? Files.readString(temporary.resolve("out")) : "";
    }

    private Path script(Plan plan) throws IOException {
        return Files.writeString(
                temporary.resolve("plan.sh"), ShellPlan.render(new PlanView(plan, new PlanCodec().id(plan))));
    }

    private int shell(Path script, String answers) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(temporary.resolve("bin"));
        for (var tool :
                Map.of("nats", nats, "date", NOW, "sleep", "#!/bin/sh\n").entrySet()) {
            Path file = Files.writeString(bin.resolve(tool.getKey()), tool.getValue());
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        var builder = new ProcessBuilder("sh", script.toString()).directory(temporary.toFile());
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("BACKUPS", temporary.toString());
        builder.environment().putAll(environment);
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
