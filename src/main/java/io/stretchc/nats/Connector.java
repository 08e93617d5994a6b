package io.stretchc.nats;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.stretchc.observe.QueryFault;
import io.stretchc.observe.QueryFault.Reason;
import java.io.IOException;
import java.time.Duration;

/** Makes connections from logins. */
public final class Connector {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private Connector() {}

    /** Connects once, to the first server of the login that takes it, and stays with what it then learns of others. */
    public static Connection connect(Login login) throws QueryFault {
        try {
            return Nats.connect(options(login).build());
        } catch (AuthenticationException e) {
            throw new QueryFault(
                    Reason.LOGIN, "The cluster at " + String.join(", ", login.urls()) + " refuses the credentials.");
        } catch (IOException e) {
            throw new QueryFault(
                    Reason.UNREACHABLE, "No server takes a connection at " + String.join(", ", login.urls()) + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryFault(Reason.UNREACHABLE, "Interrupted while connecting.");
        }
    }

    /** Options of a connection that outlives the loss of servers. */
    static Options.Builder options(Login login) {
        var options = new Options.Builder()
                .servers(login.urls().toArray(String[]::new))
                .connectionName("stretchc")
                .connectionTimeout(PATIENCE)
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(100))
                .reconnectJitter(Duration.ofMillis(50))
                .noRandomize();
        if (login.user() != null && login.password() != null) {
            options.userInfo(login.user(), login.password());
        }
        return options;
    }
}
