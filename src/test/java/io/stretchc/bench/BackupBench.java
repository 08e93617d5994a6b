package io.stretchc.bench;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.stretchc.real.Binaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Prints how long a backup of 100,000 messages with headers takes as a whole process, and getting it back, ours beside that
 * of the nats CLI, in one run against one server; and the memory of ours. The CLI is {@code STRETCHC_NATS_CLI}, else {@code nats}.
 */
public final class BackupBench {
    private static final int PORT = 20_700;
    private static final int MESSAGES = 100_000;
    private static final int BYTES = 1000;
    private static final String URL = "nats://127.0.0.1:" + PORT;

    private BackupBench() {}

    /** Takes about a minute for each version; versions are the arguments. */
    public static void main(String[] versions) throws Exception {
        for (String version : versions.length == 0 ? new String[] {"2.12.15", "2.15.1"} : versions) {
            Path work = Files.createTempDirectory("stretchc-backup-bench");
            try {
                run(version, work);
            } finally {
                remove(work);
            }
        }
    }

    private static void run(String version, Path work) throws Exception {
        Path conf = work.resolve("c.conf");
        Files.writeString(conf, """
                port: %d
                server_name: bench
                jetstream { store_dir: "%s" }
                system_account: SYS
                accounts {
                  SYS { users: [{user: sys, password: s}] }
                  A { jetstream: enabled, users: [{user: a, password: a}] }
                }
                """.formatted(PORT, work.resolve("js")));
        Path context = work.resolve("a.json");
        Files.writeString(context, "{\"url\":\"" + URL + "\",\"user\":\"a\",\"password\":\"a\"}");
        Process server = new ProcessBuilder(Binaries.of(version).toString(), "-c", conf.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            fill();
            Path ours = work.resolve("ours");
            Path theirs = work.resolve("theirs");
            String cli = System.getenv().getOrDefault("STRETCHC_NATS_CLI", "nats");
            Measured we = Measured.of(
                    List.of(
                            "./stretchc",
                            "backup",
                            "-s",
                            URL,
                            "--user",
                            "sys",
                            "--password",
                            "s",
                            "--account-context",
                            "A=" + context,
                            "--out",
                            ours.toString()),
                    3,
                    () -> remove(ours));
            Measured they = Measured.of(
                    List.of(
                            cli,
                            "--no-context",
                            "-s",
                            URL,
                            "--user",
                            "a",
                            "--password",
                            "a",
                            "stream",
                            "backup",
                            "big",
                            theirs.toString(),
                            "--consumers",
                            "--no-progress"),
                    3,
                    () -> remove(theirs));
            say(
                    "nats-server %s, %d messages: ours %.2f s and %d MB, the CLI %.2f s, %.1f times",
                    version,
                    MESSAGES,
                    we.wall().toMillis() / 1000.0,
                    we.peakKilobytes() / 1024,
                    they.wall().toMillis() / 1000.0,
                    we.times(they));
            Measured weRestore = Measured.of(
                    List.of(
                            "./stretchc",
                            "restore-stream",
                            ours.toString(),
                            "-s",
                            URL,
                            "--user",
                            "sys",
                            "--password",
                            "s",
                            "--account-context",
                            "A=" + context),
                    3,
                    BackupBench::delete);
            Measured theyRestore = Measured.of(
                    List.of(
                            cli,
                            "--no-context",
                            "-s",
                            URL,
                            "--user",
                            "a",
                            "--password",
                            "a",
                            "stream",
                            "restore",
                            theirs.toString(),
                            "--no-progress"),
                    3,
                    BackupBench::delete);
            say(
                    "restored, after it was read to its end: ours %.2f s and %d MB, the CLI without %.2f s, %.1f times",
                    weRestore.wall().toMillis() / 1000.0,
                    weRestore.peakKilobytes() / 1024,
                    theyRestore.wall().toMillis() / 1000.0,
                    weRestore.times(theyRestore));
        } finally {
            server.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
    }

    @SuppressWarnings("SystemOut") // a report for the person who runs it
    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    private static void fill() throws Exception {
        Connection c = connect();
        try {
            c.jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("big")
                            .subjects("big.*")
                            .storageType(StorageType.File)
                            .build());
            var random = new Random(1);
            var sent = new ArrayDeque<CompletableFuture<?>>();
            for (int i = 0; i < MESSAGES; i++) {
                byte[] data = new byte[BYTES];
                random.nextBytes(data);
                sent.add(c.jetStream()
                        .publishAsync(NatsMessage.builder()
                                .subject("big." + i % 10)
                                .headers(new Headers().add("Number", Integer.toString(i)))
                                .data(data)
                                .build()));
                if (sent.size() > 500) {
                    sent.remove().get(30, TimeUnit.SECONDS);
                }
            }
            while (!sent.isEmpty()) {
                sent.remove().get(30, TimeUnit.SECONDS);
            }
        } finally {
            c.close();
        }
    }

    private static void delete() throws IOException {
        try {
            Connection c = connect();
            c.jetStreamManagement().deleteStream("big");
            c.close();
        } catch (JetStreamApiException | InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static Connection connect() throws IOException, InterruptedException {
        Options options = Options.builder()
                .server(URL)
                .userInfo("a", "a")
                .connectionTimeout(Duration.ofSeconds(5))
                .maxReconnects(100)
                .reconnectWait(Duration.ofMillis(100))
                .build();
        return Nats.connectReconnectOnConnect(options);
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
