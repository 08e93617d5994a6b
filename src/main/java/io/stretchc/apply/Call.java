package io.stretchc.apply;

import io.stretchc.observe.QueryFault;
import java.time.Duration;

/**
 * One try at what a step does.
 *
 * @param detail what is done, for the journal
 * @param again how long after an answer without effect it is tried again
 */
record Call(String detail, Duration again, Making making) {
    /** Does it. */
    interface Making {
        Reply make() throws QueryFault;
    }

    /**
     * What came back. It is never believed: what must hold after the step is looked for.
     *
     * @param passing whether another try may go better
     */
    record Reply(boolean good, boolean passing, String text) {
        static Reply good(String text) {
            return new Reply(true, true, text);
        }

        static Reply passing(String text) {
            return new Reply(false, true, text);
        }

        static Reply fatal(String text) {
            return new Reply(false, false, text);
        }
    }
}
