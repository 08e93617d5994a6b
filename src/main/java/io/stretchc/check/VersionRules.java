package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.Access;
import io.stretchc.topology.LeafCluster;
import io.stretchc.topology.Placement;
import io.stretchc.topology.ServerSettings;
import io.stretchc.topology.ServerSpec;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.Site;
import io.stretchc.topology.StreamSpec;
import io.stretchc.topology.Tls;
import io.stretchc.topology.TlsBlock;
import io.stretchc.topology.Topology;
import io.stretchc.topology.UserSpec;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Settings against the declared nats-server version. */
final class VersionRules implements Rule {
    private static final ServerVersion OLDEST = new ServerVersion(2, 9, 0);

    /** The newest line of nats-server 2 whose behaviour was looked at. */
    private static final int NEWEST = 15;

    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        Topology t = topology.source();
        ServerVersion version = t.cluster().version();
        Path at = Path.ROOT.child("cluster").child("server_version");
        if (version == null) {
            return;
        }
        boolean old = version.compareTo(OLDEST) < 0;
        if (old || version.major() != 2) {
            found.add(
                    Code.TP106,
                    at,
                    "nats-server " + version + " is not supported: it is "
                            + (version.compareTo(OLDEST) < 0 ? "older than 2.9.0" : "of another major version")
                            + ", and what a cluster of it does when a site is lost is not known.",
                    (version.compareTo(OLDEST) < 0 ? "Upgrade the servers" : "Run nats-server 2")
                            + ", or declare the version that really runs.");
            return;
        }
        if (version.minor() > NEWEST) {
            found.add(
                    Code.TP112,
                    at,
                    "nats-server " + version + " is newer than what is known, which ends with 2." + NEWEST
                            + "; everything is planned as for that.",
                    "Rehearse the recovery on " + version + " before you rely on it, or stay with 2." + NEWEST + ".");
        }
        var gate = new Gate(version, found);
        settings(t.defaults(), Path.ROOT.child("defaults"), gate);
        for (int i = 0; i < t.sites().size(); i++) {
            Path site = Path.ROOT.child("sites").at(i);
            settings(t.sites().get(i).defaults(), site.child("defaults"), gate);
            site(t.sites().get(i), site, gate);
        }
        tls(t.tls(), Path.ROOT.child("tls"), gate);
        access(t.access(), Path.ROOT, gate);
        for (int i = 0; i < t.placements().size(); i++) {
            placement(t.placements().get(i), Path.ROOT.child("placements").at(i), gate);
        }
        for (int i = 0; i < t.streams().size(); i++) {
            stream(t.streams().get(i).config(), Path.ROOT.child("streams").at(i), gate);
        }
        for (int i = 0; i < t.leafClusters().size(); i++) {
            leaf(t.leafClusters().get(i), Path.ROOT.child("leaf_clusters").at(i), gate);
        }
    }

    private static void site(Site site, Path at, Gate gate) {
        servers(site.servers(), at.child("servers"), gate);
        servers(site.arbiters(), at.child("arbiters"), gate);
        for (int s = 0; s < site.standIns().size(); s++) {
            settings(site.standIns().get(s).settings(), at.child("stand_ins").at(s), gate);
        }
    }

    private static void leaf(LeafCluster leaf, Path at, Gate gate) {
        settings(leaf.defaults(), at.child("defaults"), gate);
        servers(leaf.servers(), at.child("servers"), gate);
        tls(leaf.tls(), at.child("tls"), gate);
        access(leaf.access(), at, gate);
        for (int r = 0; r < leaf.remotes().size(); r++) {
            gate.needs(
                    leaf.remotes().get(r).nkeyFile() != null,
                    new ServerVersion(2, 10, 8), // earlier ones refuse the configuration
                    at.child("remotes").at(r).child("nkey_file"),
                    "The setting `nkey_file`");
        }
    }

    private static void servers(List<ServerSpec> servers, Path at, Gate gate) {
        for (int i = 0; i < servers.size(); i++) {
            settings(servers.get(i).settings(), at.at(i), gate);
        }
    }

    /** Earlier servers look for a user of that name and refuse the configuration. */
    private static void access(Access access, Path at, Gate gate) {
        UserSpec user = access.userWithoutCredentials();
        gate.needs(
                user != null && user.nkey() != null,
                new ServerVersion(2, 10, 8),
                at.child("no_auth_user"),
                "The setting `no_auth_user` with the nkey of a user");
    }

    private static void settings(ServerSettings s, Path at, Gate gate) {
        gate.needs(s.syncInterval() != null, 10, at.child("sync_interval"));
    }

    private static void tls(Tls tls, Path at, Gate gate) {
        List<String> kinds = List.of("client", "cluster", "leaf", "gateway", "websocket");
        List<TlsBlock> blocks = Stream.of(tls.client(), tls.cluster(), tls.leaf(), tls.gateway(), tls.websocket())
                .map(b -> Objects.requireNonNullElse(b, NO_TLS))
                .toList();
        for (int i = 0; i < kinds.size(); i++) {
            gate.needs(
                    blocks.get(i).handshakeFirst(), 10, at.child(kinds.get(i)).child("handshake_first"));
        }
    }

    private static final TlsBlock NO_TLS = new TlsBlock("", "", null, false, false, null, false);

    private static void placement(Placement p, Path at, Gate gate) {
        for (int i = 0; i < p.tags().size(); i++) {
            String tag = p.tags().get(i);
            Path where = at.child("tags").at(i);
            gate.needs(tag.startsWith("!"), 12, where, "The excluding tag " + Quote.of(tag));
        }
    }

    private static void stream(StreamSpec.Config c, Path at, Gate gate) {
        gate.needs(!c.compression().equals("none"), 10, at.child("compression"));
        gate.needs(c.firstSeq() != null, 10, at.child("first_seq"));
        gate.needs(c.subjectTransform() != null, 10, at.child("subject_transform"));
        gate.needs(!c.metadata().isEmpty(), 10, at.child("metadata"));
    }

    /** Adds a finding for what is used and not there yet. */
    private record Gate(ServerVersion declared, Diagnostics found) {
        void needs(boolean used, int minor, Path at) {
            needs(used, minor, at, "The setting " + Quote.of(at.segment()));
        }

        void needs(boolean used, int minor, Path at, String what) {
            needs(used, new ServerVersion(2, minor, 0), at, what);
        }

        void needs(boolean used, ServerVersion first, Path at, String what) {
            if (used && declared.compareTo(first) < 0) {
                String since = "2." + first.minor() + (first.patch() == 0 ? "" : "." + first.patch());
                found.add(
                        Code.TP107,
                        at,
                        what + " needs nats-server " + since + ", but the cluster runs " + declared + ".",
                        "Remove it, or upgrade the servers and raise `cluster.server_version`.");
            }
        }
    }
}
