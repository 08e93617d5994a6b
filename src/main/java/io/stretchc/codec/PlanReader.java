package io.stretchc.codec;

import io.stretchc.plan.Action;
import io.stretchc.plan.Backup;
import io.stretchc.plan.ByHand;
import io.stretchc.plan.Condition;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Risk;
import io.stretchc.plan.Step;
import io.stretchc.plan.StepId;
import io.stretchc.plan.Strategy;
import io.stretchc.quorum.Technique;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan from a tree. What does not fit is a {@link Misfit}. */
final class PlanReader {
    private static final String HASH = "sha256:";
    private static final long MOST = 1_000_000;

    private final Map<String, Object> in;

    private PlanReader(Map<String, Object> in) {
        this.in = in;
    }

    static Plan read(Map<String, Object> tree) throws Misfit {
        return PlanDemands.met(plan(tree));
    }

    private static Plan plan(Map<String, Object> tree) throws Misfit {
        var r = new PlanReader(tree);
        PlanReader strategy = r.child("strategy");
        String technique = strategy.text("technique");
        var losses = new ArrayList<LossEntry>();
        for (PlanReader loss : r.children("losses")) {
            losses.add(loss.loss());
        }
        var steps = new ArrayList<Step>();
        for (PlanReader step : r.children("steps")) {
            steps.add(step.step());
        }
        String noReturn = r.text("point_of_no_return");
        return new Plan(
                PlanScenario.of(r.child("scenario")),
                r.text("cluster"),
                ServerVersion.parse(r.text("version")).orElseThrow(() -> new Misfit("`version` is no version")),
                new Plan.Source(
                        r.child("topology").text("file"), r.child("topology").text("hash")),
                r.text("snapshot"),
                new Strategy(
                        technique.equals("none") ? null : one(Technique.values(), technique), strategy.text("reason")),
                losses,
                noReturn.isEmpty() ? null : new StepId(noReturn),
                r.texts("warnings"),
                steps);
    }

    private LossEntry loss() throws Misfit {
        return new LossEntry(
                name("account"),
                name("stream"),
                one(LossEntry.Fate.values(), text("fate")),
                names("survivors"),
                number("messages"),
                number("last_sequence"),
                text("why"),
                has("backup") ? child("backup").backup() : null);
    }

    private Backup backup() throws Misfit {
        String hash = text("hash");
        if (!hash.startsWith(HASH)) {
            throw new Misfit("`hash` is no SHA-256");
        }
        return new Backup(
                text("path"),
                hash.substring(HASH.length()),
                text("taken"),
                number("bytes"),
                count("replicas"),
                number("messages"),
                number("last_sequence"));
    }

    private Step step() throws Misfit {
        PlanReader hand = child("by_hand");
        String undo = text("undo");
        return new Step(
                new StepId(text("id")),
                child("action").action(),
                conditions("before"),
                conditions("after"),
                Duration.ofSeconds(number("within_seconds")),
                one(Risk.values(), text("risk")),
                undo.isEmpty() ? null : undo,
                new ByHand(hand.texts("commands"), hand.text("expect")),
                text("reason"));
    }

    private Action action() throws Misfit {
        return switch (text("kind")) {
            case "take_census" ->
                new Action.TakeCensus(texts("lost").stream().map(SiteName::new).toList());
            case "attest_lost" -> new Action.AttestLost(new SiteName(name("site")));
            case "copy_stores" -> new Action.CopyStores(names("servers"));
            case "start_server" ->
                new Action.StartServer(
                        server(), one(Role.values(), text("role")), new SiteName(name("site")), flag("blank"));
            case "stop_server" -> new Action.StopServer(server(), one(Role.values(), text("role")));
            case "await_meta_leader" -> new Action.AwaitMetaLeader();
            case "await_members" -> new Action.AwaitMembers(names("servers"));
            case "await_natural_quorum" -> new Action.AwaitNaturalQuorum();
            case "rescue_quorum" -> new Action.RescueQuorum(count("quorum"));
            case "remove_peer" -> new Action.RemovePeer(server());
            case "move_stream" -> new Action.MoveStream(name("account"), name("stream"), texts("tags"));
            case "await_stream" ->
                new Action.AwaitStream(
                        name("account"), name("stream"), count("replicas"), in.containsKey("away") ? count("away") : 0);
            case "recreate_stream" -> new Action.RecreateStream(name("account"), name("stream"), texts("tags"));
            case "restore_stream" ->
                new Action.RestoreStream(
                        name("account"),
                        name("stream"),
                        count("replicas"),
                        texts("tags"),
                        child("backup").backup());
            case "move_meta_leader" -> new Action.MoveMetaLeader(names("preferred"));
            case "move_stream_leader" ->
                new Action.MoveStreamLeader(name("account"), name("stream"), names("preferred"));
            case "restart_server" -> new Action.RestartServer(server(), one(Role.values(), text("role")));
            case "remove_peer_id" -> new Action.RemovePeerId(name("peer"));
            case "remove_stream_peer" ->
                new Action.RemoveStreamPeer(
                        name("account"), name("stream"), name("peer"), has("server") ? server() : null);
            case "retag_server" -> new Action.RetagServer(server(), texts("tags"));
            case "verify_cluster" ->
                new Action.VerifyCluster(text("without").isEmpty() ? null : new SiteName(text("without")));
            default -> throw new Misfit("it has an action that is not known");
        };
    }

