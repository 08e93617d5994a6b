package io.stretchc.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that want the same release, with a stand-in for Go that takes its time. */
class ConcurrentFetchIT {
    @TempDir
    private Path directory;

    @Test
    void severalProcessesFetchAReleaseOnce() throws Exception {
        Path log = directory.resolve("log");
        Script.write(directory.resolve("bin/go"), """
                echo built >> "%s"
                mkdir -p "$GOBIN"; sleep 2
                printf '#!/bin/sh\\necho "nats-server: v2.99.1"\\n' > "$GOBIN/nats-server"
                chmod +x "$GOBIN/nats-server\"""".formatted(log));
        Script.write(directory.resolve("bin/apt-get"), "echo no mirror >&2; exit 100");
        var environment = Map.of(
                // a proxy that is not there: the release is not to be had, whatever the machine reaches
                "https_proxy",
                "http://127.0.0.1:1",
                "PATH",
                directory.resolve("bin") + ":/bin:/usr/bin",
                "STRETCHC_CACHE",
                directory.resolve("cache").toString());
        var runner = new ProcessRunner(environment);
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.stretchc.cli.Main",
                "lab",
                "fetch",
                "2.99.1");

        var runs = new ArrayList<CompletableFuture<ProcessResult>>();
        for (int i = 0; i < 3; i++) {
            runs.add(CompletableFuture.supplyAsync(() -> runner.run(command, directory, Duration.ofMinutes(2))));
        }
        List<ProcessResult> results = runs.stream().map(CompletableFuture::join).toList();

        assertThat(results).allSatisfy(r -> {
            assertThat(r.err()).doesNotContain("could not be had");
            assertThat(r.out()).isEqualTo(directory.resolve("cache/nats-server/2.99.1/nats-server") + "\n");
        });
        assertThat(log).hasContent("built");
        assertThat(results.stream().map(ProcessResult::err))
                .anyMatch(e -> e.contains("another process is fetching it"));
        assertThat(Files.isExecutable(directory.resolve("cache/nats-server/2.99.1/nats-server")))
                .isTrue();
    }
}
