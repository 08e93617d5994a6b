package io.stretchc.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a command took as a whole process, the median of several runs.
 *
 * @param wall from start to end
 * @param peakKilobytes most memory that was resident
 */
record Measured(Duration wall, long peakKilobytes) {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What has to be so before each run. */
    interface Preparation {
        void prepare() throws IOException;
    }

    /** Runs a command once unmeasured and then several times. */
    static Measured of(List<String> command, int runs, Preparation before) throws IOException, InterruptedException {
        before.prepare();
        once(command);
        var all = new ArrayList<Measured>();
        for (int i = 0; i < runs; i++) {
            before.prepare();
            all.add(once(command));
        }
        all.sort(Comparator.comparing(Measured::wall));
        return all.get(runs / 2);
    }

    double times(Measured other) {
        return (double) wall.toNanos() / other.wall.toNanos();
    }

    private static Measured once(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long peak = 0;
        while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakOf(process.pid()));
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                process.destroyForcibly();
                throw new IOException("took longer than " + LIMIT + ": " + command);
            }
        }
        var wall = Duration.ofNanos(System.nanoTime() - start);
        if (process.exitValue() != 0) {
            throw new IOException("ended with " + process.exitValue() + ": " + command);
        }
        return new Measured(wall, peak);
    }

    /** The kernel's high-water mark, which only grows; 0 when the process is gone already. */
    private static long peakOf(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
