package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Diagnostics.Link;
import io.stretchc.diag.Nearest;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Access;
import io.stretchc.topology.LeafCluster;
import io.stretchc.topology.Placement;
import io.stretchc.topology.StreamSpec;
import io.stretchc.topology.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names that refer to something must find it. */
final class ReferenceRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        Topology t = topology.source();
        List<String> sites = t.sites().stream().map(s -> s.name().text()).toList();
        placements(t, sites, found);
        streams(t, found);
        standIns(topology, found);
        access(t.access(), Path.ROOT, found);
        if (t.leafAccount() != null && t.access().operatorInclude() == null) {
            Path at = Path.ROOT.child("leaf_listener").child("account");
            known(t.leafAccount().text(), accounts(t.access()), "account", at, found);
        }
        for (int i = 0; i < t.leafClusters().size(); i++) {
            leaf(
                    t.leafClusters().get(i),
                    sites,
                    Path.ROOT.child("leaf_clusters").at(i),
                    found);
        }
    }

    private static void leaf(LeafCluster leaf, List<String> sites, Path at, Diagnostics found) {
        access(leaf.access(), at, found);
        for (int r = 0; r < leaf.remotes().size(); r++) {
            var remote = leaf.remotes().get(r);
            Path remoteAt = at.child("remotes").at(r);
            if (leaf.access().operatorInclude() == null) {
                known(remote.account().text(), accounts(leaf.access()), "account", remoteAt.child("account"), found);
            }
            for (int s = 0; s < remote.sites().size(); s++) {
                known(
                        remote.sites().get(s).text(),
                        sites,
                        "site",
                        remoteAt.child("sites").at(s),
                        found);
            }
        }
    }

    private static void placements(Topology t, List<String> sites, Diagnostics found) {
        List<String> names = t.placements().stream().map(p -> p.name().text()).toList();
        Map<String, Placement> byName = new HashMap<>();
        t.placements().forEach(p -> byName.putIfAbsent(p.name().text(), p));
        for (int i = 0; i < t.placements().size(); i++) {
            Placement p = t.placements().get(i);
            Path at = Path.ROOT.child("placements").at(i);
            if (p.preferredSite() != null) {
                known(p.preferredSite().text(), sites, "site", at.child("preferred_site"), found);
            }
            for (int f = 0; f < p.fallbacks().size(); f++) {
                known(
                        p.fallbacks().get(f).text(),
                        names,
                        "placement",
                        at.child("fallbacks").at(f),
                        found);
            }
            if (leadsTo(p.name().text(), p, byName)) {
                found.add(
                        Code.PL109,
                        at.child("fallbacks"),
                        "The fallbacks of " + Quote.of(p.name()) + " lead back to it.",
                        "Remove the fallback that closes the circle.");
            }
        }
    }

    private static boolean leadsTo(String goal, Placement from, Map<String, Placement> byName) {
        var visited = new HashSet<String>();
        var open = new ArrayList<>(from.fallbacks());
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1).text();
            if (next.equals(goal)) {
                return true;
            }
            if (visited.add(next) && byName.containsKey(next)) {
                open.addAll(byName.get(next).fallbacks());
            }
        }
        return false;
    }

    private static void streams(Topology t, Diagnostics found) {
        var accounts = new HashSet<>(accounts(t.access()));
        var placements = new HashSet<String>();
        t.placements().forEach(p -> placements.add(p.name().text()));
        for (int i = 0; i < t.streams().size(); i++) {
            StreamSpec s = t.streams().get(i);
            Path at = Path.ROOT.child("streams").at(i);
            if (t.access().operatorInclude() == null) {
                known(s.account().text(), accounts, "account", at.child("account"), found);
            }
            if (s.placement() != null) {
                known(s.placement().text(), placements, "placement", at.child("placement"), found);
            }
        }
    }

    private static void standIns(ResolvedTopology topology, Diagnostics found) {
        Map<String, ServerModel> servers = new HashMap<>();
        topology.backbone().servers().forEach(s -> servers.putIfAbsent(s.name().text(), s));
        Map<String, Path> first = new HashMap<>();
        for (ServerModel r : topology.backbone().reserves(Role.STAND_IN)) {
            Path at = r.path().child("for");
            known(r.name().text(), servers.keySet(), "server", at, found);
            Path before = first.putIfAbsent(r.name().text(), at);
            if (before != null) {
                found.add(
                        Code.TP101,
                        at,
                        "There are two stand-ins for " + Quote.of(r.name()) + ", of which only one may ever run.",
                        "Keep one of them.",
                        new Link(before, "the first one"));
            }
            ServerModel original = servers.get(r.name().text());
            if (original != null && original.site() != null && original.site().equals(r.site())) {
                found.add(
                        Code.QM106,
                        at,
                        "The stand-in for " + Quote.of(r.name()) + " is kept in the same site "
                                + Quote.of(original.site()) + " and is lost with it.",
                        "Keep it in another site.",
                        new Link(original.path(), "the server"));
            }
        }
    }

    private static void access(Access access, Path base, Diagnostics found) {
        List<String> accounts = accounts(access);
        for (int i = 0; i < access.accounts().size(); i++) {
            var account = access.accounts().get(i);
            Path at = base.child("accounts").at(i);
            for (int n = 0; n < account.imports().size(); n++) {
                Path where = at.child("imports").at(n).child("account");
                known(account.imports().get(n).account(), accounts, "account", where, found);
            }
            for (int e = 0; e < account.exports().size(); e++) {
                for (int a = 0; a < account.exports().get(e).accounts().size(); a++) {
                    Path where = at.child("exports").at(e).child("accounts").at(a);
                    known(account.exports().get(e).accounts().get(a), accounts, "account", where, found);
                }
            }
        }
        if (access.noAuthUser() != null && access.operatorInclude() == null) {
            var users = access.accounts().stream()
                    .flatMap(a -> a.users().stream())
                    .map(u -> String.valueOf(u.user() == null ? u.nkey() : u.user()))
                    .toList();
            known(access.noAuthUser(), users, "user", base.child("no_auth_user"), found);
        }
    }

    private static List<String> accounts(Access access) {
        return access.accounts().stream().map(a -> a.name().text()).toList();
    }

    private static void known(
            @Nullable String name, Collection<String> names, String what, Path at, Diagnostics found) {
        if (name == null || name.isEmpty() || names.contains(name)) {
            return;
        }
        String fix = Nearest.to(name, names)
                .map(n -> "Did you mean " + Quote.of(n) + "?")
                .orElse("Declare it, or name one that is declared: " + Quote.all(names) + ".");
        found.add(Code.TP105, at, "There is no " + what + " " + Quote.of(name) + ".", fix);
    }
}
