package io.stretchc.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives: one that nats 0.5.1 gathered of stretch.yaml on nats-server 2.10.27, and some that nobody did. */
final class ArchiveReaderTest {
    private static final Path GATHERED = Path.of("src/test/resources/archive/gathered-2.10.27.zip");
    private static final String MANIFEST = "capture/misc/manifest.json";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void anArchiveGivesTheSnapshotOfItsMoment() throws Exception {
        ClusterSnapshot snapshot = ArchiveReader.read(GATHERED, Expected.NOTHING);

        assertThat(snapshot.cluster()).isEqualTo("STRETCH");
        assertThat(snapshot.domain()).isEqualTo("hub");
        assertThat(snapshot.servers())
                .hasSize(6)
                .allMatch(s -> s.jetstream() == ServerState.JetStream.ENABLED
                        && s.now().started() != null);
        assertThat(snapshot.meta().now().leader()).isEqualTo(new ServerName("us_2"));
        assertThat(snapshot.meta().members()).hasSize(6).allMatch(Member::healthy);
        assertThat(snapshot.streams()).extracting(StreamState::name).containsExactly("KV_x", "foo", "r1");
        StreamState foo = snapshot.streams().get(1);
        assertThat(foo.now().leader()).isEqualTo(new ServerName("us_2"));
        assertThat(foo.now().copies()).hasSize(3).allMatch(c -> c.messages() == 5);
        assertThat(Objects.requireNonNull(foo.consumers().get(0).now()).ackFloor())
                .isEqualTo(2);
        assertThat(foo.listed()).isNull();
        assertThat(snapshot.gaps()).hasSize(1);
    }

    @Test
    void everyOtherFileIsOneSentence() throws IOException {
        byte[] bytes = Files.readAllBytes(GATHERED);
        Path cut = Files.write(directory.resolve("cut.zip"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Path text = Files.writeString(directory.resolve("text.zip"), "no zip");
        Path empty = zip("empty.zip", Map.of());
        Path odd = zip("odd.zip", Map.of(MANIFEST, "{\"../../etc\": 7, \"x\": []}"));
        Path json = zip("json.zip", Map.of(MANIFEST, "{\"x"));
        Path bare = zip("bare.zip", Map.of(MANIFEST, "{}"));
        String tags = "{\"v\":[{\"Name\":\"artifact_type\",\"Value\":\"variables\"}]}";
        Path nonsense = zip("nonsense.zip", Map.of(MANIFEST, tags, "v", "{\"server\":[]}"));

        for (Path file :
                new Path[] {cut, text, empty, odd, json, bare, nonsense, directory, directory.resolve("none")}) {
            assertThatThrownBy(() -> ArchiveReader.read(file, Expected.NOTHING))
                    .as(file.toString())
                    .isInstanceOf(ArchiveFault.class)
                    .message()
                    .matches("(The|There)[^\\n]*\\.");
        }
    }

    @Test
    void damageInsideIsAGap() throws Exception {
        String manifest =
                "{\"v\":[{\"Name\":\"artifact_type\",\"Value\":\"variables\"},{\"Name\":\"server\",\"Value\":\"a\"}],"
                        + "\"j\":[{\"Name\":\"artifact_type\",\"Value\":\"jetstream_info\"},{\"Name\":\"server\",\"Value\":\"a\"}]}";
        Path file = zip(
                "damaged.zip",
                Map.of(
                        MANIFEST,
                        manifest,
                        "v",
                        "{\"server\":{\"id\":\"N1\",\"name\":\"a\",\"ver\":\"2.10.1\"}}",
                        "j",
                        "{\"data"));

        ClusterSnapshot snapshot = ArchiveReader.read(file, Expected.NOTHING);

        assertThat(snapshot.gaps()).anyMatch(g -> g.reason().contains("damaged"));
        assertThat(snapshot.servers().get(0).jetstream()).isEqualTo(ServerState.JetStream.UNKNOWN);
    }

    private Path zip(String name, Map<String, String> entries) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new java.util.zip.ZipOutputStream(out)) {
            for (Map.Entry<String, String> e : entries.entrySet()) {
                zip.putNextEntry(new java.util.zip.ZipEntry(e.getKey()));
                zip.write(e.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }
}
