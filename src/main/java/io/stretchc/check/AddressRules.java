package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.GatewaySpec;
import java.util.regex.Pattern;

/** Hosts and listen addresses must be names or addresses. */
final class AddressRules implements Rule {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?");
    private static final Pattern IPV6 =
            Pattern.compile("(?!.*:::)(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(%[A-Za-z0-9_.-]{1,32})?");
    private static final Pattern WITH_PORT = Pattern.compile("(.+):([0-9]{1,5})");

    private static final String NAME =
            "Write a name such as `nats-1.us.example` or an address such as `10.1.0.5`, without port and scheme.";
    private static final String LISTEN =
            "Write `0.0.0.0` for all addresses, or one address of the host, without port and scheme.";

    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        for (ClusterModel cluster : topology.clusters()) {
            for (ServerModel s : (Iterable<ServerModel>) cluster.all()::iterator) {
                host(s.host(), s.path().child("host"), "host", NAME, found);
                host(s.listen(), s.path().child("listen"), "listen address", LISTEN, found);
            }
        }
        GatewaySpec gateway = topology.source().gateway();
        if (gateway != null) {
            for (int i = 0; i < gateway.clusters().size(); i++) {
                Path at = Path.ROOT.child("gateway").child("clusters").at(i).child("hosts");
                for (int h = 0; h < gateway.clusters().get(i).hosts().size(); h++) {
                    hostAndPort(gateway.clusters().get(i).hosts().get(h), at.at(h), found);
                }
            }
        }
    }

    private static void host(String host, Path at, String what, String fix, Diagnostics found) {
        boolean fine = host.contains(":")
                ? IPV6.matcher(host).matches()
                : HOST.matcher(host).matches();
        if (!fine) {
            found.add(
                    Code.NW104,
                    at,
                    "The " + what + " " + Quote.of(host) + " is neither a host name nor an address.",
                    fix);
        }
    }

    private static void hostAndPort(String text, Path at, Diagnostics found) {
        var m = WITH_PORT.matcher(text);
        boolean fine = m.matches() && Integer.parseInt(m.group(2)) <= 65535 && Integer.parseInt(m.group(2)) > 0;
        if (!fine) {
            found.add(
                    Code.NW104,
                    at,
                    "The address " + Quote.of(text) + " is not `host:port`.",
                    "Write `host:port`, such as `gw.apac.example:7222`.");
            return;
        }
        host(
                m.group(1).replaceAll("^\\[|\\]$", ""),
                at,
                "host",
                "Write `host:port`, such as `gw.apac.example:7222`.",
                found);
    }
}
