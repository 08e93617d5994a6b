package io.stretchc.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Names of nats-server settings that are generated, with the synonyms that the server knows for them (2.9 to 2.15).
 * nats-server compares names in lower case, and the last of two equal ones wins silently, so none may come from
 * elsewhere.
 */
public final class GeneratedSettings {
    private static final Set<String> TOP = names(
            "server_name server_tags listen client_advertise host port net http http_port monitor_port https https_port http_base_path"
                    + " include accounts authorization system_account system operator operators root roots resolver"
                    + " resolvers resolver_preload resolver_tls account_resolver account_resolver_tls no_auth_user tls"
                    + " trusted trusted_keys max_connections max_conn max_payload max_pending");

    private static final Map<String, Block> BLOCKS = blocks();

    private GeneratedSettings() {}

    /**
     * A generated block.
     *
     * @param name its name in the configuration
     * @param inner settings in it that are generated
     */
    public record Block(String name, Set<String> inner) {}

    /** Whether a top-level setting, by its name in lower case, is generated. */
    public static boolean top(String name) {
        return TOP.contains(name);
    }

    /** The generated block with this name or synonym, in lower case; null if there is none. */
    public static @org.jspecify.annotations.Nullable Block block(String name) {
        return BLOCKS.get(name);
    }

    private static Map<String, Block> blocks() {
        var blocks = new TreeMap<String, Block>();
        add(
                blocks,
                List.of("cluster"),
                "name listen host port net addr advertise cluster_advertise routes tls authorization");
        add(
                blocks,
                List.of("jetstream"),
                "enabled enable store_dir storedir store max_memory_store max_mem_store max_mem max_file_store max_file domain unique_tag"
                        + " sync_interval sync");
        add(
                blocks,
                List.of("leafnodes", "leaf"),
                "listen host port net addr advertise leafnode_advertise remotes authorization tls");
        add(
                blocks,
                List.of("gateway"),
                "name listen host port net addr advertise gateways tls authorization reject_unknown reject_unknown_cluster");
        add(blocks, List.of("websocket", "ws"), "listen host port net advertise tls no_tls");
        return blocks;
    }

    private static void add(Map<String, Block> blocks, List<String> synonyms, String inner) {
        for (String synonym : synonyms) {
            blocks.put(synonym, new Block(synonyms.get(0), names(inner)));
        }
    }

    private static Set<String> names(String text) {
        return new TreeSet<>(List.of(text.split(" ")));
    }
}
