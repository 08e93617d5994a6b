package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.stretchc.snapshot.ClusterSnapshot;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots as files, see {@code schema/snapshot.schema.json}. The same snapshot is always the same bytes, with a line for
 * each server and stream.
 */
public final class SnapshotCodec {
    /** Version of the format. */
    public static final int FORMAT = 1;

    private static final int PIECE = 64 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /** Writes a snapshot as UTF-8, with the checksum of its text at the end; leaves the stream open. */
    public void write(ClusterSnapshot snapshot, OutputStream out) throws IOException {
        Checksum checksum = Sealed.fresh();
        var ends = new SnapshotWriter.Ends(fingerprint(snapshot), () -> Sealed.text(checksum));
        write(snapshot, ends, new CheckedOutputStream(out, checksum), new LinePerEntry());
        out.write('\n');
    }

    /**
     * What two snapshots of an unchanged cluster have in common: {@code sha256:} and the hash of their canonical JSON
     * without the {@code now} parts, the sites, which are the topology's, the gaps, which are about looking, and consumers
     * that are not durable, which come and go with their clients.
     */
    public String fingerprint(ClusterSnapshot snapshot) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
            write(snapshot, null, sink, new MinimalPrettyPrinter());
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written anywhere", e);
        }
    }

    /** What came of reading a file. */
    public sealed interface Reading {
        /** A snapshot, as it was written. */
        record Good(ClusterSnapshot snapshot, String fingerprint) implements Reading {}

        /** Not one. The reason is a sentence that says what to do; its place in the file, where there is one. */
        record Bad(String reason) implements Reading {}
    }

    /**
     * Reads a snapshot. What was changed by hand, cut off or never was one is told, and never an exception.
     *
     * @param limit bytes at most
     * @param executor does a part of the work, if it has threads of its own
     */
    public Reading read(InputStream in, long limit, Executor executor) {
        var bounded = new Bounded(in, limit);
        var sealed = new Sealed(bounded);
        try (JsonParser parser = JSON.createParser(new BufferedInputStream(sealed, PIECE))) {
            var reader = new SnapshotReader(parser, JSON, executor);
            ClusterSnapshot snapshot = reader.read();
            return sealed.checksum().equals(reader.checksum())
                    ? new Reading.Good(snapshot, reader.fingerprint())
                    : bad("its content was changed after it was written (checksum mismatch)");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            return bad(e instanceof JsonEOFException ? "it is cut off" + where : "it is not JSON" + where);
        } catch (Misfit e) {
            return bad(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return bad(bounded.exceeded() ? "it is larger than " + limit + " bytes" : "it cannot be read");
        } catch (ArithmeticException | IllegalArgumentException e) {
            return bad("it holds a value that no snapshot can have");
        }
    }

    private static Reading.Bad bad(String why) {
        return new Reading.Bad("This is not a snapshot that can be relied on: " + why
                + ". Make it anew with `stretchc observe -o FILE`.");
    }

    private void write(
            ClusterSnapshot snapshot, SnapshotWriter.@Nullable Ends ends, OutputStream out, PrettyPrinter printer)
            throws IOException {
        var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        JsonGenerator generator = JSON.createGenerator(text);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.setPrettyPrinter(printer);
        new SnapshotWriter(generator, ends).write(snapshot);
        generator.close();
        text.flush();
    }
}
