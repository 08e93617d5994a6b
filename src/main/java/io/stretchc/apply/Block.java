package io.stretchc.apply;

import io.stretchc.plan.Action;
import io.stretchc.plan.Condition;
import io.stretchc.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Steps that may go on at the same time. Steps of one stream follow each other in a chain; those that are about the whole
 * cluster are alone. Moves, re-creations and changes of leaders never share a block: leaders move last.
 *
 * <p>Servers that follow each other in a plan are started side by side, in turn: each is called when the call of the one
 * before it was made, without waiting until that one answers. So the calls keep the order of the plan, and a run that is
 * cut off has called the first few of them, as it would have otherwise; only in which order they come up is open. None of
 * the orders breaks a law, for three reasons. What must hold before each start is about those that run already and about
 * the server itself, and is looked at before its call. None of these starts is a change of members that is to be confirmed
 * before the next one: they are members already (originals that return, stand-ins, whose peer id is that of the lost
 * server), or there is nobody who could admit them (new servers for a group without a leader, who is elected when enough of
 * them are up, and on 2.12 only when all are). A server that is to be seen by the leader before the next one, as when a site
 * comes back under new names, is started alone: one change of members at a time. A server that comes empty never shares a
 * block with one that holds data, which must be up first. And the proof of a plan carries these starts
 * out in other orders too, see {@code simulate.Orders}.
 *
 * <p>Servers that are stopped since they are no members any more are stopped side by side likewise. One that is a member, or
 * that the group still counts, is stopped alone.
 *
 * @param inTurn whether a chain begins only when the call of the one before it was made
 */
record Block(List<List<Step>> chains, boolean inTurn) {
    private static final String START = "start";
    private static final String START_EMPTY = "start empty";
    private static final String STOP = "stop";
    private static final List<String> IN_TURN = List.of(START, START_EMPTY, STOP);

    Block {
        chains = chains.stream().map(List::copyOf).toList();
    }

    /**
     * Steps in their order, as blocks.
     *
     * @param acts whether a program starts and stops servers; a person is told of one after the other
     */
    static List<Block> of(List<Step> steps, Predicate<Step> acts) {
        var blocks = new ArrayList<Block>();
        var chains = new LinkedHashMap<String, List<Step>>();
        String kind = "";
        for (Step step : steps) {
            Link link = link(step, acts);
            if (link == null || !link.kind.equals(kind)) {
                close(blocks, chains, kind);
            }
            if (link == null) {
                blocks.add(new Block(List.of(List.of(step)), false));
                kind = "";
            } else {
                chains.computeIfAbsent(link.key, k -> new ArrayList<>()).add(step);
                kind = link.kind;
            }
        }
        close(blocks, chains, kind);
        return blocks;
    }

    private static void close(List<Block> blocks, Map<String, List<Step>> chains, String kind) {
        if (!chains.isEmpty()) {
            blocks.add(new Block(new ArrayList<>(chains.values()), IN_TURN.contains(kind)));
            chains.clear();
        }
    }

    private record Link(String key, String kind) {}

    private static @Nullable Link link(Step step, Predicate<Step> acts) {
        if (step.action() instanceof Action.StartServer start) {
            boolean answers = step.after().stream().allMatch(c -> c instanceof Condition.Answering);
            return answers && acts.test(step)
                    ? new Link(start.server().text(), start.blank() ? START_EMPTY : START)
                    : null;
        }
        if (step.action() instanceof Action.StopServer stop) {
            boolean off = step.before().contains(new Condition.NotMetaMember(stop.server()));
            return off && acts.test(step) ? new Link(stop.server().text(), STOP) : null;
        }
        return stream(step.action());
    }

    private static @Nullable Link stream(Action action) {
        if (action instanceof Action.MoveStream a) {
            return new Link(a.account() + "\n" + a.stream(), "move");
        }
        if (action instanceof Action.AwaitStream a) {
            return new Link(a.account() + "\n" + a.stream(), "move");
        }
        if (action instanceof Action.RemoveStreamPeer a) {
            return new Link(a.account() + "\n" + a.stream(), "move");
        }
        if (action instanceof Action.RecreateStream a) {
            return new Link(a.account() + "\n" + a.stream(), "recreate");
        }
        if (action instanceof Action.RestoreStream a) {
            return new Link(a.account() + "\n" + a.stream(), "restore");
        }
        if (action instanceof Action.MoveStreamLeader a) {
            return new Link(a.account() + "\n" + a.stream(), "lead");
        }
        return null;
    }

    /** Key of the stream that a chain is about; none when it is about the whole cluster. */
    static @Nullable String key(List<Step> chain) {
        Link link = stream(chain.get(0).action());
        return link == null ? null : link.key;
    }
}
