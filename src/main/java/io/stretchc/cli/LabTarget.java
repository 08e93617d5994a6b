package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.lab.LabState;
import io.stretchc.nats.Login;
import io.stretchc.nats.LoginFault;
import io.stretchc.nats.Logins;
import io.stretchc.resolve.ResolvedTopology;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The cluster and the account that a load goes to and an audit reads. */
final class LabTarget {
    @Parameters(arity = "0..1", paramLabel = "TOPOLOGY", description = "Topology file of the cluster.")
    private @Nullable String file;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "The account of the streams; needed if there are logins to several.")
    private @Nullable String account;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** The topology, if one was named. */
    record Read(@Nullable ResolvedTopology topology, boolean failed) {}

    /** Where the streams are. */
    record Account(String name, Login login, Logins logins) {}

    /**
     * Reads the topology and reports what is wrong with it; without one, that of the lab that is meant, if that is clear.
     */
    Read topology(Console console) throws LoginFault {
        String name = file;
        if (name == null) {
            Optional<LabState> lab = connection.anyLab(console);
            if (lab.isEmpty()) {
                return new Read(null, false);
            }
            name = lab.get().topology().toString();
        }
        ResolvedTopology topology = TopologyLoader.read(console, name, null);
        return new Read(topology, topology == null);
    }

    /** The lab that the cluster is, if it is one. */
    Optional<LabState> lab(Console console, @Nullable ResolvedTopology topology) throws LoginFault {
        return connection.lab(console, topology);
    }

    /**
     * Picks the login: of the named account, else of the only one. A login that comes by flags alone is taken to be one
     * to the account of the streams.
     */
    Account account(Console console, @Nullable ResolvedTopology topology, @Nullable String wanted) throws LoginFault {
        Logins logins = connection.logins(console, topology);
        String name = account == null ? wanted : account;
        if (logins.accounts().isEmpty() && account == null) {
            return new Account("", logins.system(), logins);
        }
        if (name == null || name.isEmpty()) {
            if (logins.accounts().size() != 1) {
                throw new LoginFault("There are logins to "
                        + Quote.all(logins.accounts().keySet()) + "; say with --account where the streams are.");
            }
            name = logins.accounts().firstKey();
        }
        Login login = logins.accounts().get(name);
        if (login == null) {
            throw new LoginFault("There is no login to the account " + Quote.of(name) + ", only to "
                    + Quote.all(logins.accounts().keySet()) + "; give one with --account-context.");
        }
        return new Account(name, login, logins);
    }
}
