package io.stretchc.compile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.HostPort;
import io.stretchc.topology.AccountSpec;
import io.stretchc.topology.ContextSpec;
import io.stretchc.topology.Password;
import io.stretchc.topology.UserSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes contexts of the {@code nats} CLI: where the cluster is and who one is there, without any secret. */
final class ContextWriter {
    private final ObjectMapper json = new ObjectMapper();

    List<ConfigFile> contexts(ClusterModel cluster) {
        var files = new ArrayList<ConfigFile>();
        for (AccountSpec account : cluster.access().accounts()) {
            for (UserSpec user : account.users()) {
                ContextSpec context = user.context();
                if (context != null) {
                    files.add(new ConfigFile(
                            cluster.directory() + "/contexts/" + context.name() + ".json",
                            text(cluster, account, user, context)));
                }
            }
        }
        return files;
    }

    private String text(ClusterModel cluster, AccountSpec account, UserSpec user, ContextSpec context) {
        Map<String, String> v = new LinkedHashMap<>();
        v.put("description", "Account " + account.name() + " of cluster " + cluster.name());
        v.put("url", urls(cluster));
        put(v, "user", user.user());
        put(v, "password", password(user, context));
        put(v, "nkey", context.nkeyFile());
        put(v, "creds", context.credsFile());
        put(v, "ca", context.tlsCa());
        put(v, "cert", context.tlsCert());
        put(v, "key", context.tlsKey());
        try {
            var indenter = new DefaultIndenter("  ", "\n");
            var printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
            return json.writer(printer).writeValueAsString(v) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    /** A reference that the CLI resolves when it connects, so that the file holds no secret. */
    private static @Nullable String password(UserSpec user, ContextSpec context) {
        String variable = context.passwordEnv();
        if (variable == null && user.password() instanceof Password.Environment e) {
            variable = e.variable();
        }
        return variable == null ? null : "env://" + variable;
    }

    private static String urls(ClusterModel cluster) {
        String scheme = cluster.tls().client() == null ? "nats://" : "tls://";
        return cluster.servers().stream()
                .map(s -> scheme + new HostPort(s.host(), s.ports().client()))
                .collect(Collectors.joining(","));
    }

    private static void put(Map<String, String> v, String key, @Nullable String value) {
        if (value != null) {
            v.put(key, value);
        }
    }
}
