package io.stretchc.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A nats-server process that a test started, and the only kind it ever ends. */
final class RealServer implements AutoCloseable {
    private final String name;
    private final String file;
    private final Process process;
    private final Path log;

    private RealServer(String name, String file, Process process, Path log) {
        this.name = name;
        this.file = file;
        this.process = process;
        this.log = log;
    }

    /** Starts a server with a file of a compiled directory; relative paths in it are those of {@code home}. */
    static RealServer start(Path binary, Path compiled, String file, Path home, Map<String, String> environment)
            throws IOException {
        Path configuration = compiled.resolve(file);
        String name = file.replaceAll("^.*/|\\.conf$", "");
        Path log = home.resolve(name + ".log");
        var builder = new ProcessBuilder(
                        binary.toString(), "-c", configuration.toAbsolutePath().toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new RealServer(name, file, builder.start(), log);
    }

    String name() {
        return name;
    }

    /** Its configuration, below the compiled directory. */
    String file() {
        return file;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** What the server wrote so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Ends the process at once, as a power cut would. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
