package io.stretchc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.stretchc.backup.ArchiveFormat;
import io.stretchc.backup.BackupManifest;
import io.stretchc.codec.BackupCodec.Reading;
import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Manifests, written, read, edited. */
final class BackupCodecTest {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final BackupManifest MANIFEST = new BackupManifest(
            "acc 1",
            "foo",
            "STRETCH",
            new ServerVersion(2, 12, 15),
            ArchiveFormat.TAR,
            Instant.parse("2026-01-02T03:04:05Z"),
            new BackupManifest.State(3, 400, 1, 4),
            "sha256:" + HASH,
            List.of(
                    new BackupManifest.FileSum("stream.tar.s2", 1000, HASH),
                    new BackupManifest.FileSum("backup.json", 20, HASH)),
            "{\"name\":\"foo\",\"max_age\":18446744073709551615}",
            List.of(new BackupManifest.Consumer(
                    "dur", new BackupManifest.Position(7, 8), new BackupManifest.Position(5, 6), "{\"a\":[]}")));

    private final BackupCodec codec = new BackupCodec();

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(codec.read(codec.text(MANIFEST))).isEqualTo(new Reading.Good(MANIFEST));
    }

    @Test
    void whatWasEditedIsTold() {
        String text = codec.text(MANIFEST);

        for (String edited : new String[] {
            text.replace("\"messages\" : 3", "\"messages\" : 4"),
            text.replace("acc 1", "acc 2"),
            text.replace("\"bytes\" : 1000", "\"bytes\" : 1001"),
            text.replaceFirst(HASH, "f".repeat(64)),
            text.replace("\"format\" : 1", "\"format\" : 2"),
            text.substring(0, text.length() / 2),
            "",
            "[]",
            "null"
        }) {
            assertThat(codec.read(edited)).as(edited).isInstanceOf(Reading.Bad.class);
        }
    }

    @Test
    void theSchemaDescribesTheManifest() throws IOException {
        var json = new ObjectMapper();
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(json.readTree(Files.readString(Path.of("schema/backup.schema.json"))));

        assertThat(schema.validate(json.readTree(codec.text(MANIFEST)))).isEmpty();
        assertThat(schema.validate(json.readTree("{\"format\":1}"))).isNotEmpty();
    }

    @Test
    void theFileOfTheNatsCliIsLaidOutAsThere() {
        var file = BackupFile.read("{\"type\":\"x\",\"config\":{\"name\":\"foo\",\"subjects\":[\"a\"],\"sources\":[],"
                        + "\"consumer_limits\":{}},\"state\":{\"messages\":2,\"last_seq\":5}}")
                .orElseThrow();

        assertThat(file.text()).isEqualTo("""
                {
                  "config": {
                    "name": "foo",
                    "subjects": [
                      "a"
                    ],
                    "sources": [],
                    "consumer_limits": {}
                  },
                  "state": {
                    "messages": 2,
                    "last_seq": 5
                  }
                }""");
        assertThat(file.request(List.of("dc:2"), 3))
                .contains("\"placement\":{\"tags\":[\"dc:2\"]},\"num_replicas\":3")
                .contains("\"state\":{\"messages\":2,\"last_seq\":5}");
    }
}
