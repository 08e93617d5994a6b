package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.stretchc.snapshot.ClusterSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots as files, see {@code schema/snapshot.schema.json}. The same snapshot is always the same bytes, with a line for
 * each server and stream.
 */
public final class SnapshotCodec {
    /** Version of the format. */
    public static final int FORMAT = 1;

    private final JsonFactory factory = new JsonFactory();

    /** Writes a snapshot as UTF-8; leaves the stream open. */
    public void write(ClusterSnapshot snapshot, OutputStream out) throws IOException {
        write(snapshot, fingerprint(snapshot), true, out, new LinePerEntry());
        out.write('\n');
    }

    /**
     * What two snapshots of an unchanged cluster have in common: {@code sha256:} and the hash of their canonical JSON
     * without the {@code now} parts, the gaps, which are about looking, and consumers that are not durable, which come
     * and go with their clients.
     */
    public String fingerprint(ClusterSnapshot snapshot) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
            write(snapshot, null, false, sink, new MinimalPrettyPrinter());
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written anywhere", e);
        }
    }

    private void write(
            ClusterSnapshot snapshot,
            @Nullable String fingerprint,
            boolean whole,
            OutputStream out,
            PrettyPrinter printer)
            throws IOException {
        var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        JsonGenerator json = factory.createGenerator(text);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(printer);
        new SnapshotWriter(json, whole).write(snapshot, fingerprint);
        json.close();
        text.flush();
    }
}
