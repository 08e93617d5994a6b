package io.stretchc.compile;

import io.stretchc.topology.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes free-form settings in nats-server's grammar. */
final class ExtraWriter {
    /** Blocks that the template writes and that take further settings inside. */
    private static final List<String> GENERATED = List.of("cluster", "gateway", "jetstream", "leafnodes", "websocket");

    private ExtraWriter() {}

    /** Settings that stand at the top level. */
    static String top(Setting.Block extra) {
        var text = new StringBuilder();
        for (Setting.Named n : extra.entries()) {
            if (!GENERATED.contains(n.name())) {
                write(n, "", text);
            }
        }
        return text.toString();
    }

    /** Settings to add inside a generated block. */
    static String inside(Setting.Block extra, String block) {
        @Nullable Setting inner = extra.get(block);
        var text = new StringBuilder();
        if (inner instanceof Setting.Block b) {
            b.entries().forEach(n -> write(n, "  ", text));
        }
        return text.toString();
    }

    private static void write(Setting.Named n, String indent, StringBuilder text) {
        text.append(indent).append(n.name()).append(": ");
        value(n.value(), indent, text);
        text.append('\n');
    }

    private static void value(Setting value, String indent, StringBuilder text) {
        if (value instanceof Setting.Text t) {
            text.append(ConfText.quoted(t.value()));
        } else if (value instanceof Setting.Literal l) {
            text.append(l.value());
        } else if (value instanceof Setting.Variable v) {
            text.append('$').append(v.name());
        } else if (value instanceof Setting.Many many) {
            text.append("[\n");
            for (Setting item : many.items()) {
                text.append(indent).append("  ");
                value(item, indent + "  ", text);
                text.append('\n');
            }
            text.append(indent).append(']');
        } else if (value instanceof Setting.Block block) {
            text.append("{\n");
            block.entries().forEach(n -> write(n, indent + "  ", text));
            text.append(indent).append('}');
        }
    }
}
