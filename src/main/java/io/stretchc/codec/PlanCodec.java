package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Plans as files, see {@code schema/plan.schema.json}: YAML in one fixed way, the same bytes for the same plan. The id is
 * the hash of the text without its head, so that a plan that was changed by hand is told from one that was approved.
 */
public final class PlanCodec {
    /** Version of the format. */
    public static final int FORMAT = 1;

    private static final String HEAD =
            "# A plan of stretchc. Its id covers every line below: do not edit it, plan again.\n";

    /** What came of reading a file. */
    public sealed interface Reading {
        /** A plan, as it was written. */
        record Good(Plan plan, String id) implements Reading {}

        /** Not one. The reason is a sentence that says what to do. */
        record Bad(String reason) implements Reading {}
    }

    /** The plan's id: {@code sha256:} and the hash of its canonical content. */
    public String id(Plan plan) {
        MessageDigest digest = digest();
        CanonicalYaml.write(PlanTree.of(plan), digest::update);
        return id(digest);
    }

    /** The plan as YAML. */
    public String yaml(Plan plan) {
        String body = CanonicalYaml.of(PlanTree.of(plan));
        MessageDigest digest = digest();
        digest.update(body.getBytes(StandardCharsets.UTF_8));
        return head(id(digest)) + body;
    }

    static String head(String id) {
        return HEAD + "format: " + FORMAT + "\nid: \"" + id + "\"\n";
    }

    /** The same plan as JSON, with the same keys. */
    public String json(Plan plan) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("format", FORMAT);
        tree.put("id", id(plan));
        tree.putAll(PlanTree.of(plan));
        try {
            var printer = new DefaultPrettyPrinter();
            printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
            printer.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
            return new ObjectMapper().writer(printer).writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and texts can always be written", e);
        }
    }

    /**
     * Reads a plan from YAML.
     *
     * @param limit bytes at most
     */
    public Reading read(InputStream in, int limit) throws IOException {
        byte[] bytes = in.readNBytes(limit);
        if (bytes.length == limit) {
            return bad("it is larger than the " + limit / (1024 * 1024) + " MB that are read");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return bad("it is not UTF-8 text");
        }
        try {
            Map<String, Object> tree = CanonicalYamlReader.read(text);
            if (!Long.valueOf(FORMAT).equals(tree.get("format"))) {
                return bad("it is no plan of format " + FORMAT);
            }
            Plan plan = PlanReader.read(tree);
            if (!yaml(plan).equals(text)) {
                return bad("it was changed after it was made: the id no longer matches its content");
            }
            return new Reading.Good(plan, String.valueOf(tree.get("id")));
        } catch (Misfit e) {
            return bad(text.startsWith(HEAD) ? String.valueOf(e.getMessage()) : "it does not begin as plans do");
        }
    }

    private static Reading bad(String why) {
        return new Reading.Bad(
                "This is not a plan that can be relied on: " + why + ". Make it anew with `stretchc plan`.");
    }

    static String id(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
