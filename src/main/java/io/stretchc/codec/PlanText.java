package io.stretchc.codec;

import io.stretchc.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Consumer;

/**
 * A plan as the YAML of its file, piece by piece, for plans of any size: a head with the id, then the content that the id
 * covers. The head is of the same length for every plan, so that it can be written before the id is known.
 */
public final class PlanText {
    /** Stands in a head until the id is known. */
    public static final String UNKNOWN_ID = "sha256:" + "0".repeat(64);

    private PlanText() {}

    /** What stands above the content, as UTF-8. */
    public static byte[] head(String id) {
        return PlanCodec.head(id).getBytes(StandardCharsets.UTF_8);
    }

    /** The content, as UTF-8; each piece of some 64 KiB is the taker's. */
    public static void content(Plan plan, Consumer<byte[]> taker) {
        CanonicalYaml.write(PlanTree.of(plan), taker::accept);
    }

    /** To be fed with the content. */
    public static MessageDigest digest() {
        return PlanCodec.digest();
    }

    /** The plan's id, by its digest: {@code sha256:} and the hash of its content. */
    public static String id(MessageDigest digest) {
        return PlanCodec.id(digest);
    }
}
