package io.stretchc.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.invariant.Finding;
import io.stretchc.invariant.Verdict;
import java.util.Locale;

/** Findings as JSON, for other programs. {@code format} counts up when a reader would have to change. */
public final class JsonVerify {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonVerify() {}

    /** One document. */
    public static String render(VerifyView view) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        root.put("cluster", view.cluster());
        root.put("broken", view.invariants(Verdict.BROKEN));
        root.put("unknown", view.invariants(Verdict.UNKNOWN));
        root.put("hold", view.invariants(Verdict.HOLDS));
        ArrayNode findings = root.putArray("findings");
        for (Finding f : view.findings()) {
            ObjectNode one = findings.addObject();
            one.put("code", f.invariant().name());
            one.put("title", f.invariant().title());
            one.put("verdict", f.verdict().name().toLowerCase(Locale.ROOT));
            one.put("subject", f.subject());
            one.put("evidence", f.evidence());
            if (f.verdict() == Verdict.BROKEN) {
                one.put("way_out", f.invariant().wayOut());
            }
        }
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }
}
