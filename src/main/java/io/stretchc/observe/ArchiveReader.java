package io.stretchc.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive of {@code nats audit gather}: the same answers of servers that a live observation gets, so the same
 * snapshot. Which file is what stands in the archive's manifest; its paths mean nothing here and are never written to.
 * Of the artifacts it takes {@code variables} (VARZ), {@code jetstream_info} (JSZ) and, for copies that the latter leaves
 * out, {@code stream_info}.
 */
public final class ArchiveReader {
    private static final String MANIFEST = "capture/misc/manifest.json";
    private static final String METADATA = "capture/misc/audit_gather_metadata.json";
    private static final long LARGEST = 512L << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ZipFile zip;
    private final Observer.Gaps gaps = new Observer.Gaps();
    private final StreamBook streams = new StreamBook();
    private final TreeSet<String> told = new TreeSet<>();

    private ArchiveReader(ZipFile zip) {
        this.zip = zip;
    }

    /** A file of the archive, by its tags. */
    private record Artifact(String path, String type, String server, String account) {}

    /** Reads an archive; of several clusters in it the one that is expected, else that of the server it was made at. */
    public static ClusterSnapshot read(Path file, Expected expected) throws ArchiveFault {
        try (var zip = new ZipFile(file.toFile())) {
            return new ArchiveReader(zip).snapshot(expected);
        } catch (NoSuchFileException e) {
            throw new ArchiveFault("There is no archive " + Quote.of(file) + ".");
        } catch (ZipException e) {
            throw new ArchiveFault("The archive " + Quote.of(file) + " is no zip file, or is damaged; make it anew with"
                    + " `nats audit gather`.");
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveFault("The archive " + Quote.of(file) + " cannot be read" + reason(e) + ".");
        }
    }

    private static String reason(Exception e) {
        return e instanceof Odd && e.getMessage() != null ? ": " + e.getMessage() : "";
    }

    private ClusterSnapshot snapshot(Expected expected) throws IOException {
        List<Artifact> artifacts = manifest();
        var servers = new TreeMap<String, ServerAnswer>();
        var digests = new TreeMap<String, String>();
        for (Artifact a : artifacts) {
            if (a.type().equals("variables")) {
                JsonNode varz = tree(a.path());
                JsonNode data = varz.path("data");
                ServerAnswer.of(varz.path("server"), data.path("start")).ifPresent(s -> {
                    servers.put(s.id(), s);
                    digests.put(s.id(), data.path("config_digest").asText(""));
                });
            }
        }
        if (servers.isEmpty()) {
            throw new Odd("it holds no answers of servers; gather it with --server-endpoints");
        }
        String cluster = cluster(servers, expected);
        var jetstream = new TreeMap<String, JetStreamAnswer>();
        for (Artifact a : artifacts) {
            if (a.type().equals("jetstream_info")) {
                jetstream(a, servers, cluster, jetstream);
            }
        }
        for (Artifact a : artifacts) {
            if (a.type().equals("stream_info")) {
                stream(a, servers, cluster);
            }
        }
        return assemble(servers, digests, jetstream, cluster, expected);
    }

    private ClusterSnapshot assemble(
            SortedMap<String, ServerAnswer> servers,
            SortedMap<String, String> digests,
            SortedMap<String, JetStreamAnswer> jetstream,
            String cluster,
            Expected expected) {
        var seen = new ArrayList<JetStreamReader.Seen>();
        for (ServerAnswer server : servers.values()) {
            String digest = digests.getOrDefault(server.id(), "");
            JetStreamAnswer answer = jetstream.get(server.id());
            if (answer == null && server.cluster().equals(cluster)) {
                gaps.add(server.label(), "the archive holds nothing of its JetStream");
            }
            seen.add(new JetStreamReader.Seen(server, answer, digest.isEmpty() ? null : digest));
        }
        var names = new TreeSet<ServerName>();
        servers.values().forEach(s -> names.add(s.name()));
        expected.sites().keySet().stream()
                .filter(n -> !names.contains(n))
                .forEach(n -> gaps.add("server " + n, "is not in the archive"));
        for (String account : streams.accounts()) {
            gaps.add("account " + account, "an archive does not say which streams the meta leader lists");
        }
        gaps.addAll(streams.gaps());
        String domain = domain(servers, cluster);
        List<ServerState> states =
                seen.stream().map(s -> s.state(expected, gaps)).toList();
        return new ClusterSnapshot(
                cluster, domain, states, MetaReader.group(seen, domain), streams.states(Listed.NOTHING), gaps.all());
    }

