package io.stretchc.real;

import io.nats.client.Options;
import io.stretchc.codec.SnapshotCodec;
import io.stretchc.codec.SnapshotCodec.Reading;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.StreamState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code stretch.yaml} on ports of its own, looked at through the command as an operator would. */
record ObservedCluster(Path home, Path topology, RealCluster cluster) implements AutoCloseable {
    static final List<String> SIX = List.of("emea_1", "emea_2", "emea_3", "us_1", "us_2", "us_3");
    static final Map<String, String> ENVIRONMENT = Map.of("STRETCH_LAB_PASSWORD", "stretch");

    /**
     * Boots it.
     *
     * @param ports first three digits of all ports, such as 161
     */
    static ObservedCluster boot(String version, Path home, int ports) throws IOException {
        var replaced = new LinkedHashMap<String, String>();
        replaced.put("client: 422", "client: " + ports + "2");
        replaced.put("cluster: 424", "cluster: " + ports + "4");
        replaced.put("monitor: 822", "monitor: " + ports + "6");
        Path out = Compiled.topology("topologies/stretch.yaml", home, replaced);
        return new ObservedCluster(
                home,
                home.resolve("stretch.yaml"),
                RealCluster.boot(Binaries.of(version), out.resolve("STRETCH"), home));
    }

    static Options.Builder client(int ports) {
        return RealCluster.client("nats://127.0.0.1:" + ports + "20", "nats://127.0.0.1:" + ports + "21");
    }

    /** One look. */
    ClusterSnapshot observe() {
        Path file = home.resolve("snapshot.json");
        Stretchc run = Stretchc.run(ENVIRONMENT, "observe", topology.toString(), "-o", file.toString());
        if (run.code() != 0) {
            throw new AssertionError("observe ended with " + run.code() + ": " + run.err());
        }
        return read(file);
    }

    static ClusterSnapshot read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Reading reading = new SnapshotCodec().read(in, Files.size(file), Runnable::run);
            if (reading instanceof Reading.Good good) {
                return good.snapshot();
            }
            throw new AssertionError(reading);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static StreamState stream(ClusterSnapshot snapshot, String name) {
        return snapshot.streams().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no stream " + name));
    }

    @Override
    public void close() {
        cluster.close();
    }
}
