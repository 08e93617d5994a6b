package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.diag.Quote;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.ConsumerState;
import io.stretchc.snapshot.Gap;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.MetaGroup;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamConfig;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Reads a snapshot entry by entry, so that no more than some streams are in memory twice. */
final class SnapshotReader {
    private static final int PIECE = 64;

    private final JsonParser parser;
    private final ObjectMapper json;
    private final Executor executor;
    private final List<ServerState> servers = new ArrayList<>();
    private final List<StreamState> streams = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Map<String, ServerName> names = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<List<String>, List<String>> lists = new HashMap<>();
    private final TreeSet<String> keys = new TreeSet<>();
    private int format;
    private String fingerprint = "";
    private String checksum = "";
    private String cluster = "";
    private @Nullable String domain;
    private MetaGroup meta = new MetaGroup(List.of(), 0, new MetaGroup.Now(null, List.of()));

    /**
     * A reader of what a parser finds.
     *
     * @param executor understands entries while the next ones are parsed
     */
    SnapshotReader(JsonParser parser, ObjectMapper json, Executor executor) {
        this.parser = parser;
        this.json = json;
        this.executor = executor;
    }

    /** The fingerprint that the file says it has. */
    String fingerprint() {
        return fingerprint;
    }

    /** The checksum of its text that the file says it has. */
    String checksum() {
        return checksum;
    }

