package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The {@code nats} command line tool, where the machine has it: {@code STRETCHC_NATS_CLI}, else on PATH. */
record NatsCli(Path executable, Path directory) {
    static Optional<Path> find() {
        String named = System.getenv().getOrDefault("STRETCHC_NATS_CLI", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .map(p -> Path.of(p, "nats"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    JsonNode json(String... arguments) throws IOException, InterruptedException {
        return SystemView.json(text(arguments));
    }

    String text(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(executable.toString(), "--no-context"));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("nats.out");
        Path err = directory.resolve("nats.err");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> command + ": " + read(err)).isZero();
        return Files.readString(out);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "(unreadable)";
        }
    }
}
