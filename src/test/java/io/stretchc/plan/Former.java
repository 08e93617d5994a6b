package io.stretchc.plan;

import io.stretchc.status.World;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Days after a removal: servers that are no members any more, and what is left of others. */
public final class Former {
    private static final List<String> ALL = List.of("emea_1", "emea_2", "emea_3", "us_1", "us_2", "us_3");

    private Former() {}

    /** Servers of {@code us} were killed and removed; the stream {@code foo} lost its replicas there. */
    public static World removed(String version, String... servers) {
        World world = World.healthy();
        ALL.forEach(s -> world.server(s).version = version);
        world.killed(servers);
        var left = new ArrayList<>(ALL);
        left.removeAll(Arrays.asList(servers));
        world.counting(left.size(), left.toArray(String[]::new));
        World.Stream foo = world.stream("foo");
        foo.members.removeAll(Arrays.asList(servers));
        foo.leader = "emea_1";
        return world;
    }

    /**
     * A dead server that the topology does not have holds a replica of {@code foo}, a peer without a name is a member, and an
     * arbiter that bridged something is still up.
     */
    public static World traces(String version) {
        World world = World.healthy();
        ALL.forEach(s -> world.server(s).version = version);
        world.joined("emea_4");
        world.server("emea_4").version = version;
        var members = new ArrayList<>(ALL);
        members.addAll(List.of("emea_4", "us_9", "(AbCdEfGh)"));
        world.counting(9, members.toArray(String[]::new));
        World.Stream foo = world.stream("foo");
        foo.members.remove("us_1");
        foo.messages.remove("us_1");
        foo.members.add("us_9");
        foo.behind.add("us_9");
        return world;
    }

    public static Plan readmit(String version) {
        return Night.planned(Night.result(
                removed(version, "us_1"),
                Night.RICH,
                new Scenario.Readmit(List.of(new ServerName("us_1")), false),
                null));
    }

    public static Plan purge(String version) {
        return Night.planned(Night.result(traces(version), Night.RICH, new Scenario.Purge(), null));
    }
}
