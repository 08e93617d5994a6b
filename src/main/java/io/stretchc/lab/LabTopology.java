package io.stretchc.lab;

import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.HostPort;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Access;
import io.stretchc.topology.AccountName;
import io.stretchc.topology.AccountSpec;
import io.stretchc.topology.AllowDeny;
import io.stretchc.topology.Password;
import io.stretchc.topology.Permissions;
import io.stretchc.topology.Setting;
import io.stretchc.topology.StreamSpec;
import io.stretchc.topology.Tls;
import io.stretchc.topology.UserSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A topology as its lab runs it. Everything that a recovery depends on stays as it is: names, tags, domains, accounts,
 * limits, routes between whom. What would reach out of this machine, or needs what is not on it, is replaced:
 *
 * <ul>
 *   <li>every server listens on an address of this machine only, and keeps its store in the lab;
 *   <li>every account gets a user of the lab, and every password that is not a hash becomes the lab's, which stands in no
 *       file but that of the lab's state;
 *   <li>TLS, gateways, an operator with resolver, log and process files are left out;
 *   <li>leaf nodes that log in with a key or creds file do so with a key of the lab.
 * </ul>
 */
public final class LabTopology {
    /** The variable that the password of the lab's users is in. */
    public static final String PASSWORD = "STRETCHC_LAB_PASSWORD";

    /** File beside a leaf cluster's accounts that holds the key of its leaf nodes. */
    static final String LEAF_KEY = "leaf-key.conf";

    private static final String USER = "stretchc-lab";
    private static final List<String> LEFT_OUT = List.of("log_file", "logfile", "pid_file", "ports_file_dir", "syslog");

    /** The lab's user may do everything, whatever an account's default permissions say. */
    private static final Permissions ALL =
            new Permissions(new AllowDeny(List.of(">"), List.of()), new AllowDeny(List.of(">"), List.of()), false);

    private final Layout layout;
    private final Path stores;
    private final String leafKey;

    private LabTopology(Layout layout, Path stores, String leafKey) {
        this.layout = layout;
        this.stores = stores;
        this.leafKey = leafKey;
    }

    /**
     * The topology of a lab.
     *
     * @param stores directory for the stores of all servers
     * @param leafKey public nkey of leaf nodes
     */
    static ResolvedTopology of(ResolvedTopology topology, Layout layout, Path stores, String leafKey) {
        return new LabTopology(layout, stores, leafKey).of(topology);
    }

    /** What a lab leaves out of a topology, a sentence each. */
    static List<String> leftOut(ResolvedTopology topology) {
        var notes = new ArrayList<String>();
        List<ClusterModel> clusters = topology.clusters();
        if (clusters.stream().anyMatch(c -> !c.tls().equals(Tls.NONE))) {
            notes.add("TLS is left out: certificates are not made for 127.0.0.1.");
        }
        if (clusters.stream().anyMatch(c -> c.gateway() != null)) {
            notes.add("Gateways are left out: other clusters are not part of the lab.");
        }
        if (clusters.stream().anyMatch(c -> c.access().operatorInclude() != null)) {
            notes.add(
                    "The operator and its resolver are left out: the accounts of the streams log in with a password.");
        }
        return notes;
    }

    /** What the names of the lab's users begin with in a cluster: something that no user of the topology begins with. */
    static String userPrefix(Access access) {
        var names = new TreeSet<String>();
        access.accounts().forEach(a -> a.users().forEach(u -> names.add(u.user() == null ? "" : u.user())));
        String prefix = USER;
        while (startsOne(names, prefix)) {
            prefix += "_";
        }
        return prefix;
    }

    /** The name of the lab's user in an account. */
    static String userIn(String prefix, String account) {
        return prefix + "-" + account;
    }

    private static boolean startsOne(java.util.Set<String> names, String prefix) {
        return names.stream().anyMatch(n -> n.startsWith(prefix));
    }

    private ResolvedTopology of(ResolvedTopology topology) {
        var addresses = new LinkedHashMap<HostPort, HostPort>();
        for (ClusterModel cluster : topology.clusters()) {
            cluster.all().forEach(s -> map(addresses, cluster, s));
        }
        var leafs = new ArrayList<ClusterModel>();
        for (ClusterModel leaf : topology.leafClusters()) {
            leafs.add(cluster(leaf, topology, addresses, false));
        }
        boolean keyed = topology.leafClusters().stream()
                .flatMap(c -> c.remotes().stream())
                .anyMatch(LabTopology::keyed);
        return new ResolvedTopology(
                topology.source(), cluster(topology.backbone(), topology, addresses, keyed), leafs, topology.doubts());
    }

    private void map(Map<HostPort, HostPort> addresses, ClusterModel cluster, ServerModel server) {
        Layout.Place place = layout.of(cluster, server);
        var moved = place.ports().byPurpose();
        // servers come first, and a replacement has the address of the server that is gone
        server.ports()
                .byPurpose()
                .forEach((purpose, port) -> addresses.putIfAbsent(
                        new HostPort(server.host(), port),
                        new HostPort(place.host(), Objects.requireNonNull(moved.get(purpose)))));
    }

