package io.stretchc.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of a lab as a file that only its owner can read; replaced as a whole, so that no crash leaves half of it. */
final class StateFile {
    private static final int FORMAT = 1;
    private static final long LARGEST = 16 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    StateFile(Path file) {
        this.file = file;
    }

    /**
     * What the file says.
     *
     * @return empty when there is none
     * @throws LabFault when it is not the state of a lab, as after an edit by hand
     */
    Optional<LabState> read() throws LabFault {
        try {
            if (Files.size(file) > LARGEST) {
                throw broken("it is larger than any lab");
            }
            return Optional.of(state(JSON.readTree(Files.readAllBytes(file))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw broken("it cannot be read, or is no JSON");
        } catch (IllegalArgumentException e) {
            throw broken(String.valueOf(e.getMessage()));
        }
    }

    private LabFault broken(String why) {
        return new LabFault(
                LabFault.Reason.REFUSED,
                "The state of the lab, " + file + ", is of no use: " + why + ". `stretchc lab down --lab "
                        + Objects.requireNonNull(file.getParent()).getFileName()
                        + "` ends what runs of it, and deletes it.");
    }

    void write(LabState state) throws LabFault {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            createPrivate(fresh);
            Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(state)));
            try {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new LabFault(
                    LabFault.Reason.UNREACHABLE,
                    "The state of the lab cannot be written to " + file + ": check that there is space, and that the"
                            + " directory may be written to.");
        }
    }

    /** Creates a file that only its owner can read, where the file system knows owners. */
    static void createPrivate(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(path);
        }
    }

    private static ObjectNode json(LabState state) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("name", state.name().text());
        root.put("topology", state.topology().toString());
        root.put("digest", state.digest());
        root.put("password", state.password());
        root.put("leaf_key", state.leafKey());
        ArrayNode variables = root.putArray("variables");
        state.variables().forEach(variables::add);
        put(root, "network", state.network());
        ArrayNode clusters = root.putArray("clusters");
        for (LabState.Cluster c : state.clusters()) {
            ObjectNode n = clusters.addObject();
            n.put("name", c.name()).put("user", c.user()).put("system", c.system());
            ArrayNode accounts = n.putArray("accounts");
            c.accounts().forEach(accounts::add);
        }
        ArrayNode servers = root.putArray("servers");
        state.servers().forEach(s -> servers.add(json(s)));
        ArrayNode cuts = root.putArray("cuts");
        state.cuts().forEach(c -> cuts.addArray().add(c.one()).add(c.other()));
        return root;
    }

    private static ObjectNode json(LabServer s) {
        ObjectNode n = JSON.createObjectNode();
        n.put("name", s.name().text());
        n.put("role", s.role().directory());
        n.put("cluster", s.cluster());
        put(n, "site", s.site() == null ? null : s.site().text());
        n.put("version", s.version().toString());
        n.put("binary", s.binary().toString());
        n.put("configuration", s.configuration().toString());
        n.put("store", s.store().toString());
        n.put("log", s.log().toString());
        n.put("host", s.host());
        n.put("client", s.client());
        ArrayNode ports = n.putArray("ports");
        s.ports().forEach(ports::add);
        put(n, "namespace", s.namespace());
        return n;
    }

    private static void put(ObjectNode node, String key, @Nullable String value) {
        if (value != null) {
            node.put(key, value);
        }
    }

    private static LabState state(JsonNode root) {
        if (root.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("its format is not " + FORMAT);
        }
        var clusters = new ArrayList<LabState.Cluster>();
        for (JsonNode c : root.path("clusters")) {
            var accounts = new ArrayList<String>();
            c.path("accounts").forEach(a -> accounts.add(a.asText()));
            clusters.add(new LabState.Cluster(text(c, "name"), text(c, "user"), text(c, "system"), accounts));
        }
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("it has no clusters");
        }
        var servers = new ArrayList<LabServer>();
        for (JsonNode s : root.path("servers")) {
            servers.add(server(s));
        }
        var cuts = new ArrayList<LabState.Cut>();
        for (JsonNode c : root.path("cuts")) {
            cuts.add(new LabState.Cut(c.path(0).asText(), c.path(1).asText()));
        }
        var variables = new ArrayList<String>();
        root.path("variables").forEach(v -> variables.add(v.asText()));
        LabName name = LabName.parse(text(root, "name"))
                .orElseThrow(() -> new IllegalArgumentException("its name is not one of a lab"));
        return new LabState(
                name,
                Path.of(text(root, "topology")),
                text(root, "digest"),
                text(root, "password"),
                text(root, "leaf_key"),
                variables,
                optional(root, "network"),
                clusters,
                servers,
                cuts);
    }

    private static LabServer server(JsonNode n) {
        String site = optional(n, "site");
        var ports = new ArrayList<Integer>();
        n.path("ports").forEach(p -> ports.add(p.asInt()));
        return new LabServer(
                new ServerName(text(n, "name")),
                role(text(n, "role")),
                text(n, "cluster"),
                site == null ? null : new SiteName(site),
                ServerVersion.parse(text(n, "version"))
                        .orElseThrow(() -> new IllegalArgumentException("a version is none")),
                Path.of(text(n, "binary")),
                Path.of(text(n, "configuration")),
                Path.of(text(n, "store")),
                Path.of(text(n, "log")),
                text(n, "host"),
                n.path("client").asInt(),
                List.copyOf(ports),
                optional(n, "namespace"));
    }

    private static Role role(String directory) {
        for (Role role : Role.values()) {
            if (role.directory().equals(directory)) {
                return role;
            }
        }
        throw new IllegalArgumentException("a role is none");
    }

    private static String text(JsonNode node, String key) {
        if (!node.path(key).isTextual()) {
            throw new IllegalArgumentException("`" + key + "` is missing or no text");
        }
        return node.path(key).textValue();
    }

    private static @Nullable String optional(JsonNode node, String key) {
        return node.has(key) ? text(node, key) : null;
    }
}
