package io.stretchc.nats;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.stretchc.diag.Quote;
import io.stretchc.observe.QueryFault;
import io.stretchc.observe.QueryFault.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes connections from logins. */
public final class Connector {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private Connector() {}

    /**
     * Connects once, to the first server of the login that takes it, and stays with what it then learns of others. Those
     * that greet come first, and what they say decides on TLS, as with the {@code nats} CLI.
     */
    public static Connection connect(Login login) throws QueryFault {
        try {
            return connect(login, Greeter.greet(login.urls()));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** The same with greetings that were heard already. */
    static Connection connect(Login login, List<Greeting> greetings) throws QueryFault {
        return connect(login, greetings, more -> more);
    }

    /** A connection with a few options of its own. */
    static Connection connect(Login login, UnaryOperator<Options.Builder> more) throws QueryFault {
        try {
            return connect(login, Greeter.greet(login.urls()), more);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static Connection connect(Login login, List<Greeting> greetings, UnaryOperator<Options.Builder> more)
            throws QueryFault {
        List<Greeting> heard = greetings.stream().filter(g -> g.info() != null).toList();
        if (heard.isEmpty() && !login.tls().first()) {
            throw silent(login, greetings);
        }
        var watch = new Watch();
        Options options;
        try {
            check(login, heard);
            options = more.apply(options(login, heard)).errorListener(watch).build();
        } catch (LoginFault e) {
            throw new QueryFault(Reason.LOGIN, String.valueOf(e.getMessage()));
        }
        var attempt = new Thread(() -> attempt(options, watch), "connect");
        attempt.setDaemon(true);
        attempt.start();
        try {
            return watch.outcome().get();
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw fault(login, heard, e.getCause(), watch);
        }
    }

    /** Runs beside, as the library goes on to other servers for seconds after one has refused the credentials. */
    private static void attempt(Options options, Watch watch) {
        try {
            Connection connection = Nats.connect(options);
            if (!watch.outcome().complete(connection)) {
                connection.close();
            }
        } catch (IOException | RuntimeException e) {
            watch.outcome().completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What cannot work for sure, said before it is tried. */
    private static void check(Login login, List<Greeting> heard) throws QueryFault, LoginFault {
        boolean wanted = login.tls().wanted();
        for (String url : login.urls()) {
            wanted |= ServerAddress.of(url).tls();
        }
        boolean offered = heard.isEmpty()
                || heard.stream()
                        .anyMatch(g -> g.info() != null
                                && (g.info().isTLSRequired() || g.info().isTLSAvailable()));
        if (wanted && !offered) {
            throw new QueryFault(
                    Reason.TLS,
                    "The login asks for TLS, and the server at " + place(heard) + " offers none. Use nats:// and no TLS"
                            + " files if that is what the cluster is meant to be.");
        }
        if (login.tls().cert() == null && heard.stream().anyMatch(Greeting::verifies)) {
            throw new QueryFault(
                    Reason.TLS,
                    "The server at " + place(heard)
                            + " wants a certificate of its clients; give --tlscert and --tlskey.");
        }
    }

    /** Options of a connection that outlives the loss of servers. */
    static Options.Builder options(Login login) throws LoginFault {
        return options(login, List.of());
    }

    private static Options.Builder options(Login login, List<Greeting> heard) throws LoginFault {
        List<String> greeted = heard.stream().map(Greeting::url).toList();
        var urls = new ArrayList<>(greeted);
        login.urls().stream().filter(u -> !greeted.contains(u)).forEach(urls::add);
        var options = new Options.Builder()
                .servers(urls.toArray(String[]::new))
                .connectionName("stretchc")
                .connectionTimeout(PATIENCE)
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(100))
                .reconnectJitter(Duration.ofMillis(50))
                .noRandomize()
                .errorListener(new Watch());
        boolean tls = login.tls().wanted()
                || heard.stream().anyMatch(g -> g.info() != null && g.info().isTLSRequired());
        for (String url : login.urls()) {
            tls |= ServerAddress.of(url).tls();
        }
        if (tls) {
            options.sslContext(TlsSettings.context(login.tls()));
        }
        if (login.tls().first()) {
            options.tlsFirst();
        }
        if (login.inboxPrefix() != null) {
            options.inboxPrefix(login.inboxPrefix());
        }
        authenticate(options, login.credentials());
        return options;
    }

    private static void authenticate(Options.Builder options, Credentials credentials) throws LoginFault {
        if (credentials instanceof Credentials.UserPassword user) {
            options.userInfo(user.user(), user.password());
        } else if (credentials instanceof Credentials.Token token) {
            options.token(token.token().toCharArray());
        } else if (credentials instanceof Credentials.NkeySeed nkey) {
            options.authHandler(new KeyLogin(KeyLogin.key(nkey.seed()), null));
        } else if (credentials instanceof Credentials.UserJwt jwt) {
            options.authHandler(new KeyLogin(jwt.seed() == null ? null : KeyLogin.key(jwt.seed()), jwt.jwt()));
        }
    }

    private static QueryFault silent(Login login, List<Greeting> greetings) {
        String reasons = greetings.stream().map(Greeting::silence).distinct().collect(Collectors.joining("; "));
        boolean stranger = greetings.stream()
                .anyMatch(g ->
                        g.silence().contains("no nats-server") || g.silence().contains("nothing is said"));
        return new QueryFault(
                Reason.UNREACHABLE,
                "No server can be reached at " + login.place() + ": " + (reasons.isEmpty() ? "no address" : reasons)
                        + "."
                        + (stranger
                                ? " Is it the client port? Monitoring, routes and leaf nodes have others."
                                : " Does it run, and may this machine reach it? --server names others."));
    }

    private static QueryFault fault(Login login, List<Greeting> heard, @Nullable Throwable cause, Watch watch) {
        String place = heard.isEmpty() ? login.place() : place(heard);
        if (cause instanceof AuthenticationException || watch.refused()) {
            return new QueryFault(
                    Reason.LOGIN,
                    "The server at " + place + " refuses the credentials ("
                            + Quote.plain(login.credentials().toString()) + ").");
        }
        SSLException tls = watch.tls(cause);
        if (tls != null) {
            return new QueryFault(Reason.TLS, "TLS with the server at " + place + " fails: " + tls(tls, login) + ".");
        }
        return new QueryFault(
                Reason.UNREACHABLE,
                "The server at " + place + " greets, and then takes no connection" + watch.lastWords() + ".");
    }

    private static String tls(SSLException e, Login login) {
        String text = (e + " " + e.getCause()).toLowerCase(Locale.ROOT);
        if (text.contains("pkix") || text.contains("trust")) {
            return login.tls().ca() == null
                    ? "its certificate is of an authority that Java does not trust; name the authority with --tlsca"
                    : "its certificate is of another authority than the one in "
                            + Quote.of(login.tls().ca());
        }
        if (text.contains("subject alternative") || text.contains("no name matching")) {
            return "its certificate is for another host name or address than the one that was dialled";
        }
        if (text.contains("expired") || text.contains("notafter")) {
            return "a certificate has expired";
        }
        if (text.contains("certificate_required") || text.contains("bad_certificate") || text.contains("unknown_ca")) {
            return "it does not take our certificate; see --tlscert and --tlskey";
        }
        return "no common ground is found";
    }

    private static String place(List<Greeting> heard) {
        return heard.stream()
                .map(g -> ServerAddress.shown(g.url()))
                .distinct()
                .limit(3)
                .collect(Collectors.joining(", "));
    }

    private static QueryFault interrupted() {
        Thread.currentThread().interrupt();
        return new QueryFault(Reason.UNREACHABLE, "Interrupted while connecting.");
    }
}
