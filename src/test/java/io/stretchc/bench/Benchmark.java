package io.stretchc.bench;

import io.stretchc.Topologies;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints how long commands take as whole processes, beside a hello-world of the same Java platform. */
public final class Benchmark {
    private static final List<Integer> SERVERS = List.of(250, 500, 1000, 2000);
    private static final List<Integer> LOST = List.of(1000, 10_000, 100_000);
    private static final List<Integer> STREAMS = List.of(1000, 5000, 10_000);

    private final Path work;

    private Benchmark(Path work) {
        this.work = work;
    }

    /** Runs all measurements; takes about two minutes. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("stretchc-bench");
        try {
            new Benchmark(work).run();
        } finally {
            remove(work);
        }
    }

    private void run() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        say("Java %s, %d processors; medians of whole processes", System.getProperty("java.version"), cores());
        say("%-34s %9s %9s %9s %12s", "", "wall s", "peak MB", "x hello", "ns per byte");
        List<String> hello = List.of(java, "-cp", "target/test-classes", "io.stretchc.bench.Hello");
        Measured base = Measured.of(hello, 11, () -> {});
        row("hello-world JVM", base, base, 0);
        row("explain QM102", Measured.of(List.of("./stretchc", "explain", "QM102"), 7, () -> {}), base, 0);
        String stretch = "topologies/stretch.yaml";
        row("validate stretch.yaml", Measured.of(List.of("./stretchc", "validate", stretch), 7, () -> {}), base, 0);
        Path out = work.resolve("out");
        List<String> compile = List.of("./stretchc", "compile", stretch, "--out", out.toString());
        row("compile stretch.yaml", Measured.of(compile, 11, () -> remove(out)), base, 0);
        for (int servers : SERVERS) {
            large(servers, base, out);
        }
        for (int streams : STREAMS) {
            observed(java, streams, base);
        }
        for (int streams : LOST) {
            planned(streams, base);
        }
    }

    /** With the heap that a machine of an operator has to spare, and the flags of the launcher. */
    private static void observed(String java, int streams, Measured base) throws IOException, InterruptedException {
        List<String> command = List.of(
                java,
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                "target/test-classes" + File.pathSeparator + "target/stretchc.jar",
                "io.stretchc.bench.ManyObserved",
                Integer.toString(streams));
        Measured measured = Measured.of(command, 3, () -> {});
        say(
                "%-34s %9.3f %9d %9.1f %12s",
                String.format(Locale.ROOT, "observe %,d streams, 512 MB heap", streams),
                measured.wall().toNanos() / 1e9,
                measured.peakKilobytes() / 1024,
                measured.times(base),
                String.format(Locale.ROOT, "%.0f us each", measured.wall().toNanos() / 1e3 / streams));
    }

    /** From a snapshot after the loss of a site, proof and file included. */
    private void planned(int streams, Measured base) throws IOException, InterruptedException {
        Path topology = Files.writeString(work.resolve("stretch.yaml"), Topologies.STRETCH);
        Path snapshot = work.resolve("lost.json");
        ManyPlanned.write(streams, snapshot);
        List<String> command = List.of(
                "env",
                "STRETCHC_JAVA_OPTS=-Xmx512m",
                "./stretchc",
                "plan",
                "recover",
                "--lost",
                "us",
                topology.toString(),
                "--snapshot",
                snapshot.toString(),
                "-o",
                work.resolve("plan.yaml").toString());
        Measured measured = Measured.of(command, 3, () -> {});
        say(
                "%-34s %9.3f %9d %9.1f %12s",
                String.format(Locale.ROOT, "plan for %,d streams, 512 MB heap", streams),
                measured.wall().toNanos() / 1e9,
                measured.peakKilobytes() / 1024,
                measured.times(base),
                String.format(Locale.ROOT, "%.0f us each", measured.wall().toNanos() / 1e3 / streams));
    }

    private void large(int servers, Measured base, Path out) throws IOException, InterruptedException {
        Path topology = Files.writeString(work.resolve("big.yaml"), LargeTopology.of(servers));
        List<String> compile = List.of("./stretchc", "compile", topology.toString(), "--out", out.toString());
        Measured measured = Measured.of(compile, 3, () -> remove(out));
        row(String.format(Locale.ROOT, "compile %,d servers in 10 sites", servers), measured, base, bytes(out));
    }

    private static void row(String work, Measured m, Measured base, long bytes) {
        String perByte = bytes == 0
                ? ""
                : String.format(Locale.ROOT, "%.1f", (double) m.wall().toNanos() / bytes);
        say(
                "%-34s %9.3f %9d %9.1f %12s%s",
                work,
                m.wall().toNanos() / 1e9,
                m.peakKilobytes() / 1024,
                m.times(base),
                perByte,
                bytes == 0 ? "" : String.format(Locale.ROOT, "  (%.1f MB)", bytes / 1e6));
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @SuppressWarnings("SystemOut") // a report for the person who runs it
    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
