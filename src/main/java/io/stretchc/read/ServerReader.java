package io.stretchc.read;

import io.stretchc.diag.Path;
import io.stretchc.diag.Secrets;
import io.stretchc.syntax.SourceNode;
import io.stretchc.syntax.SourceNode.Mapping;
import io.stretchc.syntax.SourceNode.Scalar;
import io.stretchc.syntax.SourceNode.Sequence;
import io.stretchc.topology.Bytes;
import io.stretchc.topology.Limits;
import io.stretchc.topology.Ports;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerSettings;
import io.stretchc.topology.ServerSpec;
import io.stretchc.topology.Setting;
import io.stretchc.topology.StandInSpec;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads servers and their settings. */
final class ServerReader {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private ServerReader() {}

    static ServerSpec server(Fields f) {
        return new ServerSpec(
                new ServerName(f.text("name", "")),
                f.integer("generation", 0),
                f.text("dc"),
                f.text("region"),
                f.text("unique"),
                settings(f));
    }

    static StandInSpec standIn(Fields f) {
        return new StandInSpec(
                new ServerName(f.text("for", "")), f.text("dc"), f.text("region"), f.text("unique"), settings(f));
    }

    static ServerSettings settings(Fields f) {
        return new ServerSettings(
                f.text("host"),
                f.text("listen"),
                f.truth("advertise"),
                ports(f.under("ports")),
                f.text("store_dir"),
                f.text("http_base_path"),
                limits(f.under("limits")),
                f.truth("jetstream"),
                f.text("sync_interval"),
                f.texts("tags"),
                f.node("extra") instanceof Mapping m ? block(m) : Setting.Block.EMPTY);
    }

    private static Ports ports(Fields f) {
        return new Ports(
                f.integer("client"),
                f.integer("cluster"),
                f.integer("monitor"),
                f.integer("leaf"),
                f.integer("gateway"),
                f.integer("websocket"));
    }

    private static Limits limits(Fields f) {
        return new Limits(
                f.parsed("max_memory_store", Bytes::parse),
                f.parsed("max_file_store", Bytes::parse),
                f.integer("max_connections"),
                f.parsed("max_payload", Bytes::parse),
                f.parsed("max_pending", Bytes::parse));
    }

    private static Setting.Block block(Mapping mapping) {
        return new Setting.Block(mapping.entries().stream()
                .map(e -> new Setting.Named(e.key().text(), setting(e.key().text(), e.value())))
                .toList());
    }

    /** A secret is given as {@code { env: NAME }}; anywhere else this is a block like any other. */
    private static Setting setting(String name, SourceNode node) {
        boolean reference = Secrets.namesSecret(name)
                && node instanceof Mapping m
                && m.entries().size() == 1
                && m.entry("env") != null;
        String variable = reference ? new Fields(node, Path.ROOT).text("env", "") : "";
        return VARIABLE.matcher(variable).matches() ? new Setting.Variable(variable) : setting(node);
    }

    private static Setting setting(@Nullable SourceNode node) {
        if (node instanceof Mapping mapping) {
            return block(mapping);
        }
        if (node instanceof Sequence sequence) {
            return new Setting.Many(
                    sequence.items().stream().map(ServerReader::setting).toList());
        }
        if (!(node instanceof Scalar scalar)) {
            return new Setting.Text("");
        }
        return switch (scalar.kind()) {
            case BOOLEAN, INTEGER, DECIMAL -> new Setting.Literal(scalar.text());
            case TEXT, NULL -> new Setting.Text(scalar.text());
        };
    }
}
