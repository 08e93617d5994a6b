package io.stretchc.apply;

import io.stretchc.apply.Recorder.RecorderFault;
import io.stretchc.observe.ClusterQuery;
import io.stretchc.observe.QueryFault;
import io.stretchc.plan.Action;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.StreamState;
import java.util.List;
import java.util.Optional;

/** The live cluster. May be asked by several threads at a time. */
public interface Cluster {
    /** Looks, as fast as the servers answer. Who does not answer, and did not for most of a second, is not in it. */
    ClusterSnapshot look() throws QueryFault;

    /** The system account. */
    ClusterQuery system() throws QueryFault;

    /**
     * Restores a stream that is not there from its backup, to the end; what it holds was checked when the plan began.
     *
     * @param sending hears of it when the cluster waits for the content, before any of it is sent
     */
    default Given restore(Action.RestoreStream action, Sending sending) throws QueryFault {
        throw new UnsupportedOperationException(action.stream());
    }

    /** Makes it known that content is about to be sent. */
    interface Sending {
        void begins() throws RecorderFault;
    }

    /** Streams of which no server that answers has a copy, as the meta leader lists them. */
    default Unheld unheld() throws QueryFault {
        return new Unheld(List.of(), List.of());
    }

    /**
     * What no copy answers of.
     *
     * @param unseen why those of an account could not be seen, a sentence for each such account
     */
    record Unheld(List<StreamState> streams, List<String> unseen) {
        public Unheld {
            streams = List.copyOf(streams);
            unseen = List.copyOf(unseen);
        }
    }

    /**
     * What came of a restore.
     *
     * @param passing whether another try may go better
     */
    record Given(boolean good, boolean passing, String text) {}

    /** An account, if there is a login to it. */
    Optional<ClusterQuery> account(String name) throws QueryFault;
}
