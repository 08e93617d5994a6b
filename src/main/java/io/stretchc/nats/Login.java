package io.stretchc.nats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to get into one account.
 *
 * @param urls of servers, tried in their order
 * @param inboxPrefix first tokens of the subjects of answers; none for the usual one
 * @param apiPrefix what JetStream requests begin with, {@code $JS.API} unless the account is reached through another
 */
public record Login(
        List<String> urls,
        Credentials credentials,
        TlsFiles tls,
        @Nullable String inboxPrefix,
        String apiPrefix) {
    /** What JetStream requests begin with in an account of the cluster itself. */
    public static final String JETSTREAM = "$JS.API";

    public Login {
        urls = List.copyOf(urls);
    }

    /**
     * A login without TLS.
     *
     * @param user none for a login without user
     */
    public Login(List<String> urls, @Nullable String user, @Nullable String password) {
        this(
                urls,
                user == null || password == null
                        ? new Credentials.None()
                        : new Credentials.UserPassword(user, password),
                TlsFiles.NONE,
                null,
                JETSTREAM);
    }

    /** The same login at other servers. */
    public Login at(List<String> others) {
        return new Login(others, credentials, tls, inboxPrefix, apiPrefix);
    }

    /** The same servers with other credentials. */
    public Login with(Credentials others) {
        return new Login(urls, others, tls, inboxPrefix, apiPrefix);
    }

    /** The same login with other TLS files. */
    public Login with(TlsFiles others) {
        return new Login(urls, credentials, others, inboxPrefix, apiPrefix);
    }

    /** Where it goes, without anything secret. */
    public String place() {
        return String.join(", ", urls.stream().map(ServerAddress::shown).toList());
    }

    /** Without secrets, which belong into no log. */
    @Override
    public String toString() {
        return "Login[" + place() + ", " + credentials + "]";
    }
}
