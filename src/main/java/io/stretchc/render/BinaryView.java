package io.stretchc.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * A list of nats-server binaries.
 *
 * @param rows in the order in which they are to be shown
 * @param missing versions that were asked for and are not among them
 */
public record BinaryView(List<Row> rows, List<String> missing) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies. */
    public BinaryView {
        rows = List.copyOf(rows);
        missing = List.copyOf(missing);
    }

    /**
     * One binary.
     *
     * @param origin where it was found
     */
    public record Row(String version, String origin, String path) {}

    /** The paths alone, a line each. */
    public String paths() {
        var text = new StringBuilder();
        rows.forEach(r -> text.append(r.path()).append('\n'));
        return text.toString();
    }

    /** Version, origin and path, a line each. */
    public String text() {
        var text = new StringBuilder();
        rows.forEach(r -> text.append(String.format(Locale.ROOT, "%-9s  %-20s  ", r.version(), r.origin()))
                .append(r.path())
                .append('\n'));
        return text.toString();
    }

    /** One document. {@code format} counts up when a reader would have to change. */
    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        ArrayNode binaries = root.putArray("binaries");
        for (Row r : rows) {
            ObjectNode one = binaries.addObject();
            one.put("version", r.version());
            one.put("origin", r.origin());
            one.put("path", r.path());
        }
        ArrayNode names = root.putArray("missing");
        missing.forEach(names::add);
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }
}
