package io.stretchc.apply;

import io.stretchc.plan.Action;
import io.stretchc.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Steps that may go on at the same time. Steps of one stream follow each other in a chain; those that are about the whole
 * cluster are alone. Moves, re-creations and changes of leaders never share a block: leaders move last.
 */
record Block(List<List<Step>> chains) {
    Block {
        chains = chains.stream().map(List::copyOf).toList();
    }

    /** Steps in their order, as blocks. */
    static List<Block> of(List<Step> steps) {
        var blocks = new ArrayList<Block>();
        var chains = new LinkedHashMap<String, List<Step>>();
        String kind = "";
        for (Step step : steps) {
            Stream stream = stream(step.action());
            if (stream == null || !stream.kind.equals(kind)) {
                close(blocks, chains);
            }
            if (stream == null) {
                blocks.add(new Block(List.of(List.of(step))));
                kind = "";
            } else {
                chains.computeIfAbsent(stream.key, k -> new ArrayList<>()).add(step);
                kind = stream.kind;
            }
        }
        close(blocks, chains);
        return blocks;
    }

    private static void close(List<Block> blocks, Map<String, List<Step>> chains) {
        if (!chains.isEmpty()) {
            blocks.add(new Block(new ArrayList<>(chains.values())));
            chains.clear();
        }
    }

    private record Stream(String key, String kind) {}

    private static @Nullable Stream stream(Action action) {
        if (action instanceof Action.MoveStream a) {
            return new Stream(a.account() + "\n" + a.stream(), "move");
        }
        if (action instanceof Action.AwaitStream a) {
            return new Stream(a.account() + "\n" + a.stream(), "move");
        }
        if (action instanceof Action.RemoveStreamPeer a) {
            return new Stream(a.account() + "\n" + a.stream(), "move");
        }
        if (action instanceof Action.RecreateStream a) {
            return new Stream(a.account() + "\n" + a.stream(), "recreate");
        }
        if (action instanceof Action.RestoreStream a) {
            return new Stream(a.account() + "\n" + a.stream(), "restore");
        }
        if (action instanceof Action.MoveStreamLeader a) {
            return new Stream(a.account() + "\n" + a.stream(), "lead");
        }
        return null;
    }

    /** Key of the stream that a chain is about; none when it is about the whole cluster. */
    static @Nullable String key(List<Step> chain) {
        Stream stream = stream(chain.get(0).action());
        return stream == null ? null : stream.key;
    }
}
