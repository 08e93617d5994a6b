package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Diagnostics.Link;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.Doubts;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.Access;
import io.stretchc.topology.AccountSpec;
import io.stretchc.topology.Password;
import io.stretchc.topology.Tls;
import io.stretchc.topology.Topology;
import io.stretchc.topology.UserSpec;
import org.jspecify.annotations.Nullable;

/** Accounts, users and who gets in without being either. */
final class AccessRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        Topology t = topology.source();
        access(t.access(), t.tls(), Path.ROOT, topology.doubts(), found);
        for (int i = 0; i < t.leafClusters().size(); i++) {
            access(
                    t.leafClusters().get(i).access(),
                    t.leafClusters().get(i).tls(),
                    Path.ROOT.child("leaf_clusters").at(i),
                    topology.doubts(),
                    found);
        }
    }

    private static void access(Access access, Tls tls, Path base, Doubts doubts, Diagnostics found) {
        Path accounts = base.child("accounts");
        if (access.operatorInclude() != null) {
            if (!access.accounts().isEmpty()) {
                found.add(
                        Code.AC103,
                        accounts,
                        "There are " + access.accounts().size()
                                + " accounts beside the operator, but with an operator all accounts come from the resolver.",
                        "Remove `accounts` or `operator`.",
                        new Link(base.child("operator"), "the operator"));
            }
            return;
        }
        @Nullable Path system = null;
        boolean systemUser = false;
        for (int i = 0; i < access.accounts().size(); i++) {
            AccountSpec account = access.accounts().get(i);
            Path at = accounts.at(i);
            if (account.system()) {
                systemUser |= !account.users().isEmpty();
                if (system != null) {
                    found.add(
                            Code.AC102,
                            at.child("system"),
                            "The account " + Quote.of(account.name())
                                    + " is the second system account; a cluster has one.",
                            "Remove `system: true` from one of them.",
                            new Link(system, "the first one"));
                }
                system = system == null ? at.child("system") : system;
            }
            for (int u = 0; u < account.users().size(); u++) {
                Path user = at.child("users").at(u);
                if (!doubts.within(user)) {
                    identity(account.users().get(u), byCertificate(tls), user, found);
                }
            }
            shares(account, at, found);
        }
        withoutCredentials(access, base.child("no_auth_user"), found);
        if (!systemUser && !doubts.aboutEntries(accounts)) {
            found.add(
                    Code.AC101,
                    base.child("accounts"),
                    "No user belongs to a system account, so nobody can watch or recover the cluster.",
                    "Add an account with `system: true` and a user.");
        }
    }

    /**
     * Clients without credentials become this user. nats-server then goes on as if they had given what its
     * configuration says of the user, and a password hash is not the password that it is the hash of (2.9 to 2.15).
     */
    private static void withoutCredentials(Access access, Path at, Diagnostics found) {
        UserSpec user = access.userWithoutCredentials();
        if (user == null) {
            return;
        }
        if (user.password() instanceof Password.Bcrypt) {
            found.add(
                    Code.AC107,
                    at,
                    "Clients without credentials become the user " + Quote.of(String.valueOf(user.user()))
                            + ", whose password is a hash, and nats-server refuses them all, since it compares the hash with itself.",
                    "Name a user with an nkey (nats-server 2.10.8 or later), or give this one a password by `env` or `file`.");
            return;
        }
        found.add(
                Code.AC106,
                at,
                "Anybody who reaches a client port becomes the user " + Quote.of(String.valueOf(access.noAuthUser()))
                        + ".",
                "Give clients credentials of their own and remove `no_auth_user`.");
    }

    /** Whether the certificate of a client says which user it is; then users need no password (2.9 to 2.15). */
    private static boolean byCertificate(Tls tls) {
        return tls.client() != null && tls.client().verifyAndMap();
    }

    private static void identity(UserSpec user, boolean byCertificate, Path at, Diagnostics found) {
        boolean byName = user.user() != null;
        boolean byKey = user.nkey() != null;
        if (byName == byKey) {
            found.add(
                    Code.AC104,
                    at,
                    byName ? "The user has both a name and an nkey." : "The user has neither a name nor an nkey.",
                    "Give `user` with `password`, or `nkey`.");
        } else if (byName && user.password() == null && !byCertificate) {
            found.add(
                    Code.AC104,
                    at.child("user"),
                    "The user " + Quote.of(String.valueOf(user.user())) + " has no password.",
                    "Add `password` with `env`, `file` or `bcrypt`.");
        } else if (byKey && user.password() != null) {
            found.add(
                    Code.AC104,
                    at.child("password"),
                    "The user has both an nkey and a password.",
                    "Remove `password` or `nkey`.");
        }
    }

    private static void shares(AccountSpec account, Path at, Diagnostics found) {
        for (int i = 0; i < account.exports().size(); i++) {
            var e = account.exports().get(i);
            either(
                    e.stream() != null,
                    e.service() != null,
                    "export",
                    at.child("exports").at(i),
                    found);
        }
        for (int i = 0; i < account.imports().size(); i++) {
            var m = account.imports().get(i);
            either(
                    m.stream() != null,
                    m.service() != null,
                    "import",
                    at.child("imports").at(i),
                    found);
        }
    }

    private static void either(boolean stream, boolean service, String what, Path at, Diagnostics found) {
        if (stream == service) {
            found.add(
                    Code.AC104,
                    at,
                    "The " + what + " names "
                            + (stream ? "both a stream and a service." : "neither a stream nor a service."),
                    "Give exactly one of `stream` and `service`.");
        }
    }
}
