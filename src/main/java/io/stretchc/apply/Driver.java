package io.stretchc.apply;

import io.stretchc.plan.Action;
import io.stretchc.topology.ServerName;

/** How servers are started, stopped and their stores copied. */
public interface Driver {
    /** Starts a server, with an empty store if the action says so. One that runs already is left alone. */
    Outcome start(Action.StartServer action);

    /** Stops a server. One that does not run is left alone. */
    Outcome stop(Action.StopServer action);

    /**
     * Ends a server in order and starts it again with its store. One that does not run is started, as after a restart that
     * was cut off in the middle.
     *
     * @param answers whether it answers, wherever it runs
     */
    Outcome restart(Action.RestartServer action, boolean answers);
    /** Writes the tags of the action into the configuration of a running server, and nothing else. */
    Outcome retag(Action.RetagServer action);

    /** Makes a running server read its configuration again, where no request can: before 2.10. */
    Outcome reload(ServerName server);

    /** Copies the store of a running server. */
    Outcome copy(ServerName server);

    /** Whether {@link #copy} acts by itself. */
    boolean copies();

    /** What came of it. */
    sealed interface Outcome {
        /** It was done. */
        record Acted(String what) implements Outcome {}

        /** A person has to do it, and this says what. */
        record ByPerson(String what) implements Outcome {}

        /** It cannot be done. */
        record Failed(String why) implements Outcome {}
    }
}
