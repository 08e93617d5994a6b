package io.stretchc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.stretchc.codec.SnapshotCodec.Reading;
import io.stretchc.observe.ManyStreams;
import io.stretchc.observe.QueryFault;
import io.stretchc.observe.Snapshots;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Gap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots to files and back. */
final class SnapshotCodecTest {
    private static final long LIMIT = 100 << 20;

    private final SnapshotCodec codec = new SnapshotCodec();

    private static ClusterSnapshot some() throws QueryFault {
        ClusterSnapshot s = Snapshots.of(new ManyStreams(5));
        var gaps = List.of(new Gap("server \u001b[2Jx", "quotes \" and\nlines"), new Gap("a", "b"));
        return new ClusterSnapshot(s.cluster(), s.domain(), s.servers(), s.meta(), s.streams(), gaps);
    }

    private String text(ClusterSnapshot snapshot) throws IOException {
        var out = new ByteArrayOutputStream();
        codec.write(snapshot, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Reading read(String text) {
        return codec.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LIMIT, Runnable::run);
    }

    @Test
    void whatIsWrittenReadsBackEqual() throws Exception {
        ClusterSnapshot snapshot = some();

        String text = text(snapshot);

        assertThat(read(text)).isEqualTo(new Reading.Good(snapshot, codec.fingerprint(snapshot)));
        assertThat(text(snapshot)).isEqualTo(text).contains("\"fingerprint\":\"" + codec.fingerprint(snapshot) + "\"");
        assertThat(text.lines().count()).as("a line per entry").isEqualTo(14 + 6 + 5 + 2);
    }

    @Test
    void theSchemaDescribesIt() throws Exception {
        var json = new ObjectMapper();
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(json.readTree(Files.readString(Path.of("schema/snapshot.schema.json"))));

        assertThat(schema.validate(json.readTree(text(some())))).isEmpty();
        assertThat(schema.validate(json.readTree("{\"format\":2}"))).isNotEmpty();
    }

    @Test
    void everyCutIsTold() throws Exception {
        String text = text(some());

        for (int end = 0; end < text.length() - 2; end += 97) {
            Reading reading = read(text.substring(0, end));

            assertThat(reading).as("cut at " + end).isInstanceOf(Reading.Bad.class);
        }
        assertThat(((Reading.Bad) read(text.substring(0, text.length() / 2))).reason())
                .contains("cut off at line")
                .contains("stretchc observe -o FILE");
    }

    @Test
    void changesByHandAreTold() throws Exception {
        String text = text(some());

        for (String changed : List.of(
                text.replace("\"name\":\"s3\"", "\"name\":\"s9\""),
                text.replaceFirst("\"messages\":[0-9]+", "\"messages\":77"),
                text.replaceFirst("\"fingerprint\":\"sha256:.", "\"fingerprint\":\"sha256:"),
                text.replaceFirst("\"checksum\":\"crc32c:.", "\"checksum\":\"crc32c:"),
                text.replace("\n", "\r\n"),
                text + "\n")) {
            assertThat(changed).isNotEqualTo(text);
            assertThat(((Reading.Bad) read(changed)).reason()).contains("checksum mismatch");
        }
        for (String odd : List.of(
                text.replace("\"format\":1", "\"format\":2"),
                text.replace("\"lag\":0", "\"lag\":\"none\""),
                text.replace("\"lag\":0", "\"lag\":1e400"),
                text.replace("\"lag\":0", "\"lag\":99999999999999999999"),
                text.replace("\"peer\"", "\"pear\""),
                text.replace("\"size\":6", "\"size\":-1"),
                text.replace("\"jetstream\":\"enabled\"", "\"jetstream\":\"on\""),
                text.replace("\"cluster\":\"MANY\",\n", "\"cluster\":\"MANY\",\n\"cluster\":\"MANY\",\n"),
                text.replace("\"servers\":[", "\"servers\":[7,"),
                text + "{}",
                "[]",
                "",
                "\u0000")) {
            assertThat(read(odd)).as(odd).isInstanceOf(Reading.Bad.class);
        }
    }

    @Test
    void noMoreIsReadThanTheLimit() throws Exception {
        byte[] bytes = text(some()).getBytes(StandardCharsets.UTF_8);

        Reading reading = codec.read(new ByteArrayInputStream(bytes), 500, Runnable::run);

        assertThat(((Reading.Bad) reading).reason()).contains("larger than 500 bytes");
    }

    @Test
    void theFingerprintIsOfWhatStays() throws Exception {
        ClusterSnapshot a = some();
        var b = new ClusterSnapshot(a.cluster(), a.domain(), a.servers(), a.meta(), a.streams(), List.of());
        var c = new ClusterSnapshot(
                a.cluster(), a.domain(), a.servers(), a.meta(), a.streams().subList(1, 5), a.gaps());

        assertThat(codec.fingerprint(b)).isEqualTo(codec.fingerprint(a));
        assertThat(codec.fingerprint(c)).isNotEqualTo(codec.fingerprint(a));
    }
}
