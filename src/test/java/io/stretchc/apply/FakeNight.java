package io.stretchc.apply;

import io.stretchc.journal.Entry;
import io.stretchc.journal.Progress;
import io.stretchc.observe.ClusterQuery;
import io.stretchc.plan.Action;
import io.stretchc.plan.Night;
import io.stretchc.plan.Plan;
import io.stretchc.plan.StepId;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.status.World;
import io.stretchc.topology.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The night of a loss behind the engine's ports, by hand: calls do what the real servers do, as far as the engine sees it. */
final class FakeNight implements Cluster, Driver, Pace {
    private static final Pattern TAGS = Pattern.compile("\"tags\":\\[([^\\]]*)]");
    private static final Pattern PEER = Pattern.compile("\"peer\":\"([^\"]+)\"");

    final World world;
    final Plan plan;
    final List<Entry> journal = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final TreeSet<String> started = new TreeSet<>();
    final List<String> said = new ArrayList<>();
    int most = Integer.MAX_VALUE;

    @Nullable
    Runnable beforeCall;

    @Nullable
    String driverFault;

    /** Streams that only a meta leader tells of, by name; they are in the account APP. */
    List<String> unheld = List.of();

    List<String> unseen = List.of();
    int lists;

    List<String> broken = List.of();

    /** What a server says to a request to reload; nothing when it does. */
    @Nullable
    String reloadFault;

    final TreeMap<String, List<String>> written = new TreeMap<>();
    private final TreeSet<String> members = new TreeSet<>();
    private final int needed;
    private long now;

    FakeNight(String version) {
        this(Night.of(version), Night.recover(version), version);
    }

    FakeNight(World world, Plan plan, String version) {
        this.world = world;
        this.plan = plan;
        members.addAll(List.of("emea_1", "emea_2", "emea_3", "us_1", "us_2", "us_3"));
        needed = version.startsWith("2.15") ? 3 : version.startsWith("2.12") ? 6 : 4;
    }

