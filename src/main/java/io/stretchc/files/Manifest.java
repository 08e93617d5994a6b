package io.stretchc.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a compile wrote into a cluster's directory, so that a later one can remove what no longer belongs.
 *
 * @param topology file name of the topology, without its directories
 * @param files path below the cluster's directory to the SHA-256 of what was written there
 */
record Manifest(String topology, SortedMap<String, String> files) {
    static final String NAME = "manifest.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    Manifest {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Reads a manifest; empty when the text is not one. Paths that lead outside the directory are left out. */
    static Optional<Manifest> parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            if (root == null
                    || !root.path("files").isObject()
                    || !root.path("topology").isTextual()) {
                return Optional.empty();
            }
            var files = new TreeMap<String, String>();
            root.path("files").properties().forEach(e -> {
                if (inside(e.getKey())) {
                    files.put(e.getKey(), e.getValue().asText());
                }
            });
            return Optional.of(new Manifest(root.path("topology").asText(), files));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean inside(String path) {
        boolean plain = path.matches("[A-Za-z0-9_.:-]+(/[A-Za-z0-9_.:-]+){0,5}");
        return plain
                && !path.equals(NAME)
                && !("/" + path + "/").contains("/../")
                && !("/" + path + "/").contains("/./");
    }

    String text() {
        ObjectNode root = JSON.createObjectNode();
        root.put("topology", topology);
        ObjectNode map = root.putObject("files");
        files.forEach(map::put);
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    static String digest(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
