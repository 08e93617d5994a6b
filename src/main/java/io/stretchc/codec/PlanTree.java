package io.stretchc.codec;

import io.stretchc.plan.Action;
import io.stretchc.plan.Backup;
import io.stretchc.plan.Condition;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Step;
import io.stretchc.quorum.Technique;
import io.stretchc.topology.ServerName;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A plan as maps, lists, texts and numbers, keys in the order of the file. */
final class PlanTree {
    private PlanTree() {}

    /** All but format and id. */
    static Map<String, Object> of(Plan plan) {
        Technique technique = plan.strategy().technique();
        var tree = new LinkedHashMap<String, Object>();
        tree.put("scenario", PlanScenario.tree(plan.scenario()));
        tree.put("cluster", plan.cluster());
        tree.put("version", plan.version().toString());
        tree.put(
                "topology",
                map("file", plan.topology().file(), "hash", plan.topology().hash()));
        tree.put("snapshot", plan.snapshot());
        tree.put(
                "strategy",
                map(
                        "technique",
                        technique == null ? "none" : word(technique),
                        "reason",
                        plan.strategy().reason()));
        tree.put("losses", new Each<>(plan.losses(), PlanTree::loss));
        tree.put(
                "point_of_no_return",
                plan.pointOfNoReturn() == null ? "" : plan.pointOfNoReturn().text());
        tree.put("warnings", plan.warnings());
        tree.put("steps", new Each<>(plan.steps(), PlanTree::step));
        return tree;
    }

    /** Entries that are made into maps one by one, when they are asked for. */
    private static final class Each<T> extends AbstractList<Map<String, Object>> {
        private final List<T> items;
        private final Function<T, Map<String, Object>> tree;

        Each(List<T> items, Function<T, Map<String, Object>> tree) {
            this.items = items;
            this.tree = tree;
        }

        @Override
        public Map<String, Object> get(int i) {
            return tree.apply(items.get(i));
        }

        @Override
        public int size() {
            return items.size();
        }
    }

    private static Map<String, Object> loss(LossEntry loss) {
        Map<String, Object> entry = map(
                "account", loss.account(),
                "stream", loss.stream(),
                "fate", word(loss.fate()),
                "survivors", names(loss.survivors()),
                "messages", loss.messages(),
                "last_sequence", loss.lastSequence(),
                "why", loss.why());
        Backup backup = loss.backup();
        if (backup != null) {
            entry.put("backup", backup(backup));
        }
        return entry;
    }

    private static Map<String, Object> backup(Backup b) {
        return map(
                "path", b.path(),
                "hash", "sha256:" + b.sha256(),
                "taken", b.taken(),
                "bytes", b.bytes(),
                "replicas", (long) b.replicas(),
                "messages", b.messages(),
                "last_sequence", b.lastSequence());
    }

    private static Map<String, Object> step(Step step) {
        return map(
                "id", step.id().text(),
                "action", step.action().accept(new Actions()),
                "before", conditions(step.before()),
                "after", conditions(step.after()),
                "within_seconds", step.within().toSeconds(),
                "risk", word(step.risk()),
                "undo", step.undo() == null ? "" : step.undo(),
                "by_hand",
                        map(
                                "commands",
                                step.byHand().commands(),
                                "expect",
                                step.byHand().expect()),
                "reason", step.reason());
    }