    /** A kill, at the very moment. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    Engine engine(Progress progress) {
        return new Engine(setup(32, Long.MAX_VALUE), progress, Runnable::run);
    }

    Engine engine(int moves, long bytes) {
        return new Engine(setup(moves, bytes), new Progress(), Runnable::run);
    }

    private Engine.Setup setup(int moves, long bytes) {
        return new Engine.Setup(
                plan,
                Night.RICH,
                this,
                this,
                this::record,
                this,
                said::add,
                (seen, earlier, without) -> broken,
                new Consent("id", "somebody", new TreeMap<>(), Consent.Copies.MADE),
                moves,
                bytes);
    }

    private void record(Entry entry) {
        if (journal.size() >= most) {
            throw new Killed();
        }
        journal.add(entry);
    }

    private void called(String what) {
        if (beforeCall != null) {
            beforeCall.run();
        }
        calls.add(what);
    }

    @Override
    public ClusterSnapshot look() {
        now += 1_000_000;
        return world.look();
    }

    @Override
    public Unheld unheld() {
        lists++;
        World others = World.healthy();
        for (String name : unheld) {
            var stream = new World.Stream("us_1");
            stream.messages.clear();
            others.with(name, stream);
        }
        return new Unheld(
                others.look().streams().stream()
                        .filter(s -> unheld.contains(s.name()))
                        .toList(),
                unseen);
    }

    @Override
    public ClusterQuery system() {
        return new Api();
    }

    @Override
    public Optional<ClusterQuery> account(String name) {
        return Optional.of(new Api());
    }

    @Override
    public Outcome retag(Action.RetagServer action) {
        if (driverFault != null) {
            return new Outcome.Failed(driverFault);
        }
        called("retag " + action.server() + " " + action.tags());
        written.put(action.server().text(), action.tags());
        return new Outcome.Acted("retagged");
    }

    private void reloaded() {
        written.forEach((server, tags) -> world.server(server).tags = tags);
    }

    @Override
    public Outcome reload(ServerName server) {
        called("reload " + server);
        reloaded();
        return new Outcome.Acted("reloaded");
    }

    @Override
    public Outcome start(Action.StartServer action) {
        if (driverFault != null) {
            return new Outcome.Failed(driverFault);
        }
        called("start " + action.server());
        String name = action.server().text();
        started.add(name);
        members.add(name);
        world.started(name);
        List.of(name).forEach(s -> world.server(s).version = plan.version().toString());
        if (3 + started.size() >= needed) {
            elect();
        }
        return new Outcome.Acted("started");
    }

    @Override
    public Outcome restart(Action.RestartServer action, boolean answers) {
        called("restart " + action.server());
        return new Outcome.Acted("restarted");
    }

    private void elect() {
        world.counting(members.size(), members.toArray(String[]::new)).claimedBy("emea_1");
        if (started.contains("us_1")) {
            for (String stream : List.of("foo", "em2")) {
                World.Stream s = world.stream(stream);
                s.leader = stream.equals("foo") ? "emea_1" : "emea_2";
                s.members.forEach(m -> s.messages.put(m, 5L));
            }
        }
    }

    @Override
    public Outcome stop(Action.StopServer action) {
        called("stop " + action.server());
        world.killed(action.server().text());
        return new Outcome.Acted("stopped");
    }

    @Override
    public Outcome copy(ServerName server) {
        called("copy " + server);
        return new Outcome.Acted("copied");
    }

    @Override
    public boolean copies() {
        return true;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(now);
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void pause(Duration duration) {
        now += duration.toNanos();
    }

    List<String> done() {
        return journal.stream()
                .filter(e -> e instanceof Entry.Done)
                .map(e -> ((Entry.Done) e).step().text())
                .toList();
    }

    boolean isDone(StepId step) {
        return done().contains(step.text());
    }

    private final class Api implements ClusterQuery {
        @Override
        public List<String> askAll(String subject, String payload, Duration quiet, Duration deadline) {
            called(subject + " " + payload);
            world.rescued(3);
            elect();
            return List.of(
                    "{\"server\":\"emea_1\",\"prev_quorum\":4,\"new_quorum\":3}",
                    "{\"server\":\"emea_2\",\"prev_quorum\":4,\"new_quorum\":3}");
        }

        @Override
        public Reply ask(String subject, String payload, Duration deadline) {
            if (subject.equals("$JS.API.SERVER.REMOVE")) {
                Matcher m = PEER.matcher(payload);
                if (!m.find() || !members.contains(m.group(1))) {
                    return new Reply.Answer(
                            "{\"error\":{\"code\":400,\"err_code\":10044,\"description\":\"no member\"}}");
                }
                called("remove " + m.group(1));
                members.remove(m.group(1));
                world.counting(members.size(), members.toArray(String[]::new));
                return new Reply.Answer("{\"success\":true}");
            }
            if (subject.startsWith("$JS.API.STREAM.UPDATE.")) {
                String stream = subject.substring("$JS.API.STREAM.UPDATE.".length());
                Matcher m = TAGS.matcher(payload);
                called("move " + stream + (m.find() ? " " + m.group(1) : ""));
                World.Stream s = world.stream(stream);
                s.placement = Arrays.stream(m.group(1).split(","))
                        .map(t -> t.replace("\"", ""))
                        .toList();
                s.members = new ArrayList<>(List.of("emea_1", "emea_2", "emea_3"));
                s.leader = stream.equals("em2") ? "emea_2" : "emea_1";
                s.messages.clear();
                s.members.forEach(n -> s.messages.put(n, 5L));
                return new Reply.TimedOut(); // up to 2.11 that is no failure
            }
            called(subject + " " + payload);
            if (subject.endsWith(".RELOAD")) {
                if (reloadFault != null) {
                    return new Reply.Answer("{\"error\":{\"code\":500,\"description\":\"" + reloadFault + "\"}}");
                }
                reloaded();
            }
            if (subject.startsWith("$JS.API.STREAM.PEER.REMOVE.")) {
                Matcher m = PEER.matcher(payload);
                World.Stream s = world.stream(subject.substring("$JS.API.STREAM.PEER.REMOVE.".length()));
                if (m.find() && s.members.remove(m.group(1))) {
                    s.members.add("us_3");
                    s.messages.put("us_3", 5L);
                }
            }
            return new Reply.Answer("{\"success\":true}");
        }

        @Override
        public void close() {}
    }
}
