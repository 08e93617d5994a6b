package io.stretchc.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that want the same release, with a stand-in for Go that takes until the others wait for it. */
class ConcurrentFetchIT {
    @TempDir
    private Path directory;

    private record Run(Process process, Path out, Path err) {
        boolean waits() {
            try {
                return Files.readString(err).contains("another process is fetching it");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void severalProcessesFetchAReleaseOnce() throws Exception {
        Path log = directory.resolve("log");
        Path go = directory.resolve("go-on");
        Script.write(directory.resolve("bin/go"), """
                echo built >> "%s"
                mkdir -p "$GOBIN"
                n=0; while [ ! -e "%s" ] && [ $n -lt 600 ]; do sleep 0.1; n=$((n + 1)); done
                printf '#!/bin/sh\\necho "nats-server: v2.99.1"\\n' > "$GOBIN/nats-server"
                chmod +x "$GOBIN/nats-server\"""".formatted(log, go));
        Script.write(directory.resolve("bin/apt-get"), "echo no mirror >&2; exit 100");

        var runs = new ArrayList<Run>();
        try {
            for (int i = 0; i < 3; i++) {
                runs.add(start(i));
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> runs.stream().filter(Run::waits).count() == 2);
            Files.createFile(go);
            for (Run run : runs) {
                assertThat(run.process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            }
        } finally {
            runs.forEach(r -> r.process.destroyForcibly());
        }

        Path fetched = directory.resolve("cache/nats-server/2.99.1/nats-server");
        for (Run run : runs) {
            assertThat(run.err).content().doesNotContain("could not be had");
            assertThat(run.out).hasContent(fetched + "\n");
        }
        assertThat(log).hasContent("built");
        assertThat(Files.isExecutable(fetched)).isTrue();
    }

    private Run start(int number) throws IOException {
        Path out = directory.resolve(number + ".out");
        Path err = directory.resolve(number + ".err");
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.stretchc.cli.Main",
                        "lab",
                        "fetch",
                        "2.99.1"))
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        var environment = builder.environment();
        environment.clear();
        // a proxy that is not there: the release is not to be had, whatever the machine reaches
        environment.put("https_proxy", "http://127.0.0.1:1");
        environment.put("PATH", directory.resolve("bin") + ":/bin:/usr/bin");
        environment.put("STRETCHC_CACHE", directory.resolve("cache").toString());
        return new Run(builder.start(), out, err);
    }
}
