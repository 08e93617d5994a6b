package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabState;
import io.stretchc.nats.Contexts;
import io.stretchc.nats.Credentials;
import io.stretchc.nats.KeyFiles;
import io.stretchc.nats.Login;
import io.stretchc.nats.LoginFault;
import io.stretchc.nats.Logins;
import io.stretchc.nats.TlsFiles;
import io.stretchc.resolve.ResolvedTopology;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How to get into a cluster, in the words of the {@code nats} CLI, flags before its environment variables. Without any, a
 * running lab of the topology is taken, then the topology's own users, then the selected context.
 */
final class ConnectionOptions {
    @Option(
            names = {"-s", "--server"},
            paramLabel = "URLS",
            description = "Servers, joined by commas ($NATS_URL).")
    private @Nullable String server;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "A context of the nats CLI for the system account, or its file ($NATS_CONTEXT).")
    private @Nullable String context;

    @Option(
            names = "--account-context",
            paramLabel = "ACCOUNT=NAME",
            description = "A context for an account; repeat for more. Tells of streams that nobody has a copy of.")
    private Map<String, String> accountContexts = new LinkedHashMap<>();

    @Option(names = "--user", paramLabel = "USER", description = "User, or token ($NATS_USER).")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            description = "Password ($NATS_PASSWORD). Other users of the machine see command lines;"
                    + " --password-env and --password-file show nothing.")
    private @Nullable String password;

    @Option(names = "--password-env", paramLabel = "VAR", description = "Environment variable that holds the password.")
    private @Nullable String passwordEnv;

    @Option(names = "--password-file", paramLabel = "FILE", description = "File that holds the password.")
    private @Nullable String passwordFile;

    @Option(names = "--creds", paramLabel = "FILE", description = "Credentials file ($NATS_CREDS).")
    private @Nullable String creds;

    @Option(names = "--nkey", paramLabel = "FILE", description = "File with the seed of an nkey ($NATS_NKEY).")
    private @Nullable String nkey;

    @Option(names = "--tlscert", paramLabel = "FILE", description = "Own certificate, PEM ($NATS_CERT).")
    private @Nullable String tlsCert;

    @Option(names = "--tlskey", paramLabel = "FILE", description = "Its private key, PEM ($NATS_KEY).")
    private @Nullable String tlsKey;

    @Option(names = "--tlsca", paramLabel = "FILE", description = "Authorities to trust, PEM ($NATS_CA).")
    private @Nullable String tlsCa;

    @Option(names = "--tlsfirst", description = "Begin with the TLS handshake, before the server's greeting.")
    private boolean tlsFirst;

    @Option(
            names = "--lab",
            paramLabel = "NAME",
            description = "A lab of this machine, and not what runs the topology.")
    private @Nullable String lab;

    /** The logins that were asked for, or that are at hand. */
    Logins logins(Console console, @Nullable ResolvedTopology topology) throws LoginFault {
        Map<String, String> environment = console.environment();
        String named = flag(context, "NATS_CONTEXT", environment);
        Optional<LabState> local = lab(console, topology);
        if (local.isPresent()) {
            Logins logins = Labs.logins(local.get(), local.get().backbone());
            return withAccounts(at(logins, environment), environment);
        }
        if (!asked(environment)) {
            return withAccounts(ownOrSelected(environment, topology), environment);
        }
        Login base = base(named, topology, environment);
        Login system = overridden(base, environment);
        SortedMap<String, Login> accounts = new TreeMap<>();
        if (topology != null) {
            new TopologyLogins(topology.backbone(), environment)
                    .find()
                    .ifPresent(own ->
                            own.accounts().forEach((name, login) -> accounts.put(name, login.at(system.urls()))));
        }
        return withAccounts(new Logins(system, accounts, origin(named, environment)), environment);
    }

    /** Where the credentials come from that {@link #overridden} takes. */
    private String origin(@Nullable String named, Map<String, String> environment) {
        boolean own = flag(user, "NATS_USER", environment) != null
                || flag(creds, "NATS_CREDS", environment) != null
                || flag(nkey, "NATS_NKEY", environment) != null;
        return own
                ? "the flags, or of NATS_USER, NATS_CREDS or NATS_NKEY"
                : named != null ? "the context " + Quote.of(named) : "the contexts of the topology";
    }

    /** Logins to a lab, at the servers of it that are asked for. */
    private Logins at(Logins logins, Map<String, String> environment) {
        String urls = flag(server, "NATS_URL", environment);
        if (urls == null) {
            return logins;
        }
        List<String> asked = List.of(urls.split(",", -1));
        var accounts = new TreeMap<String, Login>();
        logins.accounts().forEach((name, login) -> accounts.put(name, login.at(asked)));
        return new Logins(logins.system().at(asked), accounts, logins.origin());
    }

    /** The lab that is connected to, if it is one: the one that is named; or unless a flag says otherwise, the topology's. */
    Optional<LabState> lab(Console console, @Nullable ResolvedTopology topology) throws LoginFault {
        return lab != null || !asked(console.environment())
                ? Labs.find(console.environment(), topology, lab)
                : Optional.empty();
    }

    /** The lab that is meant when nothing is said: the one that is named, else the one that runs. */
    Optional<LabState> anyLab(Console console) throws LoginFault {
        try {
            return lab != null || !asked(console.environment())
                    ? Optional.of(Labs.of(console.environment()).select(lab))
                    : Optional.empty();
        } catch (LabFault e) {
            if (lab == null) {
                return Optional.empty();
            }
            throw new LoginFault(e.getMessage());
        }
    }

    private boolean asked(Map<String, String> environment) {
        return tlsFirst
                || Arrays.asList(
                                flag(server, "NATS_URL", environment),
                                flag(context, "NATS_CONTEXT", environment),
                                flag(user, "NATS_USER", environment),
                                flag(creds, "NATS_CREDS", environment),
                                flag(nkey, "NATS_NKEY", environment),
                                flag(tlsCert, "NATS_CERT", environment),
                                flag(tlsCa, "NATS_CA", environment))
                        .stream()
                        .anyMatch(v -> v != null);
    }

    private Logins ownOrSelected(Map<String, String> environment, @Nullable ResolvedTopology topology)
            throws LoginFault {
        TopologyLogins own = topology == null ? null : new TopologyLogins(topology.backbone(), environment);
        Optional<Logins> found = own == null ? Optional.empty() : own.find();
        if (found.isPresent()) {
            return found.get();
        }
        var contexts = new Contexts(environment);
        Optional<String> selected = contexts.selected();
        if (selected.isPresent()) {
            return new Logins(
                    contexts.load(selected.get()), new TreeMap<>(), "the selected context " + Quote.of(selected.get()));
        }
        String wanting = own == null || own.wanting().isEmpty()
                ? ""
                : "For the topology's own users, " + String.join(", or ", own.wanting()) + ". ";
        throw new LoginFault(
                "There is no login to the cluster: no lab of it runs here, and no context of the nats CLI is"
                        + " selected. " + wanting + "Or give --context, or --server with --user, --creds or --nkey.");
    }

    /** What the flags then change: a context, or the servers of the topology. */
    private Login base(@Nullable String named, @Nullable ResolvedTopology topology, Map<String, String> environment)
            throws LoginFault {
        var contexts = new Contexts(environment);
        if (named != null) {
            return contexts.load(named);
        }
        if (topology != null) {
            Optional<Logins> own = new TopologyLogins(topology.backbone(), environment).find();
            return own.isPresent()
                    ? own.get().system()
                    : new Login(TopologyLogins.urls(topology.backbone()), (String) null, null);
        }
        Optional<String> selected = contexts.selected();
        return selected.isPresent()
                ? contexts.load(selected.get())
                : new Login(List.of("nats://127.0.0.1:4222"), (String) null, null);
    }

    private Login overridden(Login base, Map<String, String> environment) throws LoginFault {
        Login login = base;
        String urls = flag(server, "NATS_URL", environment);
        if (urls != null) {
            login = login.at(Arrays.stream(urls.split(","))
                    .map(String::strip)
                    .filter(u -> !u.isEmpty())
                    .toList());
        }
        Credentials credentials = credentials(environment);
        if (credentials != null) {
            login = login.with(credentials);
        }
        TlsFiles tls = login.tls();
        return login.with(new TlsFiles(
                first(flag(tlsCa, "NATS_CA", environment), tls.ca()),
                first(flag(tlsCert, "NATS_CERT", environment), tls.cert()),
                first(flag(tlsKey, "NATS_KEY", environment), tls.key()),
                tlsFirst || tls.first()));
    }

    private @Nullable Credentials credentials(Map<String, String> environment) throws LoginFault {
        String name = flag(user, "NATS_USER", environment);
        if (name != null) {
            String secret = secret(environment);
            return secret == null ? new Credentials.Token(name) : new Credentials.UserPassword(name, secret);
        }
        String credsFile = flag(creds, "NATS_CREDS", environment);
        if (credsFile != null) {
            return KeyFiles.creds(credsFile);
        }
        String nkeyFile = flag(nkey, "NATS_NKEY", environment);
        return nkeyFile == null ? null : KeyFiles.nkey(nkeyFile);
    }

    private @Nullable String secret(Map<String, String> environment) throws LoginFault {
        if (passwordFile != null) {
            return KeyFiles.password(passwordFile);
        }
        if (passwordEnv != null) {
            String value = environment.getOrDefault(passwordEnv, "");
            if (value.isEmpty()) {
                throw new LoginFault("The variable " + Quote.of(passwordEnv) + " of --password-env is not set.");
            }
            return value;
        }
        return flag(password, "NATS_PASSWORD", environment);
    }

    private Logins withAccounts(Logins logins, Map<String, String> environment) throws LoginFault {
        if (accountContexts.isEmpty()) {
            return logins;
        }
        var contexts = new Contexts(environment);
        var accounts = new TreeMap<>(logins.accounts());
        for (Map.Entry<String, String> e : accountContexts.entrySet()) {
            accounts.put(e.getKey(), contexts.load(e.getValue()));
        }
        return new Logins(logins.system(), accounts, logins.origin());
    }

    private static @Nullable String flag(@Nullable String flag, String variable, Map<String, String> environment) {
        String value = flag == null ? environment.getOrDefault(variable, "") : flag;
        return value.isEmpty() ? null : value;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }
}