    private void jetstream(
            Artifact a,
            SortedMap<String, ServerAnswer> servers,
            String cluster,
            SortedMap<String, JetStreamAnswer> jetstream) {
        ServerName name = new ServerName(a.server());
        boolean member = servers.values().stream()
                .anyMatch(s -> s.name().equals(name) && s.cluster().equals(cluster));
        try (var text = new InputStreamReader(open(a.path()), StandardCharsets.UTF_8)) {
            JetStreamAnswer answer = JetStreamAnswer.read(text, name, s -> {
                if (member) {
                    told.add(key(s));
                    streams.add(s);
                }
            });
            jetstream.putIfAbsent(answer.serverId(), answer);
        } catch (IOException e) {
            gaps.add("server " + a.server(), "what the archive holds of its JetStream is damaged");
        }
    }

    /** A copy that the server's whole answer leaves out, as in archives without the servers' endpoints. */
    private void stream(Artifact a, SortedMap<String, ServerAnswer> servers, String cluster) {
        ServerName name = new ServerName(a.server());
        if (servers.values().stream()
                .noneMatch(s -> s.name().equals(name) && s.cluster().equals(cluster))) {
            return;
        }
        try {
            StreamReport report = new StreamReader().read(name, tree(a.path())).in(a.account());
            if (told.add(key(report))) {
                streams.add(report);
            }
        } catch (IOException e) {
            gaps.add("server " + a.server(), "what the archive holds of a stream is damaged: " + a.path());
        }
    }

    private static String key(StreamReport s) {
        return s.account() + "\n" + s.name() + "\n" + s.server();
    }

    private String cluster(SortedMap<String, ServerAnswer> servers, Expected expected) throws IOException {
        String wanted = expected.cluster();
        if (wanted != null
                && servers.values().stream().anyMatch(s -> s.cluster().equals(wanted))) {
            return wanted;
        }
        String here = zip.getEntry(METADATA) == null
                ? ""
                : tree(METADATA).path("connected_server_name").asText("");
        return servers.values().stream()
                .filter(s -> s.name().text().equals(here))
                .findFirst()
                .orElse(servers.values().iterator().next())
                .cluster();
    }

    private static @Nullable String domain(SortedMap<String, ServerAnswer> servers, String cluster) {
        return servers.values().stream()
                .filter(s -> s.cluster().equals(cluster) && s.domain() != null)
                .map(ServerAnswer::domain)
                .findFirst()
                .orElse(null);
    }

    private List<Artifact> manifest() throws IOException {
        if (zip.getEntry(MANIFEST) == null) {
            throw new Odd("it has no manifest, so it is not one of `nats audit gather`");
        }
        var artifacts = new ArrayList<Artifact>();
        tree(MANIFEST).properties().forEach(e -> {
            var tags = new TreeMap<String, String>();
            e.getValue()
                    .forEach(t ->
                            tags.put(t.path("Name").asText(), t.path("Value").asText()));
            if (zip.getEntry(e.getKey()) != null) {
                artifacts.add(new Artifact(
                        e.getKey(),
                        tags.getOrDefault("artifact_type", ""),
                        tags.getOrDefault("server", ""),
                        tags.getOrDefault("account", "")));
            }
        });
        artifacts.sort(java.util.Comparator.comparing(Artifact::path));
        return artifacts;
    }

    private JsonNode tree(String path) throws IOException {
        try (InputStream in = open(path)) {
            JsonNode tree = JSON.readTree(in);
            if (tree == null || !tree.isObject()) {
                throw new Odd(Quote.of(path) + " in it is not a JSON object");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new Odd(Quote.of(path) + " in it is not JSON, or is cut off");
        }
    }

    private InputStream open(String path) throws IOException {
        ZipEntry entry = zip.getEntry(path);
        if (entry == null) {
            throw new Odd(Quote.of(path) + " is missing in it");
        }
        return new Bounded(zip.getInputStream(entry));
    }

    /** What we found ourselves; its message is for the operator. */
    private static final class Odd extends IOException {
        private static final long serialVersionUID = 1L;

        Odd(String message) {
            super(message);
        }
    }

    /** A zip can unpack to any size. */
    private static final class Bounded extends FilterInputStream {
        private long left = LARGEST;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            count(Math.max(0, n));
            return n;
        }

        private void count(int n) throws IOException {
            left -= n;
            if (left < 0) {
                throw new Odd("a file in it is larger than any that servers answer");
            }
        }
    }
}
