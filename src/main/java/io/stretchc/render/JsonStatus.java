package io.stretchc.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.status.ClusterStatus;
import io.stretchc.status.MetaStatus;
import io.stretchc.status.NextStep;
import io.stretchc.status.ServerStatus;
import io.stretchc.status.SiteStatus;
import io.stretchc.status.StreamTrouble;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A status as JSON, for other programs. {@code format} counts up when a reader would have to change. */
public final class JsonStatus {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonStatus() {}

    /** One document, with nothing left out. */
    public static String render(ClusterStatus status) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        root.put("cluster", status.cluster());
        root.put("state", status.state().title());
        root.put("headline", status.headline());
        meta(root.putObject("meta"), status.meta());
        ArrayNode sites = root.putArray("sites");
        status.sites().forEach(s -> site(sites.addObject(), s));
        ArrayNode servers = root.putArray("servers");
        status.servers().forEach(s -> server(servers.addObject(), s));
        root.put("streams", status.streams());
        root.put("undeclared_streams", status.undeclared());
        ArrayNode troubles = root.putArray("troubles");
        status.troubles().forEach(t -> trouble(troubles.addObject(), t));
        texts(root.putArray("warnings"), status.warnings());
        ArrayNode next = root.putArray("next");
        for (NextStep step : status.next()) {
            next.addObject().put("text", step.text()).put("command", step.command());
        }
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    /** One document that says why there is nothing to see. */
    public static String nothing(String state, String why) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        root.put("state", state);
        root.put("headline", why);
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private static void meta(ObjectNode node, MetaStatus meta) {
        node.put("leader", text(meta.leader()));
        node.put("size", meta.size());
        node.put("needed", meta.needed());
        node.put("natural", meta.natural());
        node.put("live", meta.live());
        node.put("margin", meta.margin());
        node.put("rescue", meta.rescue());
        node.put("isolated", meta.isolated());
        texts(node.putArray("unknown"), meta.unknown());
        texts(node.putArray("left_out"), meta.left());
        texts(node.putArray("behind"), meta.behind());
    }

    private static void site(ObjectNode node, SiteStatus site) {
        node.put("name", site.name().text());
        node.put("expected", site.expected());
        node.put("answering", site.answering());
        node.put("reserves", site.reserves());
        node.put("cut_off", site.cutOff());
        node.put("preferred", site.preferred());
    }

    private static void server(ObjectNode node, ServerStatus s) {
        node.put("name", s.name().text());
        node.put("role", word(s.role()));
        node.put("site", text(s.site()));
        node.put("answers", s.answers());
        node.put("cut_off", s.cutOff());
        node.put("version", text(s.version()));
        node.put("jetstream", word(s.jetstream()));
        node.put("meta_leader", s.metaLeader());
        node.put("meta_member", s.metaMember());
        node.put("copies", s.copies());
        node.put("leads", s.leads());
        texts(node.putArray("tags_lacking"), s.tagsLacking());
        texts(node.putArray("tags_beyond"), s.tagsBeyond());
    }

    private static void trouble(ObjectNode node, StreamTrouble t) {
        node.put("account", t.account());
        node.put("stream", t.stream());
        node.put("reason", t.reason().name().toLowerCase(Locale.ROOT));
        node.put("text", t.text());
        texts(node.putArray("servers"), t.servers());
    }

    private static void texts(ArrayNode array, List<?> texts) {
        texts.forEach(t -> array.add(t.toString()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String word(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