    ClusterSnapshot read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new Misfit("it is not a JSON object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (!keys.add(key)) {
                throw new Misfit("it has " + Quote.of(key) + " twice");
            }
            parser.nextToken();
            field(key);
        }
        if (parser.nextToken() != null) {
            throw new Misfit("something follows after its end");
        }
        for (String key :
                List.of("format", "fingerprint", "cluster", "servers", "meta", "streams", "gaps", "checksum")) {
            if (!keys.contains(key)) {
                throw new Misfit("it has no `" + key + "`");
            }
        }
        return new ClusterSnapshot(cluster, domain, servers, meta, streams, gaps);
    }

    private void field(String key) throws IOException {
        switch (key) {
            case "format" -> {
                format = tree().asInt();
                if (format != SnapshotCodec.FORMAT) {
                    throw new Misfit("it is of format " + format + ", and this version reads format "
                            + SnapshotCodec.FORMAT + "; observe again");
                }
            }
            case "fingerprint" -> fingerprint = tree().asText();
            case "checksum" -> checksum = tree().asText();
            case "cluster" -> cluster = tree().asText();
            case "domain" -> domain = tree().asText();
            case "servers" -> entries(key, n -> servers.add(server(n)));
            case "meta" -> meta = meta(new Fields(tree(), "meta"));
            case "streams" -> entries(key, n -> streams.add(stream(n)));
            case "gaps" -> entries(key, n -> gaps.add(new Gap(n.text("subject"), n.text("reason"))));
            default -> throw new Misfit("nothing is known of " + Quote.of(key));
        }
    }

    private JsonNode tree() throws IOException {
        return json.readTree(parser);
    }

    private interface Entry {
        void read(Fields fields) throws Misfit;
    }

    private void entries(String key, Entry entry) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new Misfit("`" + key + "` is not a list");
        }
        var beside = new Beside(executor);
        try {
            int i = 0;
            var parsed = new ArrayList<Fields>(PIECE);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parsed.add(new Fields(tree(), key, i++));
                if (parsed.size() == PIECE) {
                    List<Fields> piece = parsed;
                    beside.add(() -> read(piece, entry));
                    parsed = new ArrayList<>(PIECE);
                }
            }
            List<Fields> rest = parsed;
            beside.add(() -> read(rest, entry));
        } finally {
            beside.join(); // what is wrong with an entry comes before what is wrong further down
        }
    }

    private static void read(List<Fields> piece, Entry entry) throws Misfit {
        for (Fields fields : piece) {
            entry.read(fields);
        }
    }

    private ServerState server(Fields f) throws Misfit {
        Fields now = f.object("now");
        String site = f.optional("site");
        Fields meta = now.has("meta") ? now.object("meta") : null;
        String version = f.text("version");
        return new ServerState(
                new ServerName(f.text("name")),
                f.text("peer"),
                ServerVersion.parse(version).orElseThrow(() -> f.misfit("version", "a version")),
                f.text("cluster"),
                f.optional("domain"),
                site == null ? null : new SiteName(site),
                f.texts("tags"),
                Words.jetstream(f.text("jetstream"))
                        .orElseThrow(() -> f.misfit("jetstream", "enabled, disabled or unknown")),
                new ServerState.Now(
                        now.text("id"),
                        now.optional("started"),
                        now.optional("config_digest"),
                        meta == null
                                ? null
                                : new ServerState.MetaView(
                                        name(meta, "leader"),
                                        meta.integer("cluster_size"),
                                        meta.integer("quorum_needed"),
                                        meta.truth("rescue")),
                        now.number("storage"),
                        now.number("memory")));
    }

    private MetaGroup meta(Fields f) throws Misfit {
        Fields now = f.object("now");
        return new MetaGroup(
                members(f),
                f.integer("size"),
                new MetaGroup.Now(
                        name(now, "leader"),
                        now.texts("claims").stream().map(ServerName::new).toList()));
    }

    private List<Member> members(Fields f) throws Misfit {
        var members = new ArrayList<Member>();
        for (Fields m : f.list("members")) {
            Fields now = m.object("now");
            members.add(new Member(
                    name(m, "name"),
                    shared(m.text("peer")),
                    new Member.Now(
                            now.truth("current"),
                            now.truth("offline"),
                            now.number("lag"),
                            Duration.ofNanos(now.number("active_ns")))));
        }
        return members;
    }

    private StreamState stream(Fields f) throws Misfit {
        Fields now = f.object("now");
        var consumers = new ArrayList<ConsumerState>();
        for (Fields c : f.list("consumers")) {
            consumers.add(consumer(c));
        }
        var copies = new ArrayList<StreamState.Copy>();
        for (Fields c : now.list("copies")) {
            copies.add(new StreamState.Copy(
                    named(c.text("server")),
                    c.number("messages"),
                    c.number("bytes"),
                    c.number("first_sequence"),
                    c.number("last_sequence")));
        }
        return new StreamState(
                shared(f.text("account")),
                f.text("name"),
                new StreamConfig(
                        f.integer("replicas"),
                        f.optional("placement_cluster"),
                        shared(f.texts("placement_tags")),
                        f.texts("subjects"),
                        shared(f.text("storage")),
                        shared(f.text("retention")),
                        f.json("config")),
                members(f),
                consumers,
                now.has("listed") ? (Boolean) now.truth("listed") : null,
                new StreamState.Now(name(now, "leader"), copies));
    }

    private ConsumerState consumer(Fields f) throws Misfit {
        Fields now = f.has("now") ? f.object("now") : null;
        return new ConsumerState(
                f.text("name"),
                f.truth("durable"),
                f.integer("replicas"),
                f.json("config"),
                members(f),
                now == null
                        ? null
                        : new ConsumerState.Now(
                                named(now.text("leader")),
                                now.number("delivered"),
                                now.number("delivered_consumer"),
                                now.number("ack_floor"),
                                now.number("ack_floor_consumer"),
                                now.number("pending"),
                                now.number("ack_pending")));
    }

    /** The same few names stand in every stream: each is kept once. */
    private ServerName named(String name) {
        return names.computeIfAbsent(name, ServerName::new);
    }

    private String shared(String text) {
        return texts.computeIfAbsent(text, t -> t);
    }

    private List<String> shared(List<String> list) {
        return lists.computeIfAbsent(list, List::copyOf);
    }

    private @Nullable ServerName name(Fields f, String key) throws Misfit {
        String name = f.optional(key);
        return name == null ? null : named(name);
    }
}
