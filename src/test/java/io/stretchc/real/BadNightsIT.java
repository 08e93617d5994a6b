package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong besides the loss of a site, while {@code apply} is asked to mend it (2.10.27). */
@DisabledOnOs(OS.WINDOWS)
final class BadNightsIT {
    private static final int PORTS = 17_700;
    private static final List<String> SURVIVORS = List.of("emea_1", "emea_2", "emea_3");

    /** Nothing of this may change anything; what is in the way is taken out of it, and the plan comes to its end. */
    @Test
    void nothingIsDoneBeforeAllIsAsItShouldBe(@TempDir Path home) throws Exception {
        try (var night = Nights.up(home, PORTS, "2.10.27")) {
            night.lose();
            String before = night.state();

            withoutLeave(night);
            withAnotherPlan(night);
            withAnotherTopology(night);
            withOtherJournals(night);
            withAFullDisk(night);
            withWrongCredentials(night);
            assertThat(night.state()).isEqualTo(before);
            assertThat(night.events("call")).isEmpty();

            afterChanges(night);
            assertThat(night.events("call")).isEmpty();
            assertThat(night.apply().code()).isZero();
            night.assertRecovered(SURVIVORS);
            Stretchc again = night.apply();
            assertThat(again.code()).isZero();
            assertThat(again.err()).contains("Nothing to do: this plan was applied to its end at ");
        }
    }

    private static void withoutLeave(Nights night) throws IOException {
        String plan = night.plan().toString();
        String id = night.id().substring(0, 12);
        refused(
                night,
                night.run("apply", plan, "--attest-lost", "us", "--reason", "a test"),
                "Nobody approved the plan",
                "--approve " + id);
        refused(
                night,
                night.run("apply", plan, "--approve", "0123456789ab", "--attest-lost", "us", "--reason", "a test"),
                "The approval is of `0123456789ab`, and this plan is sha256:" + id);
        refused(night, night.run("apply", plan, "--approve", id.substring(0, 8)), "at least 12 digits");
        refused(
                night,
                night.run("apply", plan, "--yes", "--attest-lost", "us", "--reason", "a test"),
                "`--yes` does not approve what cannot be undone",
                "5 such steps, the first `move-acc1-foo`");
        refused(night, night.run("apply", plan, "--approve", id), "Nobody says that the site `us` is gone");
        refused(
                night,
                night.run("apply", plan, "--approve", id, "--attest-lost", "emea", "--reason", "a test"),
                "does not ask whether the site `emea` is lost");
        Stretchc unreasoned = night.run("apply", plan, "--approve", id, "--attest-lost", "us");
        assertThat(unreasoned.code()).isEqualTo(2);
        Stretchc dry = night.run("apply", plan, "--dry-run");
        assertThat(dry.code()).as(dry.toString()).isZero();
        assertThat(dry.out()).contains("[1/14] census: is so already", "remove-us_1: waits for: ");
        assertThat(night.journal())
                .satisfiesAnyOf(
                        j -> assertThat(j).doesNotExist(), j -> assertThat(j).isEmptyFile());
    }

    private static void withAnotherPlan(Nights night) throws IOException {
        String good = Files.readString(night.plan());
        int first = good.indexOf("format:");
        for (int i = 0; i < 24; i++) {
            int at = first + (int) ((long) i * (good.length() - first - 1) / 23);
            char c = good.charAt(at);
            String edited = good.substring(0, at) + (c == 'x' ? 'y' : 'x') + good.substring(at + 1);
            Files.writeString(night.plan(), edited);
            Stretchc invalid = night.run(
                    "apply",
                    night.plan().toString(),
                    "--approve",
                    "000000000000",
                    "--attest-lost",
                    "us",
                    "--reason",
                    "a");
            assertThat(invalid.code()).as("byte " + at + ", " + invalid).isEqualTo(1);
            assertThat(invalid.err()).as("byte " + at).contains("plan.yaml");
        }
        Files.writeString(night.plan(), good);
    }

    private static void withAnotherTopology(Nights night) throws IOException {
        Path file = Path.of(night.topology());
        String good = Files.readString(file);
        Files.writeString(file, good.replace("fallbacks: [emea, us]", "fallbacks: [us, emea]"));
        refused(night, night.apply(), "is not the one that the plan was made from: it was changed since");
        Files.delete(file);
        refused(night, night.apply(), "is not found: name it with `--topology`");
        Files.writeString(file, good);
    }

    private static void withOtherJournals(Nights night) throws IOException {
        String opened = "{\"n\":1,\"at\":\"2026-01-31T12:00:00Z\",\"event\":\"opened\",\"format\":1,\"plan\":\"sha256:"
                + "0".repeat(64)
                + "\",\"cluster\":\"STRETCH\",\"scenario\":\"recover\",\"subject\":\"us\",\"steps\":14}\n";
        for (String text : List.of(opened, "{\n", opened.replace("\"n\":1", "\"n\":2"), "all done\n")) {
            Files.writeString(night.journal(), text);
            Stretchc refused = night.apply();
            assertThat(refused.code()).as(text + refused).isEqualTo(4);
            assertThat(refused.err()).contains("The journal ");
            assertThat(night.journal()).hasContent(text);
        }
        Files.delete(night.journal());
    }

