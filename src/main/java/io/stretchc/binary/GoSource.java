package io.stretchc.binary;

import io.stretchc.topology.ServerVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds the release from source with the machine's Go, as the project builds it: without cgo, paths trimmed. The version
 * number is in the source (server/const.go), so the binary answers with it.
 */
final class GoSource implements BinarySource {
    /** Measured: 67 s with nothing cached on two busy cores. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Map<String, String> environment;
    private final SearchPath path;

    GoSource(Map<String, String> environment) {
        this.environment = environment;
        this.path = new SearchPath(environment);
    }

    @Override
    public SourceName name() {
        return SourceName.GO;
    }

    @Override
    public Path get(ServerVersion version, Path work) throws SourceFault {
        Path bin = work.resolve("bin");
        var own = new TreeMap<>(environment);
        own.put("GOBIN", bin.toString());
        own.put("CGO_ENABLED", "0");
        // with another target than this machine `go install` refuses GOBIN, and the result could not be asked
        own.remove("GOOS");
        own.remove("GOARCH");
        String suffix = version.major() < 2 ? "" : "/v" + version.major();
        String module = "github.com/nats-io/nats-server" + suffix + "@v" + version;
        ProcessResult result = new ProcessRunner(own)
                .run(List.of(path.need("go"), "install", "-trimpath", "-ldflags=-w", module), work, LIMIT);
        if (!result.ok()) {
            throw new SourceFault(result.reason());
        }
        return bin.resolve("nats-server");
    }
}
