package io.stretchc.resolve;

import io.stretchc.topology.ServerName;
import io.stretchc.topology.Site;
import io.stretchc.topology.Tag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes arbiters and stand-ins that the topology does not declare, on free ports of a host of the site. */
public final class ReserveFactory {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,6})");
    private static final Pattern GENERATION = Pattern.compile("\\.\\d{1,3}$");
    private static final int LAST_PORT = 65_535;
    private static final int FIRST_PORT = 1024;
    private static final String NOWHERE = "nope";

    private final ClusterModel cluster;
    private final Site site;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> ports = new LinkedHashSet<>();

    /** A factory for reserves of a cluster that run in a site. */
    public ReserveFactory(ClusterModel cluster, Site site) {
        this.cluster = cluster;
        this.site = site;
        cluster.all().forEach(s -> {
            names.add(s.name().text());
            s.ports().byPurpose().values().forEach(p -> ports.add(socket(s.host(), p)));
        });
    }

    /** As many arbiters as wanted: those declared for the site first, then others like the last of them. */
    public List<ServerModel> arbiters(int count) {
        var result =
                new ArrayList<>(declared(Role.ARBITER).stream().limit(count).toList());
        while (result.size() < count) {
            ServerModel like = result.isEmpty() ? pattern() : result.get(result.size() - 1);
            var name = new ServerName(nextName(like.name().text()));
            result.add(made(like, name, Role.ARBITER, nowhere(name, like)));
        }
        return result;
    }

    /** Stand-ins for these servers: the declared one of the site where there is one. */
    public List<ServerModel> standIns(List<ServerName> lost) {
        var result = new ArrayList<ServerModel>();
        for (ServerName name : lost) {
            result.add(declared(Role.STAND_IN).stream()
                    .filter(s -> s.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> made(pattern(), name, Role.STAND_IN, List.of(unique(name)))));
        }
        return result;
    }

    private List<ServerModel> declared(Role role) {
        return cluster.reserves(role).stream().filter(this::isHere).toList();
    }

    /**
     * The server that the new one is like and on whose host it runs: the site's last, else its last reserve. In a site
     * that has neither, the cluster's last server, on the host that is the site's default.
     */
    private ServerModel pattern() {
        List<ServerModel> here = cluster.servers().stream().filter(this::isHere).toList();
        List<ServerModel> kept =
                cluster.reserves().stream().filter(this::isHere).toList();
        List<ServerModel> best = !here.isEmpty() ? here : !kept.isEmpty() ? kept : cluster.servers();
        if (best.isEmpty()) {
            throw new IllegalStateException("a cluster without servers needs no reserve");
        }
        return best.get(best.size() - 1);
    }

    private boolean isHere(ServerModel server) {
        return site.name().equals(server.site());
    }

    private String host(ServerModel like) {
        String host = site.defaults().host();
        return isHere(like) || host == null ? like.host() : host;
    }

    private String nextName(String name) {
        String first = GENERATION.matcher(name).replaceFirst(""); // us_3.1 is us_3 come back, and us_4 its neighbour
        Matcher m = NUMBERED.matcher(first);
        String base = m.matches() ? m.group(1) : first + "_";
        int number = m.matches() ? Integer.parseInt(m.group(2)) : 1;
        String next = base + ++number;
        while (!names.add(next)) {
            next = base + ++number;
        }
        return next;
    }

    private String unique(ServerName name) {
        return cluster.uniqueTag().prefix() + name;
    }

    /** Tags that no placement asks for: those of a declared arbiter, or values that nobody has. */
    private List<String> nowhere(ServerName name, ServerModel like) {
        String prefix = Tag.fold(cluster.uniqueTag().prefix());
        var tags = new ArrayList<String>();
        tags.add(unique(name));
        if (like.role() == Role.ARBITER) {
            like.tags().stream().filter(t -> !Tag.fold(t).startsWith(prefix)).forEach(tags::add);
        } else {
            tags.add("dc:" + NOWHERE);
        }
        return tags;
    }

    private ServerModel made(ServerModel like, ServerName name, Role role, List<String> tags) {
        Listeners p = like.ports();
        String host = host(like);
        var listeners = new Listeners(
                free(host, p.client()),
                free(host, p.cluster()),
                p.monitor() == null ? null : (Integer) free(host, p.monitor()),
                null,
                p.gateway() == null ? null : (Integer) free(host, p.gateway()),
                null);
        return new ServerModel(
                name,
                role,
                site.name(),
                host,
                like.listen(),
                like.advertise(),
                listeners,
                store(like, name, role),
                like.httpBasePath(),
                like.limits(),
                true,
                like.syncInterval(),
                tags,
                like.extra(),
                like.path(),
                false);
    }

    private static String store(ServerModel like, ServerName name, Role role) {
        String own = role == Role.STAND_IN ? name + "-stand-in" : name.text();
        String dir = like.storeDir();
        int at = dir.lastIndexOf(like.name().text());
        return at < 0
                ? dir + "-" + own
                : dir.substring(0, at)
                        + own
                        + dir.substring(at + like.name().text().length());
    }

    private int free(String host, @Nullable Integer from) {
        int port = from == null ? 4222 : from;
        while (!ports.add(socket(host, port))) {
            port = port == LAST_PORT ? FIRST_PORT : port + 1;
        }
        return port;
    }

    /** A port of a machine; the loopback interface has many names. */
    private static String socket(String host, int port) {
        boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
        return (loopback ? "127.0.0.1" : host) + " " + port;
    }
}
