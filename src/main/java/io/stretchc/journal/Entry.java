package io.stretchc.journal;

import io.stretchc.plan.StepId;
import io.stretchc.topology.SiteName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a journal. Each is on disk before anything that it announces is done, so that a run that was cut off at any
 * point can be taken up again. No entry holds a secret.
 */
public sealed interface Entry {
    /** When it was written, by the clock of the machine that applies. */
    Instant at();

    /** What is done with each kind. */
    <R> R accept(Visitor<R> visitor);

    /**
     * The first entry.
     *
     * @param plan id of the plan
     * @param scenario its word, such as {@code recover}
     * @param subject the site or the servers that it is about; may be empty
     * @param steps how many it has
     */
    record Opened(Instant at, String plan, String cluster, String scenario, String subject, int steps)
            implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.opened(this);
        }
    }

    /** A run of {@code apply} begins; {@code run} is its name, for this journal only. */
    record Run(Instant at, String run, String by) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.run(this);
        }
    }

    /** The plan was approved: by its id, by a person at a terminal, or, when nothing is irreversible, by {@code --yes}. */
    record Approved(Instant at, String how, String by) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.approved(this);
        }
    }

    /** A person says that a site is gone. */
    record Attested(Instant at, SiteName site, String reason, String by) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attested(this);
        }
    }

    /** A step begins. */
    record Begun(Instant at, StepId step) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.begun(this);
        }
    }

    /** A call is about to be made. */
    record Called(Instant at, StepId step, String detail) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.called(this);
        }
    }

    /** What came of a call. It decides nothing: what counts is what is seen afterwards. */
    record Replied(Instant at, StepId step, String detail) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.replied(this);
        }
    }

    /**
     * The cluster waits for the content of a backup, and the first piece is about to be sent: from here on what the stream
     * holds may be a beginning of it.
     */
    record Sending(Instant at, StepId step) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.sending(this);
        }
    }

    /** What must hold after a step was seen, some milliseconds after the step began. */
    record Done(Instant at, StepId step, long millis, How how) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.done(this);
        }
    }

    /** Something worth knowing later. */
    record Noted(Instant at, @Nullable StepId step, String text) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.noted(this);
        }
    }

    /** The run ended before the plan did. */
    record Stopped(Instant at, @Nullable StepId step, String reason, int exit) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stopped(this);
        }
    }

    /**
     * All steps are done.
     *
     * @param millis of this run
     * @param addedMillis of this run, at most, that it would have ended sooner had looking and waiting to look taken no time
     * @param broken invariants that did not hold in the end, a sentence each
     */
    record Finished(Instant at, long millis, long addedMillis, List<String> broken) implements Entry {
        public Finished {
            broken = List.copyOf(broken);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.finished(this);
        }
    }

    /** How a step came about. */
    enum How {
        /** By a call of this or a former run. */
        CALLED,
        /** It was so already. */
        HELD,
        /** It only waits or looks, and that is done. */
        SEEN,
        /** Declined by the operator, who may do so. */
        DECLINED
    }

    /** A case for each kind. */
    interface Visitor<R> {
        R opened(Opened entry);

        R run(Run entry);

        R approved(Approved entry);

        R attested(Attested entry);

        R begun(Begun entry);

        R called(Called entry);

        R replied(Replied entry);

        R sending(Sending entry);

        R done(Done entry);

        R noted(Noted entry);

        R stopped(Stopped entry);

        R finished(Finished entry);
    }
}
