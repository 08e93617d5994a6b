package io.stretchc.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stretchc.codec.LedgerCodec;
import io.stretchc.ledger.Audit;
import io.stretchc.ledger.AuditReport;
import io.stretchc.ledger.Book;
import io.stretchc.ledger.Kind;
import io.stretchc.ledger.Readback;
import io.stretchc.ledger.StreamCopies;
import io.stretchc.load.ScriptedWire.Reply;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the load does with the answers that it gets. */
class LoadTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path home;

    @Test
    void repeatsWhatIsNotAcknowledgedUntilItIs() throws Exception {
        var wire = new ScriptedWire(
                Kind.LOG,
                n -> n % 5 == 0
                        ? Reply.REFUSED
                        : n % 7 == 0 ? Reply.STORED_AND_SILENT : n % 11 == 0 ? Reply.SILENT : Reply.STORED);

        AuditReport report = run(wire, Kind.LOG, Duration.ofMillis(700), LONG);

        var s = report.streams().get(0);
        assertThat(report.verdict()).isEqualTo(AuditReport.Verdict.KEPT);
        assertThat(s.counts().messages()).isGreaterThan(50);
        assertThat(s.counts().acked()).isEqualTo(s.counts().messages());
        assertThat(s.counts().attempts()).isGreaterThan(s.counts().messages());
        assertThat(s.counts().refusals()).isPositive();
        assertThat(s.counts().timeouts()).isPositive();
        assertThat(report.moves()).extracting(m -> m.server()).containsExactly("emea_1", "us_1");
    }

    @Test
    void neverHasTwoMessagesOfOneKeyOpen() throws Exception {
        var wire = new ScriptedWire(Kind.LATEST, n -> n % 3 == 0 ? Reply.REFUSED : Reply.STORED);

        run(wire, Kind.LATEST, Duration.ofMillis(700), LONG);

        var last = new TreeMap<String, Long>();
        for (int i = 0; i < wire.stored().size(); i++) {
            long counter = Long.parseLong(wire.stored().get(i).replaceFirst(".* ", ""));
            Long before = last.put(wire.subjects().get(i), counter);
            assertThat(before == null || before < counter)
                    .as("%s: %s before %s", wire.subjects().get(i), before, counter)
                    .isTrue();
        }
        assertThat(last).hasSizeGreaterThan(16);
    }

    @Test
    void doesNotFloodAStreamThatAnswersNothing() throws Exception {
        var wire = new ScriptedWire(Kind.LOG, n -> Reply.REFUSED);

        AuditReport report = run(wire, Kind.LOG, Duration.ofMillis(800), Duration.ofSeconds(1));

        var s = report.streams().get(0);
        assertThat(s.counts().messages())
                .as("64 open messages of each of two writers")
                .isEqualTo(128);
        assertThat(s.counts().refused()).isEqualTo(128);
        assertThat(report.verdict()).isEqualTo(AuditReport.Verdict.KEPT);
    }

    @Test
    void countsWhyMessagesAreRefused() {
        var one = new Counted(9, 0, 0, 9, 0, new TreeMap<>(java.util.Map.of("b", 4L, "a", 4L, "c", 1L)));

        assertThat(one.commonest()).contains("a");
        assertThat(one.plus(one).reasons()).containsEntry("c", 2L);
        assertThat(new Counted().commonest()).isEmpty();
    }

    @Test
    void endsInOrderWhenItIsStopped() throws Exception {
        Path file = home.resolve("ledger.jsonl");
        try (var ledger = LedgerFile.create(file)) {
            var load = load(
                    new ScriptedWire(Kind.QUEUE, n -> Reply.STORED), ledger, Kind.QUEUE, Duration.ofHours(1), LONG);
            var running = CompletableFuture.supplyAsync(() -> {
                try {
                    return load.run(p -> ledger.flush());
                } catch (WireFault e) {
                    throw new AssertionError(e);
                }
            });
            await().until(() -> Files.size(file) > 1000);

            load.stop();

            assertThat(java.util.Objects.requireNonNull(running.get().get("LOAD"))
                            .acks())
                    .isPositive();
        }
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (InputStream in = Files.newInputStream(file)) {
            Book book = new LedgerCodec().read(in);
            assertThat(book.ended()).isTrue();
            assertThat(book.totals(0).taken()).isEqualTo(book.totals(0).acks());
        }
    }

    private AuditReport run(ScriptedWire wire, Kind kind, Duration length, Duration drain) throws Exception {
        Path file = home.resolve("ledger.jsonl");
        try (var ledger = LedgerFile.create(file)) {
            load(wire, ledger, kind, length, drain).run(p -> ledger.flush());
        }
        try (InputStream in = Files.newInputStream(file)) {
            Book book = new LedgerCodec().read(in);
            assertThat(book.ended()).isTrue();
            var copy = new Readback(book, "us_1");
            List<String> stored = wire.stored();
            for (int i = 0; i < stored.size(); i++) {
                copy.add(i + 1L, stored.get(i));
            }
            return Audit.of(book, List.of(new StreamCopies("LOAD", copy, List.of(), new TreeMap<>(), new TreeMap<>())));
        }
    }

    private static Load load(ScriptedWire wire, Journal ledger, Kind kind, Duration length, Duration drain) {
        var plan = new LoadPlan(
                "run1",
                "acc1",
                List.of(new Site("emea", List.of()), new Site("us", List.of())),
                List.of(new StreamSetup("LOAD", kind, List.of("load.*"), 3, List.of(), true, true)),
                1,
                400,
                length,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                drain);
        return new Load(plan, wire, ledger, System::nanoTime, () -> Instant.parse("2026-01-31T12:00:00Z"));
    }
}
