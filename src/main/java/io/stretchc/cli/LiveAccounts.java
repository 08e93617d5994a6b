package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.nats.JnatsQuery;
import io.stretchc.nats.JnatsTransfer;
import io.stretchc.nats.Login;
import io.stretchc.nats.Logins;
import io.stretchc.observe.ClusterQuery;
import io.stretchc.observe.QueryFault;
import io.stretchc.vault.Accounts;
import io.stretchc.vault.Transfer;
import java.util.SortedMap;
import java.util.TreeMap;

/** Connections to accounts, made when they are first needed and kept. */
final class LiveAccounts implements Accounts, AutoCloseable {
    private final SortedMap<String, Login> logins;
    private final TreeMap<String, ClusterQuery> queries = new TreeMap<>();
    private final TreeMap<String, Transfer> transfers = new TreeMap<>();

    LiveAccounts(Logins logins) {
        this.logins = logins.accounts();
    }

    boolean reaches(String account) {
        return logins.containsKey(account);
    }

    @Override
    public synchronized ClusterQuery query(String account) throws QueryFault {
        ClusterQuery known = queries.get(account);
        if (known == null) {
            known = JnatsQuery.connect(login(account));
            queries.put(account, known);
        }
        return known;
    }

    @Override
    public synchronized Transfer transfer(String account) throws QueryFault {
        Transfer known = transfers.get(account);
        if (known == null) {
            known = JnatsTransfer.connect(login(account));
            transfers.put(account, known);
        }
        return known;
    }

    private Login login(String account) throws QueryFault {
        Login login = logins.get(account);
        if (login == null) {
            throw new QueryFault(
                    QueryFault.Reason.LOGIN,
                    "There is no login to the account " + Quote.of(account) + ": give `--account-context "
                            + Quote.plain(account)
                            + "=NAME`, or name a context at one of its users in the topology.");
        }
        return login;
    }

    @Override
    public synchronized void close() {
        queries.values().forEach(ClusterQuery::close);
        transfers.values().forEach(Transfer::close);
    }
}