    private static List<Object> conditions(List<Condition> all) {
        var list = new ArrayList<Object>();
        all.forEach(c -> list.add(c.accept(new Conditions())));
        return list;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> names(List<ServerName> names) {
        return names.stream().map(ServerName::text).toList();
    }

    private static Map<String, Object> map(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static final class Actions implements Action.Visitor<Map<String, Object>> {
        @Override
        public Map<String, Object> takeCensus(Action.TakeCensus a) {
            return map(
                    "kind",
                    "take_census",
                    "lost",
                    a.lost().stream().map(s -> s.text()).toList());
        }

        @Override
        public Map<String, Object> attestLost(Action.AttestLost a) {
            return map("kind", "attest_lost", "site", a.site().text());
        }

        @Override
        public Map<String, Object> copyStores(Action.CopyStores a) {
            return map("kind", "copy_stores", "servers", names(a.servers()));
        }

        @Override
        public Map<String, Object> startServer(Action.StartServer a) {
            return map(
                    "kind", "start_server",
                    "server", a.server().text(),
                    "role", word(a.role()),
                    "site", a.site().text(),
                    "blank", a.blank());
        }

        @Override
        public Map<String, Object> stopServer(Action.StopServer a) {
            return map("kind", "stop_server", "server", a.server().text(), "role", word(a.role()));
        }

        @Override
        public Map<String, Object> awaitMetaLeader(Action.AwaitMetaLeader a) {
            return map("kind", "await_meta_leader");
        }

        @Override
        public Map<String, Object> awaitMembers(Action.AwaitMembers a) {
            return map("kind", "await_members", "servers", names(a.servers()));
        }

        @Override
        public Map<String, Object> awaitNaturalQuorum(Action.AwaitNaturalQuorum a) {
            return map("kind", "await_natural_quorum");
        }

        @Override
        public Map<String, Object> rescueQuorum(Action.RescueQuorum a) {
            return map("kind", "rescue_quorum", "quorum", (long) a.quorum());
        }

        @Override
        public Map<String, Object> removePeer(Action.RemovePeer a) {
            return map("kind", "remove_peer", "server", a.server().text());
        }

        @Override
        public Map<String, Object> moveStream(Action.MoveStream a) {
            return map("kind", "move_stream", "account", a.account(), "stream", a.stream(), "tags", a.tags());
        }

        @Override
        public Map<String, Object> awaitStream(Action.AwaitStream a) {
            Map<String, Object> await =
                    map("kind", "await_stream", "account", a.account(), "stream", a.stream(), "replicas", (long)
                            a.replicas());
            if (a.away() > 0) {
                await.put("away", (long) a.away());
            }
            return await;
        }

        @Override
        public Map<String, Object> recreateStream(Action.RecreateStream a) {
            return map("kind", "recreate_stream", "account", a.account(), "stream", a.stream(), "tags", a.tags());
        }

        @Override
        public Map<String, Object> restoreStream(Action.RestoreStream a) {
            return map(
                    "kind", "restore_stream",
                    "account", a.account(),
                    "stream", a.stream(),
                    "replicas", (long) a.replicas(),
                    "tags", a.tags(),
                    "backup", backup(a.backup()));
        }

        @Override
        public Map<String, Object> moveMetaLeader(Action.MoveMetaLeader a) {
            return map("kind", "move_meta_leader", "preferred", names(a.preferred()));
        }

        @Override
        public Map<String, Object> moveStreamLeader(Action.MoveStreamLeader a) {
            return map(
                    "kind", "move_stream_leader",
                    "account", a.account(),
                    "stream", a.stream(),
                    "preferred", names(a.preferred()));
        }

        @Override
        public Map<String, Object> restartServer(Action.RestartServer a) {
            return map("kind", "restart_server", "server", a.server().text(), "role", word(a.role()));
        }

        @Override
        public Map<String, Object> removePeerId(Action.RemovePeerId a) {
            return map("kind", "remove_peer_id", "peer", a.peer());
        }

        @Override
        public Map<String, Object> removeStreamPeer(Action.RemoveStreamPeer a) {
            Map<String, Object> tree =
                    map("kind", "remove_stream_peer", "account", a.account(), "stream", a.stream(), "peer", a.peer());
            if (a.server() != null) {
                tree.put("server", a.server().text());
            }
            return tree;
        }

        @Override
        public Map<String, Object> retagServer(Action.RetagServer a) {
            return map("kind", "retag_server", "server", a.server().text(), "tags", a.tags());
        }

        @Override
        public Map<String, Object> verifyCluster(Action.VerifyCluster a) {
            return map(
                    "kind",
                    "verify_cluster",
                    "without",
                    a.without() == null ? "" : a.without().text());
        }
    }

    private static final class Conditions implements Condition.Visitor<Map<String, Object>> {
        @Override
        public Map<String, Object> silent(Condition.Silent c) {
            return map("kind", "silent", "servers", names(c.servers()));
        }

        @Override
        public Map<String, Object> answering(Condition.Answering c) {
            return map("kind", "answering", "servers", names(c.servers()));
        }

        @Override
        public Map<String, Object> metaLed(Condition.MetaLed c) {
            return map("kind", "meta_led");
        }

        @Override
        public Map<String, Object> nobodyLeads(Condition.NobodyLeads c) {
            return map("kind", "nobody_leads");
        }

        @Override
        public Map<String, Object> noMetaLeader(Condition.NoMetaLeader c) {
            return map("kind", "no_meta_leader");
        }

        @Override
        public Map<String, Object> metaMember(Condition.MetaMember c) {
            return map("kind", "meta_member", "server", c.server().text());
        }

        @Override
        public Map<String, Object> metaCurrent(Condition.MetaCurrent c) {
            return map("kind", "meta_current", "servers", names(c.servers()));
        }

        @Override
        public Map<String, Object> naturalQuorum(Condition.NaturalQuorum c) {
            return map("kind", "natural_quorum");
        }

        @Override
        public Map<String, Object> notMetaMember(Condition.NotMetaMember c) {
            return map("kind", "not_meta_member", "server", c.server().text());
        }

        @Override
        public Map<String, Object> metaLeaderAmong(Condition.MetaLeaderAmong c) {
            return map("kind", "meta_leader_among", "servers", names(c.servers()));
        }

        @Override
        public Map<String, Object> copyHeld(Condition.CopyHeld c) {
            return map(
                    "kind", "copy_held",
                    "account", c.account(),
                    "stream", c.stream(),
                    "server", c.server().text(),
                    "last_sequence", c.lastSequence());
        }

        @Override
        public Map<String, Object> nothingHeld(Condition.NothingHeld c) {
            return map("kind", "nothing_held", "account", c.account(), "stream", c.stream());
        }

        @Override
        public Map<String, Object> streamTagged(Condition.StreamTagged c) {
            return map("kind", "stream_tagged", "account", c.account(), "stream", c.stream(), "tags", c.tags());
        }

        @Override
        public Map<String, Object> streamWhole(Condition.StreamWhole c) {
            return map(
                    "kind", "stream_whole",
                    "account", c.account(),
                    "stream", c.stream(),
                    "replicas", (long) c.replicas(),
                    "last_sequence", c.lastSequence());
        }

        @Override
        public Map<String, Object> streamCurrent(Condition.StreamCurrent c) {
            return map(
                    "kind", "stream_current",
                    "account", c.account(),
                    "stream", c.stream(),
                    "members", (long) c.members(),
                    "last_sequence", c.lastSequence());
        }

        @Override
        public Map<String, Object> streamOff(Condition.StreamOff c) {
            return map(
                    "kind", "stream_off",
                    "account", c.account(),
                    "stream", c.stream(),
                    "servers", names(c.servers()));
        }

        @Override
        public Map<String, Object> restarted(Condition.Restarted c) {
            return map("kind", "restarted", "server", c.server().text(), "run", c.run());
        }

        @Override
        public Map<String, Object> majorityWithout(Condition.MajorityWithout c) {
            return map("kind", "majority_without", "server", c.server().text());
        }

        @Override
        public Map<String, Object> switchedOff(Condition.SwitchedOff c) {
            return map("kind", "switched_off", "server", c.server().text());
        }

        @Override
        public Map<String, Object> notMetaPeer(Condition.NotMetaPeer c) {
            return map("kind", "not_meta_peer", "peer", c.peer());
        }

        @Override
        public Map<String, Object> streamOffPeer(Condition.StreamOffPeer c) {
            return map("kind", "stream_off_peer", "account", c.account(), "stream", c.stream(), "peer", c.peer());
        }

        @Override
        public Map<String, Object> streamLed(Condition.StreamLed c) {
            return map(
                    "kind", "stream_led",
                    "account", c.account(),
                    "stream", c.stream(),
                    "servers", names(c.servers()));
        }

        @Override
        public Map<String, Object> serverTagged(Condition.ServerTagged c) {
            return map("kind", "server_tagged", "server", c.server().text(), "tags", c.tags());
        }
    }
}