    private static void withAFullDisk(Nights night) throws Exception {
        Process full =
                night.start(List.of("bash", "-c", "set -o pipefail; (ulimit -f 0; exec \"$@\") 2>&1 | cat", "bash"));
        assertThat(full.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(full.exitValue()).as(Files.readString(night.said())).isEqualTo(6);
        assertThat(Files.readString(night.said())).contains("The journal ", "cannot be written: ", "Nothing was done.");
        assertThat(night.journal()).isEmptyFile();
        Stretchc device = night.apply("--journal", "/dev/full");
        assertThat(device.code()).as(device.toString()).isEqualTo(6);
        assertThat(device.err()).contains("The journal `/dev/full` cannot be used", "Nothing was done.");
    }

    private static void withWrongCredentials(Nights night) throws IOException {
        Stretchc wrong =
                night.apply("--server", "127.0.0.1:" + PORTS, "--user", "admin", "--password", "old", "--copies-made");
        assertThat(wrong.code()).as(wrong.toString()).isEqualTo(6);
        assertThat(wrong.err()).contains("refuses the credentials (user admin)");
        assertThat(night.entries()).isEmpty();
    }

    /** A survivor that is gone, and a lost site that is not: the plan does not fit any more. */
    private static void afterChanges(Nights night) throws IOException {
        night.good("lab", "kill", "emea_2");
        refused(night, night.apply(), "ounts on `emea_2`, and there is no answer from it.");
        night.good("lab", "start", "emea_2");

        night.good("lab", "start", "us");
        String before = night.state();
        refused(night, night.apply(), "`us_1`");
        assertThat(night.state()).isEqualTo(before);
        night.good("lab", "kill", "us");
    }

    private static void refused(Nights night, Stretchc run, String... texts) throws IOException {
        assertThat(run.code()).as(run.toString()).isEqualTo(4);
        assertThat(run.err()).contains(texts);
        assertThat(night.entries()).isEmpty();
    }

    /** All that may happen half-way, in one recovery. */
    @Test
    void whatHappensHalfWayIsSaidAndWhenItIsMendedItGoesOn(@TempDir Path home) throws Exception {
        try (var night = Nights.up(home, PORTS, "2.10.27")) {
            night.lose();
            paused(night, "copy-stores");
            theArbiterCannotStart(night);
            paused(night, "start-emea_4");
            theSiteIsBack(night);
            theLastLineIsCut(night);
            theJournalIsEdited(night);
            twoAtOnce(night);
            paused(night, "move-acc1-foo");
            aSurvivorDies(night);
            theDiskIsFull(night);
            theCredentialsAreOld(night);
            interrupted(night);
            Stretchc end = night.apply();
            assertThat(end.code()).as(end.toString()).isZero();
            night.assertRecovered(SURVIVORS);
        }
    }

    private static void paused(Nights night, String step) throws IOException {
        Stretchc paused = night.apply("--pause-after", step);
        for (int i = 0; i < 3 && paused.err().contains("Step `await-leader` was not done within 30 s"); i++) {
            paused =
                    night.apply("--pause-after", step); // a dead leader is named for 20 s, and an election takes 4 to 9
        }
        assertThat(paused.code()).as(paused.toString()).isEqualTo(5);
        assertThat(paused.err()).contains("paused after `" + step + "`; apply again to go on.");
        assertThat(night.events("done")).contains("done " + step);
    }

    private static void theArbiterCannotStart(Nights night) throws IOException {
        int port = arbiterPort(night);
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            Stretchc stopped = night.apply();
            assertThat(stopped.code()).as(stopped.toString()).isEqualTo(5);
            assertThat(stopped.err())
                    .contains(
                            "Step `start-emea_4` cannot be done: ",
                            Integer.toString(port),
                            "Mend that, and apply again");
        }
        assertThat(night.events("done")).doesNotContain("done start-emea_4");
    }

    private static int arbiterPort(Nights night) throws IOException {
        try (var files = Files.walk(night.home())) {
            Path file = files.filter(f -> f.endsWith("arbiters/emea_4.conf"))
                    .findFirst()
                    .orElseThrow();
            String listen = Files.readString(file).replaceAll("(?s).*?\nlisten: *\"?[^:\n]*:(\\d+).*", "$1");
            return Integer.parseInt(listen);
        }
    }

