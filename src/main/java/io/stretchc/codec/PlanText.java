package io.stretchc.codec;

import io.stretchc.plan.Plan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A plan as the YAML of its file. Up to some size the text is kept; that of a larger plan is made again for each use. */
public final class PlanText {
    private static final int KEPT_BYTES = 48 << 20;

    private final Plan plan;
    private final String id;
    private final List<byte[]> pieces;

    private PlanText(Plan plan, String id, List<byte[]> pieces) {
        this.plan = plan;
        this.id = id;
        this.pieces = pieces;
    }

    /** The text of a plan. */
    public static PlanText of(Plan plan) {
        var digest = PlanCodec.digest();
        var pieces = new ArrayList<byte[]>();
        long[] bytes = {0};
        CanonicalYaml.write(PlanTree.of(plan), text -> {
            byte[] piece = text.getBytes(StandardCharsets.UTF_8);
            digest.update(piece);
            bytes[0] += piece.length;
            if (bytes[0] <= KEPT_BYTES) {
                pieces.add(piece);
            } else {
                pieces.clear();
            }
        });
        return new PlanText(plan, PlanCodec.id(digest), pieces);
    }

    /** The plan's id: {@code sha256:} and the hash of its canonical content. */
    public String id() {
        return id;
    }

    /** Writes it as UTF-8; leaves the stream open. */
    public void write(OutputStream out) throws IOException {
        if (pieces.isEmpty()) {
            PlanCodec.write(plan, id, out);
            return;
        }
        out.write(PlanCodec.head(id).getBytes(StandardCharsets.UTF_8));
        for (byte[] piece : pieces) {
            out.write(piece);
        }
    }
}