    private List<Condition> conditions(String key) throws Misfit {
        var all = new ArrayList<Condition>();
        for (PlanReader c : children(key)) {
            all.add(c.condition());
        }
        return all;
    }

    private Condition condition() throws Misfit {
        return switch (text("kind")) {
            case "silent" -> new Condition.Silent(names("servers"));
            case "answering" -> new Condition.Answering(names("servers"));
            case "meta_led" -> new Condition.MetaLed();
            case "nobody_leads" -> new Condition.NobodyLeads();
            case "no_meta_leader" -> new Condition.NoMetaLeader();
            case "meta_member" -> new Condition.MetaMember(server());
            case "meta_current" -> new Condition.MetaCurrent(names("servers"));
            case "natural_quorum" -> new Condition.NaturalQuorum();
            case "not_meta_member" -> new Condition.NotMetaMember(server());
            case "meta_leader_among" -> new Condition.MetaLeaderAmong(names("servers"));
            case "copy_held" ->
                new Condition.CopyHeld(name("account"), name("stream"), server(), number("last_sequence"));
            case "nothing_held" -> new Condition.NothingHeld(name("account"), name("stream"));
            case "stream_tagged" -> new Condition.StreamTagged(name("account"), name("stream"), texts("tags"));
            case "stream_whole" ->
                new Condition.StreamWhole(name("account"), name("stream"), count("replicas"), number("last_sequence"));
            case "stream_current" ->
                new Condition.StreamCurrent(name("account"), name("stream"), count("members"), number("last_sequence"));
            case "stream_off" -> new Condition.StreamOff(name("account"), name("stream"), names("servers"));
            case "restarted" -> new Condition.Restarted(server(), text("run"));
            case "majority_without" -> new Condition.MajorityWithout(server());
            case "switched_off" -> new Condition.SwitchedOff(server());
            case "not_meta_peer" -> new Condition.NotMetaPeer(name("peer"));
            case "stream_off_peer" -> new Condition.StreamOffPeer(name("account"), name("stream"), name("peer"));
            case "stream_led" -> new Condition.StreamLed(name("account"), name("stream"), names("servers"));
            case "server_tagged" -> new Condition.ServerTagged(server(), texts("tags"));
            default -> throw new Misfit("it has a condition that is not known");
        };
    }

    private ServerName server() throws Misfit {
        return new ServerName(name("server"));
    }

    List<ServerName> names(String key) throws Misfit {
        return texts(key).stream().map(ServerName::new).toList();
    }

    private static <E extends Enum<E>> E one(E[] values, String word) throws Misfit {
        return Arrays.stream(values)
                .filter(v -> PlanTree.word(v).equals(word))
                .findFirst()
                .orElseThrow(() -> new Misfit("it has a word that is not known"));
    }

    String text(String key) throws Misfit {
        if (in.get(key) instanceof String text) {
            return text;
        }
        throw new Misfit("`" + key + "` is missing, or no text");
    }

    /** A text that names somebody. */
    String name(String key) throws Misfit {
        String text = text(key);
        if (text.isEmpty()) {
            throw new Misfit("`" + key + "` is empty");
        }
        return text;
    }

    private long number(String key) throws Misfit {
        if (in.get(key) instanceof Long number) {
            return number;
        }
        throw new Misfit("`" + key + "` is missing, or no number");
    }

    /** Of votes or replicas: one at least, and no more than anybody has. */
    private int count(String key) throws Misfit {
        long number = number(key);
        if (number < 1 || number > MOST) {
            throw new Misfit("`" + key + "` is no number of servers");
        }
        return (int) number;
    }

    boolean has(String key) {
        return in.containsKey(key);
    }

    boolean flag(String key) throws Misfit {
        if (in.get(key) instanceof Boolean flag) {
            return flag;
        }
        throw new Misfit("`" + key + "` is missing, or neither true nor false");
    }

    private List<String> texts(String key) throws Misfit {
        var texts = new ArrayList<String>();
        for (Object item : list(key)) {
            if (!(item instanceof String text) || text.isEmpty()) {
                throw new Misfit("`" + key + "` holds what is no text");
            }
            texts.add(text);
        }
        return texts;
    }

    private PlanReader child(String key) throws Misfit {
        return reader(in.get(key), key);
    }

    List<PlanReader> children(String key) throws Misfit {
        var all = new ArrayList<PlanReader>();
        for (Object item : list(key)) {
            all.add(reader(item, key));
        }
        return all;
    }

    private List<?> list(String key) throws Misfit {
        if (in.get(key) instanceof List<?> list) {
            return list;
        }
        throw new Misfit("`" + key + "` is missing, or no list");
    }

    @SuppressWarnings("unchecked") // the reader makes maps with texts as keys only
    private static PlanReader reader(@Nullable Object value, String key) throws Misfit {
        if (value instanceof Map<?, ?> map) {
            return new PlanReader((Map<String, Object>) map);
        }
        throw new Misfit("`" + key + "` is missing, or no mapping");
    }
}
