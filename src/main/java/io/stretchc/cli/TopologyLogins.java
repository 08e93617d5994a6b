package io.stretchc.cli;

import io.stretchc.nats.Credentials;
import io.stretchc.nats.KeyFiles;
import io.stretchc.nats.Login;
import io.stretchc.nats.LoginFault;
import io.stretchc.nats.Logins;
import io.stretchc.nats.TlsFiles;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.HostPort;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.AccountSpec;
import io.stretchc.topology.ContextSpec;
import io.stretchc.topology.Password;
import io.stretchc.topology.UserSpec;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Logins that a topology names itself: its users with a context whose password, key or creds are at hand. */
final class TopologyLogins {
    private final ClusterModel cluster;
    private final Map<String, String> environment;
    private final List<String> wanting = new ArrayList<>();

    TopologyLogins(ClusterModel cluster, Map<String, String> environment) {
        this.cluster = cluster;
        this.environment = environment;
    }

    /** The logins, if there is one to the system account. */
    Optional<Logins> find() throws LoginFault {
        Login system = null;
        var accounts = new TreeMap<String, Login>();
        for (AccountSpec account : cluster.access().accounts()) {
            Login login = login(account);
            if (login != null && account.system()) {
                system = login;
            } else if (login != null) {
                accounts.put(account.name().text(), login);
            }
        }
        return system == null
                ? Optional.empty()
                : Optional.of(new Logins(system, accounts, "the contexts of the topology"));
    }

    /** What would have to be there for a login to the system account. */
    List<String> wanting() {
        return List.copyOf(wanting);
    }

    /** Addresses of all servers for clients. */
    static List<String> urls(ClusterModel cluster) {
        String scheme = cluster.tls().client() == null ? "nats://" : "tls://";
        return cluster.servers().stream().map(s -> scheme + address(s)).toList();
    }

    private static HostPort address(ServerModel server) {
        return new HostPort(server.host(), server.ports().client());
    }

    private @Nullable Login login(AccountSpec account) throws LoginFault {
        for (UserSpec user : account.users()) {
            ContextSpec context = user.context();
            Credentials credentials = context == null ? null : credentials(user, context, account.system());
            if (context != null && credentials != null) {
                return new Login(urls(cluster), (String) null, null)
                        .with(credentials)
                        .with(tls(context));
            }
        }
        return null;
    }

    private @Nullable Credentials credentials(UserSpec user, ContextSpec context, boolean system) throws LoginFault {
        if (context.credsFile() != null) {
            String path = home(context.credsFile());
            return here(path, system) ? KeyFiles.creds(path) : null;
        }
        if (context.nkeyFile() != null) {
            String path = home(context.nkeyFile());
            return here(path, system) ? KeyFiles.nkey(path) : null;
        }
        String variable = context.passwordEnv();
        if (variable == null && user.password() instanceof Password.Environment e) {
            variable = e.variable();
        }
        if (variable == null || user.user() == null) {
            return null;
        }
        String password = environment.getOrDefault(variable, "");
        if (password.isEmpty()) {
            want(system, "set " + variable + " to the password of user " + user.user());
            return null;
        }
        return new Credentials.UserPassword(user.user(), password);
    }

    private boolean here(String path, boolean system) {
        try {
            if (Files.isReadable(Path.of(path))) {
                return true;
            }
        } catch (InvalidPathException e) {
            // as if it were not there
        }
        want(system, "put the key into " + path);
        return false;
    }

    private void want(boolean system, String what) {
        if (system) {
            wanting.add(what);
        }
    }

    private TlsFiles tls(ContextSpec context) {
        boolean first = cluster.tls().client() != null && cluster.tls().client().handshakeFirst();
        return new TlsFiles(optional(context.tlsCa()), optional(context.tlsCert()), optional(context.tlsKey()), first);
    }

    private @Nullable String optional(@Nullable String path) {
        return path == null ? null : home(path);
    }

    private String home(String path) {
        return path.startsWith("~/") ? environment.getOrDefault("HOME", "~") + path.substring(1) : path;
    }
}