    private static void theSiteIsBack(Nights night) throws IOException {
        night.good("lab", "start", "us");
        int calls = night.events("call").size();
        String before = night.state();
        Stretchc refused = night.apply();
        assertThat(refused.code()).as(refused.toString()).isEqualTo(4);
        assertThat(refused.err())
                .contains(
                        "`us_1`, `us_2`, `us_3` of the site `us`, which is called lost, answer.",
                        "Nothing more is done.");
        assertThat(night.events("call")).hasSize(calls);
        assertThat(night.state()).isEqualTo(before);
        night.good("lab", "kill", "us");
    }

    private static void theLastLineIsCut(Nights night) throws IOException {
        int whole = night.entries().size();
        Files.writeString(night.journal(), "{\"n\":" + (whole + 1) + ",\"at\":\"2026-", StandardOpenOption.APPEND);
        paused(night, "await-leader");
        assertThat(night.entries()).hasSizeGreaterThan(whole);
    }

    /** Whoever makes a step done by hand, or takes one away, is found out. */
    private static void theJournalIsEdited(Nights night) throws IOException {
        String good = Files.readString(night.journal());
        for (String edited : List.of(
                good.replace("\"step\":\"copy-stores\",\"ms\"", "\"step\":\"remove-us_1\",\"ms\""),
                good.replace("\"reason\":\"a test\"", "\"reason\":\"a fire\""),
                good.replaceFirst("\"sum\":\"\\w", "\"sum\":\"_"),
                good.replaceFirst("(?m)^.*\"event\":\"attested\".*\n", ""))) {
            assertThat(edited).isNotEqualTo(good);
            Files.writeString(night.journal(), edited);
            Stretchc refused = night.apply();
            assertThat(refused.code()).as(refused.toString()).isEqualTo(4);
            assertThat(refused.err()).contains("cannot be relied on. Line ");
            assertThat(night.journal()).hasContent(edited);
        }
        Files.writeString(night.journal(), good);
    }

    /** The first waits for a survivor that is away; others are refused, whatever journal they name. */
    private static void twoAtOnce(Nights night) throws Exception {
        night.good("lab", "kill", "emea_3");
        int runs = night.events("run").size();
        Process first = night.start("--pause-after", "await-leader");
        await().atMost(Duration.ofSeconds(30)).until(() -> night.events("run").size() > runs);
        Stretchc same = night.apply();
        assertThat(same.code()).as(same.toString()).isEqualTo(4);
        assertThat(same.err()).contains("Another apply works with the journal ");
        Stretchc other =
                night.apply("--journal", night.home().resolve("other.jsonl").toString());
        assertThat(other.code()).as(other.toString()).isEqualTo(4);
        assertThat(other.err()).contains("Another apply works on this cluster now: run ");
        assertThat(first.isAlive()).isTrue();
        night.good("lab", "start", "emea_3");
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).as(Files.readString(night.said())).isEqualTo(5);
        assertThat(Files.readString(night.said())).contains("paused after `await-leader`");
    }

    private static void aSurvivorDies(Nights night) throws IOException {
        night.good("lab", "kill", "emea_2");
        Stretchc stopped = night.apply();
        assertThat(stopped.code()).as(stopped.toString()).isEqualTo(5);
        assertThat(stopped.err())
                .contains("Step `census` was not done within 30 s: it is not seen that `emea_2` answers.");
        night.good("lab", "start", "emea_2");
    }

    /** A file may have one or two kilobytes more than the journal has: something is written, and then no more. */
    private static void theDiskIsFull(Nights night) throws Exception {
        long blocks = Files.size(night.journal()) / 1024 + 2;
        int calls = night.events("call").size();
        Process full =
                night.start(List.of("bash", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "bash"), "--no-copy-stores");
        assertThat(full.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(full.exitValue()).as(Files.readString(night.said())).isEqualTo(5);
        assertThat(Files.readString(night.said()))
                .contains("cannot be written: ", "Nothing is done that the journal does not know of.");
        assertThat(Files.readString(night.journal(), StandardCharsets.UTF_8)).endsWith("}\n");
        assertThat(night.events("call").size() - calls).isLessThan(8);
        assertThat(night.events("done")).doesNotContain("done stop-emea_4");
    }

    private static void theCredentialsAreOld(Nights night) throws IOException {
        int calls = night.events("call").size();
        Stretchc wrong =
                night.apply("--server", "127.0.0.1:" + PORTS, "--user", "admin", "--password", "old", "--copies-made");
        assertThat(wrong.code()).as(wrong.toString()).isEqualTo(6);
        assertThat(night.events("call")).hasSize(calls);
    }

    /** Ctrl-C, while it waits for a survivor. */
    private static void interrupted(Nights night) throws Exception {
        night.good("lab", "kill", "emea_3");
        int runs = night.events("run").size();
        Process apply = night.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> night.events("run").size() > runs);
        new ProcessBuilder("kill", "-INT", Long.toString(apply.pid())).start().waitFor();
        assertThat(apply.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(apply.exitValue()).as(Files.readString(night.said())).isEqualTo(5);
        assertThat(Files.readString(night.said())).contains("interrupted; apply again to go on");
        night.good("lab", "start", "emea_3");
    }
}
