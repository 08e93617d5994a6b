package io.stretchc.cli;

import io.stretchc.apply.Cluster;
import io.stretchc.diag.Quote;
import io.stretchc.nats.JnatsQuery;
import io.stretchc.nats.JnatsTransfer;
import io.stretchc.nats.Login;
import io.stretchc.nats.LoginFault;
import io.stretchc.nats.Logins;
import io.stretchc.observe.ClusterQuery;
import io.stretchc.observe.Observer;
import io.stretchc.observe.Patience;
import io.stretchc.observe.QueryFault;
import io.stretchc.observe.RollWatch;
import io.stretchc.plan.Action;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.vault.Accounts;
import io.stretchc.vault.Transfer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that a plan is applied to: one connection to the system account, one to each account that is acted in, made
 * when it is first needed. After a fault the next use connects anew, with logins that are read anew: servers may have gone,
 * and credentials may have been renewed.
 */
final class ApplyCluster implements Cluster, AutoCloseable {
    private static final Patience FAST = new Patience(
            Duration.ofMillis(250), Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(20), 16);

    private final ConnectionOptions connection;
    private final Console console;
    private final ResolvedTopology topology;
    private final ApplyBackups backups;
    private final TreeMap<String, ClusterQuery> accounts = new TreeMap<>();
    private @Nullable Logins logins;
    private @Nullable RollWatch system;
    private ClusterQuery.@Nullable Ongoing presence;
    private @Nullable String presenceSubject;
    private String presenceText = "";

    ApplyCluster(ConnectionOptions connection, Console console, ResolvedTopology topology, ApplyBackups backups) {
        this.backups = backups;
        this.connection = connection;
        this.console = console;
        this.topology = topology;
    }

    @Override
    public ClusterSnapshot look() throws QueryFault {
        RollWatch at = watch();
        try {
            return new Observer(at, new TreeMap<>(), FAST, InstantSource.system())
                    .withoutDigests()
                    .observe(LiveCluster.expected(topology.backbone()));
        } catch (QueryFault e) {
            close();
            throw e;
        }
    }

    @Override
    public Unheld unheld() throws QueryFault {
        var open = new TreeMap<String, ClusterQuery>();
        var unseen = new ArrayList<String>();
        for (String name : logins().accounts().keySet()) {
            try {
                account(name).ifPresent(q -> open.put(name, q));
            } catch (QueryFault e) {
                unseen.add("account " + Quote.of(name) + ": " + e.getMessage());
            }
        }
        ClusterSnapshot seen = new Observer(watch(), open, Patience.USUAL, InstantSource.system())
                .withoutDigests()
                .observe(LiveCluster.expected(topology.backbone()));
        seen.gaps().stream()
                .filter(g -> open.keySet().stream().anyMatch(a -> g.subject().equals("account " + a)))
                .forEach(g -> unseen.add(Quote.sentence(g.subject() + ": " + g.reason())));
        return new Unheld(
                seen.streams().stream().filter(s -> s.now().copies().isEmpty()).toList(), unseen);
    }

    @Override
    public ClusterQuery system() throws QueryFault {
        return watch();
    }

    private synchronized RollWatch watch() throws QueryFault {
        RollWatch at = system;
        if (at == null) {
            at = new RollWatch(JnatsQuery.system(logins()), System::nanoTime);
            system = at;
            if (presenceSubject != null) {
                presence = at.answer(presenceSubject, presenceText);
            }
        }
        return at;
    }

    private synchronized Logins logins() throws QueryFault {
        try {
            Logins known = logins;
            if (known == null) {
                known = connection.logins(console, topology);
                logins = known;
            }
            return known;
        } catch (LoginFault e) {
            throw new QueryFault(QueryFault.Reason.LOGIN, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<ClusterQuery> account(String name) throws QueryFault {
        synchronized (accounts) {
            ClusterQuery known = accounts.get(name);
            Login login = known == null ? logins().accounts().get(name) : null;
            if (login != null) {
                known = connect(name, login);
                accounts.put(name, known);
            }
            return Optional.ofNullable(known);
        }
    }

    private static ClusterQuery connect(String account, Login login) throws QueryFault {
        try {
            return JnatsQuery.connect(login);
        } catch (QueryFault e) {
            if (e.reason() != QueryFault.Reason.LOGIN) {
                throw e;
            }
            throw new QueryFault(
                    e.reason(),
                    e.getMessage() + " This is the login to the account " + Quote.of(account)
                            + ": check it, or give another with --account-context " + Quote.plain(account) + "=NAME.");
        }
    }

    @Override
    public Given restore(Action.RestoreStream action, Sending sending) throws QueryFault {
        Login login = logins().accounts().get(action.account());
        ClusterQuery query = account(action.account()).orElse(null);
        if (login == null || query == null) {
            return new Given(false, false, "there is no way into its account");
        }
        try (var transfer = JnatsTransfer.connect(login)) {
            return backups.restore(
                    action,
                    new Accounts() {
                        @Override
                        public ClusterQuery query(String account) {
                            return query;
                        }

                        @Override
                        public Transfer transfer(String account) {
                            return transfer;
                        }
                    },
                    sending);
        }
    }

    /**
     * Makes it known that a plan is applied here, and says who else does so now.
     *
     * @return what another apply says of itself; none when there is none
     */
    Optional<String> announce(String subject, String text) throws QueryFault {
        RollWatch at = watch();
        Optional<String> other = others(at, subject, text);
        if (other.isPresent()) {
            return other;
        }
        synchronized (this) {
            presenceSubject = subject;
            presenceText = text;
            presence = at.answer(subject, text);
        }
        return others(at, subject, text);
    }

    private static Optional<String> others(ClusterQuery at, String subject, String text) throws QueryFault {
        return at.askAll(subject, "", Duration.ofMillis(100), Duration.ofMillis(300)).stream()
                .filter(t -> !t.equals(text))
                .findFirst();
    }

    @Override
    public void close() {
        RollWatch at;
        synchronized (this) {
            at = system;
            system = null;
            logins = null;
            if (presence != null) {
                presence.close();
                presence = null;
            }
        }
        if (at != null) {
            at.close();
        }
        synchronized (accounts) {
            accounts.values().forEach(ClusterQuery::close);
            accounts.clear();
        }
    }
}