    private ClusterModel cluster(
            ClusterModel c, ResolvedTopology topology, Map<HostPort, HostPort> addresses, boolean keyed) {
        List<ServerModel> servers = c.servers().stream().map(s -> server(c, s)).toList();
        List<ServerModel> reserves =
                c.reserves().stream().map(s -> server(c, s)).toList();
        boolean known = c.routes().stream().allMatch(addresses::containsKey);
        List<HostPort> routes = known
                ? c.routes().stream()
                        .map(r -> Objects.requireNonNull(addresses.get(r)))
                        .toList()
                : servers.stream().map(ServerModel::route).toList();
        List<ClusterModel.LeafRemote> remotes = c.remotes().stream()
                .map(r -> new ClusterModel.LeafRemote(
                        r.account(),
                        r.addresses().stream()
                                .map(a -> addresses.getOrDefault(a, a))
                                .toList(),
                        keyed(r) ? LEAF_KEY : null,
                        null,
                        false))
                .toList();
        return new ClusterModel(
                c.name(),
                c.domain(),
                c.version(),
                c.uniqueTag(),
                c.directory(),
                servers,
                reserves,
                routes,
                access(c, c.equals(topology.backbone()) ? topology.source().streams() : List.of(), keyed),
                c.leafAccount(),
                null,
                Tls.NONE,
                remotes,
                c.path());
    }

    private static boolean keyed(ClusterModel.LeafRemote remote) {
        return remote.nkeyFile() != null || remote.credsFile() != null;
    }

    private ServerModel server(ClusterModel cluster, ServerModel s) {
        Layout.Place place = layout.of(cluster, s);
        return new ServerModel(
                s.name(),
                s.role(),
                s.site(),
                place.host(),
                place.host(),
                false,
                place.ports(),
                stores.resolve(cluster.directory())
                        .resolve(s.role().directory())
                        .resolve(s.name().text())
                        .toString(),
                s.httpBasePath(),
                s.limits(),
                s.votes(),
                s.syncInterval(),
                s.tags(),
                new Setting.Block(s.extra().entries().stream()
                        .filter(n -> !LEFT_OUT.contains(n.name().toLowerCase(Locale.ROOT)))
                        .toList()),
                s.path(),
                s.doubtful());
    }

    private Access access(ClusterModel cluster, List<StreamSpec> streams, boolean keyed) {
        String user = userPrefix(cluster.access());
        var accounts = new ArrayList<AccountSpec>();
        for (AccountSpec a : cluster.access().accounts()) {
            var users = new ArrayList<UserSpec>();
            a.users().forEach(u -> users.add(own(u)));
            users.add(labUser(user, a.name()));
            accounts.add(with(a, users));
        }
        Stream.concat(
                        streams.stream().map(StreamSpec::account),
                        cluster.remotes().stream().map(ClusterModel.LeafRemote::account))
                .distinct()
                .filter(n -> accounts.stream().noneMatch(a -> a.name().equals(n)))
                .toList()
                .forEach(n -> accounts.add(made(n, user, false)));
        if (accounts.stream().noneMatch(AccountSpec::system)) {
            boolean taken = accounts.stream().anyMatch(a -> a.name().text().equals("SYS"));
            accounts.add(made(new AccountName(taken ? "SYS_LAB" : "SYS"), user, true));
        }
        if (keyed) {
            admitLeafs(accounts, cluster.leafAccount());
        }
        return new Access(accounts, null, cluster.access().noAuthUser());
    }

    /** Leaf nodes join the account that the topology says, else the first. */
    private void admitLeafs(List<AccountSpec> accounts, @Nullable AccountName leafAccount) {
        for (int i = 0; i < accounts.size(); i++) {
            AccountSpec a = accounts.get(i);
            if (leafAccount == null ? !a.system() : a.name().equals(leafAccount)) {
                var users = new ArrayList<>(a.users());
                users.add(new UserSpec(null, null, leafKey, null, null));
                accounts.set(i, with(a, users));
                return;
            }
        }
    }

    private static AccountSpec with(AccountSpec a, List<UserSpec> users) {
        return new AccountSpec(
                a.name(), a.system(), a.jetstream(), users, a.defaultPermissions(), a.exports(), a.imports());
    }

    /** A user's name is its account: no two accounts of a nats-server have users of one name. */
    private static UserSpec labUser(String prefix, AccountName account) {
        return new UserSpec(userIn(prefix, account.text()), new Password.Environment(PASSWORD), null, ALL, null);
    }

    private static AccountSpec made(AccountName name, String user, boolean system) {
        return new AccountSpec(
                name,
                system,
                new AccountSpec.JetStreamLimits(!system, null, null, null, null),
                List.of(labUser(user, name)),
                null,
                List.of(),
                List.of());
    }

    private static UserSpec own(UserSpec u) {
        @Nullable
        Password password = u.user() == null || u.password() instanceof Password.Bcrypt
                ? u.password()
                : new Password.Environment(PASSWORD);
        return new UserSpec(u.user(), password, u.nkey(), u.permissions(), u.context());
    }
}
