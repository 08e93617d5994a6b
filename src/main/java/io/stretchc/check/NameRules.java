package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Diagnostics.Link;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.AccountSpec;
import io.stretchc.topology.StreamSpec;
import io.stretchc.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Names: legal, unique, and with peer ids of their own. */
final class NameRules implements Rule {
    private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final Pattern SITE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,63}");
    private static final Pattern STREAM = Pattern.compile("[^\\s.*>/\\\\]{1,255}");
    private static final Pattern ACCOUNT = Pattern.compile("(?![.]{1,2}$)[^\\s*>\"'/\\\\$][^\\s*>\"'/\\\\]{0,254}");
    private static final String PLAIN = "Use letters, digits, `_` and `-`.";
    private static final String DOTTED = "Use letters, digits, `_`, `-` and `.`, the first one a letter, digit or `_`.";

    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        Topology t = topology.source();
        var clusterNames = new Seen(found, "cluster");
        var domains = new Seen(found, "domain");
        for (ClusterModel cluster : topology.clusters()) {
            cluster(cluster, found, clusterNames, domains);
            servers(cluster, found);
            accounts(cluster, found);
        }
        if (t.gateway() != null) {
            for (int i = 0; i < t.gateway().clusters().size(); i++) {
                Path at = Path.ROOT.child("gateway").child("clusters").at(i).child("name");
                String name = t.gateway().clusters().get(i).name();
                legal(SERVER, name, at, "cluster", DOTTED, found);
                clusterNames.once(Code.TP110, name, at);
            }
        }
        sitesAndPlacements(t, found);
        streams(t, found);
    }

    private static void cluster(ClusterModel cluster, Diagnostics found, Seen names, Seen domains) {
        Path name = cluster.path().child("name");
        legal(SERVER, cluster.name(), name, "cluster", DOTTED, found);
        names.once(Code.TP110, cluster.name(), name);
        if (cluster.domain() != null) {
            Path domain = cluster.path().child("domain");
            legal(DOMAIN, cluster.domain(), domain, "domain", PLAIN + " A domain is one token of a subject.", found);
            domains.once(Code.TP110, cluster.domain(), domain);
        }
    }

    private static void servers(ClusterModel cluster, Diagnostics found) {
        var names = new Seen(found, "server");
        Map<String, ServerModel> ids = new HashMap<>();
        Map<String, ServerModel> folded = new HashMap<>();
        for (ServerModel s : (Iterable<ServerModel>) cluster.all()::iterator) {
            if (s.name().text().isEmpty() || s.role() == Role.STAND_IN) {
                continue;
            }
            Path at = s.path().child("name");
            if (s.role() != Role.REPLACEMENT) {
                legal(SERVER, s.name().text(), at, "server", DOTTED, found);
            }
            boolean fresh = s.role() == Role.REPLACEMENT
                    ? names.once(
                            Code.TP101,
                            s.name().text(),
                            at,
                            "The name " + Quote.of(s.name())
                                    + " of a replacement of this server is taken by another server.")
                    : names.once(Code.TP101, s.name().text(), at);
            if (!fresh) {
                continue;
            }
            ServerModel same = ids.putIfAbsent(s.name().peerId(), s);
            if (same != null) {
                found.add(
                        Code.TP104,
                        at,
                        "The servers " + Quote.of(same.name()) + " and " + Quote.of(s.name())
                                + " have the same peer id " + Quote.of(s.name().peerId())
                                + ", so the meta group would take them for one.",
                        "Rename one of them; any change gives another id.",
                        new Link(same.path().child("name"), "the other server"));
            }
            ServerModel twin = folded.putIfAbsent(s.name().text().toLowerCase(Locale.ROOT), s);
            if (twin != null) {
                found.add(
                        Code.TP103,
                        at,
                        "The server names " + Quote.of(twin.name()) + " and " + Quote.of(s.name())
                                + " differ only in case, "
                                + (cluster.uniqueTag().generated()
                                        ? "so that their generated unique tags are equal."
                                        : "which some file systems and most people overlook."),
                        "Rename one of them.",
                        new Link(twin.path().child("name"), "the other server"));
            }
        }
    }

    private static void accounts(ClusterModel cluster, Diagnostics found) {
        Path base = cluster.path().parent() == null
                        || cluster.path().segments().get(0).equals("cluster")
                ? Path.ROOT
                : cluster.path();
        var names = new Seen(found, "account");
        var users = new Seen(found, "user");
        List<AccountSpec> accounts = cluster.access().accounts();
        for (int i = 0; i < accounts.size(); i++) {
            Path at = base.child("accounts").at(i);
            String name = accounts.get(i).name().text();
            boolean system = name.equals("$SYS") && accounts.get(i).system();
            if (!system) {
                legal(ACCOUNT, name, at.child("name"), "account", PLAIN, found);
            }
            if (name.contains(".")) {
                found.add(
                        Code.TP103,
                        at.child("name"),
                        "The account name " + Quote.of(name)
                                + " has a dot, but account names are single tokens of system subjects.",
                        "Use `_` or `-` instead.");
            }
            names.once(Code.TP101, name, at.child("name"));
            for (int u = 0; u < accounts.get(i).users().size(); u++) {
                var user = accounts.get(i).users().get(u);
                Path userAt = at.child("users").at(u);
                if (user.user() != null) {
                    users.once(Code.TP101, user.user(), userAt.child("user"));
                }
                if (user.nkey() != null) {
                    users.once(Code.TP101, user.nkey(), userAt.child("nkey"));
                }
            }
        }
        contexts(accounts, base, found);
    }

    private static void contexts(List<AccountSpec> accounts, Path base, Diagnostics found) {
        var names = new Seen(found, "context");
        for (int i = 0; i < accounts.size(); i++) {
            for (int u = 0; u < accounts.get(i).users().size(); u++) {
                var context = accounts.get(i).users().get(u).context();
                if (context != null) {
                    Path at = base.child("accounts").at(i).child("users").at(u).child("context");
                    names.once(Code.TP101, context.name(), at.child("name"));
                }
            }
        }
    }

    private static void sitesAndPlacements(Topology t, Diagnostics found) {
        var sites = new Seen(found, "site");
        for (int i = 0; i < t.sites().size(); i++) {
            Path at = Path.ROOT.child("sites").at(i).child("name");
            legal(SITE, t.sites().get(i).name().text(), at, "site", PLAIN, found);
            sites.once(Code.TP101, t.sites().get(i).name().text(), at);
        }
        var placements = new Seen(found, "placement");
        for (int i = 0; i < t.placements().size(); i++) {
            Path at = Path.ROOT.child("placements").at(i).child("name");
            placements.once(Code.TP101, t.placements().get(i).name().text(), at);
        }
    }

    private static void streams(Topology t, Diagnostics found) {
        var names = new Seen(found, "stream");
        for (int i = 0; i < t.streams().size(); i++) {
            StreamSpec stream = t.streams().get(i);
            Path at = Path.ROOT.child("streams").at(i).child("name");
            String fix = "Use letters, digits, `_` and `-`; a stream's name is one token of its API subjects.";
            legal(STREAM, stream.name().text(), at, "stream", fix, found);
            names.once(
                    Code.TP101,
                    stream.account() + " " + stream.name(),
                    at,
                    "The stream " + Quote.of(stream.name()) + " of account " + Quote.of(stream.account())
                            + " is declared twice.");
        }
    }

    private static void legal(Pattern form, String name, Path at, String what, String fix, Diagnostics found) {
        if (!name.isEmpty() && !form.matcher(name).matches()) {
            found.add(Code.TP102, at, "The " + what + " name " + Quote.of(name) + " is not legal.", fix);
        }
    }

    /** Names met so far. */
    private static final class Seen {
        private final Map<String, Path> first = new HashMap<>();
        private final Diagnostics found;
        private final String what;

        Seen(Diagnostics found, String what) {
            this.found = found;
            this.what = what;
        }

        /** Whether the name is new; otherwise says where it stood first. */
        boolean once(Code code, String name, Path at) {
            return once(code, name, at, "The " + what + " " + Quote.of(name) + " is declared twice.");
        }

        boolean once(Code code, String name, Path at, String message) {
            if (name.isEmpty()) {
                return true;
            }
            Path before = first.putIfAbsent(name, at);
            if (before == null) {
                return true;
            }
            found.add(code, at, message, "Give one of the two another name.", new Link(before, "declared here first"));
            return false;
        }
    }
}
