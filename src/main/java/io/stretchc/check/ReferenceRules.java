package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Diagnostics.Link;
import io.stretchc.diag.Nearest;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.Doubts;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Access;
import io.stretchc.topology.LeafCluster;
import io.stretchc.topology.Placement;
import io.stretchc.topology.StreamSpec;
import io.stretchc.topology.Topology;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names that refer to something must find it. Where the schema refused what could be found, nothing is said. */
final class ReferenceRules implements Rule {
    /** What a kind of name may refer to. */
    private record Known(String what, Collection<String> names, boolean unclear) {
        void find(@Nullable String name, Path at, Diagnostics found) {
            if (unclear || name == null || name.isEmpty() || names.contains(name)) {
                return;
            }
            String declared = names.isEmpty() ? "Declare it." : "Declare it, or name one of " + Quote.all(names) + ".";
            String fix = Nearest.to(name, names)
                    .map(n -> "Did you mean " + Quote.of(n) + "?")
                    .orElse(declared);
            found.add(Code.TP105, at, "There is no " + what + " " + Quote.of(name) + ".", fix);
        }
    }

    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        Topology t = topology.source();
        List<String> names = t.sites().stream().map(s -> s.name().text()).toList();
        var sites = new Known("site", names, topology.membersUnclear(topology.backbone()));
        Known accounts = accounts(t.access(), Path.ROOT, topology.doubts());
        placements(topology, sites, found);
        streams(topology, accounts, found);
        standIns(topology, found);
        access(t.access(), accounts, Path.ROOT, found);
        if (t.leafAccount() != null) {
            accounts.find(
                    t.leafAccount().text(), Path.ROOT.child("leaf_listener").child("account"), found);
        }
        for (int i = 0; i < t.leafClusters().size(); i++) {
            Path at = Path.ROOT.child("leaf_clusters").at(i);
            leaf(t.leafClusters().get(i), sites, topology.doubts(), at, found);
        }
    }

    private static void leaf(LeafCluster leaf, Known sites, Doubts doubts, Path at, Diagnostics found) {
        Known accounts = accounts(leaf.access(), at, doubts);
        access(leaf.access(), accounts, at, found);
        for (int r = 0; r < leaf.remotes().size(); r++) {
            var remote = leaf.remotes().get(r);
            Path remoteAt = at.child("remotes").at(r);
            accounts.find(remote.account().text(), remoteAt.child("account"), found);
            for (int s = 0; s < remote.sites().size(); s++) {
                sites.find(remote.sites().get(s).text(), remoteAt.child("sites").at(s), found);
            }
        }
    }

    private static void placements(ResolvedTopology topology, Known sites, Diagnostics found) {
        List<Placement> all = topology.source().placements();
        Known placements = placements(topology);
        for (int i = 0; i < all.size(); i++) {
            Placement p = all.get(i);
            Path at = Path.ROOT.child("placements").at(i);
            if (p.preferredSite() != null) {
                sites.find(p.preferredSite().text(), at.child("preferred_site"), found);
            }
            for (int f = 0; f < p.fallbacks().size(); f++) {
                placements.find(
                        p.fallbacks().get(f).text(), at.child("fallbacks").at(f), found);
            }
        }
    }

    private static Known placements(ResolvedTopology topology) {
        var names = new LinkedHashSet<String>();
        topology.source().placements().forEach(p -> names.add(p.name().text()));
        return new Known("placement", names, topology.doubts().aboutEntries(Path.ROOT.child("placements")));
    }

    private static void streams(ResolvedTopology topology, Known accounts, Diagnostics found) {
        Known placements = placements(topology);
        List<StreamSpec> streams = topology.source().streams();
        for (int i = 0; i < streams.size(); i++) {
            StreamSpec s = streams.get(i);
            Path at = Path.ROOT.child("streams").at(i);
            accounts.find(s.account().text(), at.child("account"), found);
            if (s.placement() != null) {
                placements.find(s.placement().text(), at.child("placement"), found);
            }
        }
    }

    private static void standIns(ResolvedTopology topology, Diagnostics found) {
        Map<String, ServerModel> servers = new LinkedHashMap<>();
        topology.backbone().servers().forEach(s -> servers.putIfAbsent(s.name().text(), s));
        var known = new Known("server", servers.keySet(), topology.membersUnclear(topology.backbone()));
        Map<String, Path> first = new HashMap<>();
        for (ServerModel r : topology.backbone().reserves(Role.STAND_IN)) {
            Path at = r.path().child("for");
            known.find(r.name().text(), at, found);
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

    private static void access(Access access, Known accounts, Path base, Diagnostics found) {
        for (int i = 0; i < access.accounts().size(); i++) {
            var account = access.accounts().get(i);
            Path at = base.child("accounts").at(i);
            for (int n = 0; n < account.imports().size(); n++) {
                Path where = at.child("imports").at(n).child("account");
                accounts.find(account.imports().get(n).account(), where, found);
            }
            for (int e = 0; e < account.exports().size(); e++) {
                for (int a = 0; a < account.exports().get(e).accounts().size(); a++) {
                    Path where = at.child("exports").at(e).child("accounts").at(a);
                    accounts.find(account.exports().get(e).accounts().get(a), where, found);
                }
            }
        }
        List<String> users = access.accounts().stream()
                .flatMap(a -> a.users().stream())
                .map(u -> String.valueOf(u.user() == null ? u.nkey() : u.user()))
                .toList();
        new Known("user", users, accounts.unclear()).find(access.noAuthUser(), base.child("no_auth_user"), found);
    }

    /** With an operator, accounts live in the resolver and are not known here. */
    private static Known accounts(Access access, Path base, Doubts doubts) {
        List<String> names =
                access.accounts().stream().map(a -> a.name().text()).toList();
        boolean elsewhere = access.operatorInclude() != null;
        return new Known("account", names, elsewhere || doubts.aboutEntries(base.child("accounts")));
    }
}
