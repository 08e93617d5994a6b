package io.stretchc.simulate;

import io.stretchc.plan.Action;
import org.jspecify.annotations.Nullable;

/** The stream that an action is about. */
final class Subject {
    private Subject() {}

    /** None for what is done to servers or the whole cluster. */
    static StreamGroup.@Nullable Id of(Action action) {
        if (action instanceof Action.MoveStream a) {
            return new StreamGroup.Id(a.account(), a.stream());
        }
        if (action instanceof Action.AwaitStream a) {
            return new StreamGroup.Id(a.account(), a.stream());
        }
        if (action instanceof Action.RecreateStream a) {
            return new StreamGroup.Id(a.account(), a.stream());
        }
        if (action instanceof Action.RemoveStreamPeer a) {
            return new StreamGroup.Id(a.account(), a.stream());
        }
        if (action instanceof Action.RestoreStream a) {
            return new StreamGroup.Id(a.account(), a.stream());
        }
        return action instanceof Action.MoveStreamLeader a ? new StreamGroup.Id(a.account(), a.stream()) : null;
    }

    /** What is done, whatever stream it is done to. */
    static String without(Action action) {
        if (action instanceof Action.MoveStream a) {
            return "move" + a.tags();
        }
        if (action instanceof Action.AwaitStream a) {
            return "await" + a.replicas() + "-" + a.away();
        }
        if (action instanceof Action.RecreateStream a) {
            return "anew" + a.tags();
        }
        if (action instanceof Action.RemoveStreamPeer a) {
            return "off" + a.peer();
        }
        if (action instanceof Action.RestoreStream a) {
            return "restored" + a.tags() + a.replicas() + "," + a.backup().lastSequence();
        }
        return action instanceof Action.MoveStreamLeader a ? "lead" + a.preferred() : action.toString();
    }
}
