package io.stretchc.ledger;

/** One thing that happened in a run; {@code at} is in nanoseconds of the run's own steady clock. */
public sealed interface Entry {
    /** When. */
    long at();

    /** Calls what fits. */
    <R> R accept(Visitor<R> visitor);

    /** A message is about to be sent, for the first time or again with the same {@code Nats-Msg-Id}. */
    record Attempt(long at, String writer, long counter) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attempt(this);
        }
    }

    /**
     * The stream has acknowledged a message.
     *
     * @param duplicate whether the stream says that it had it already
     */
    record Acked(long at, String writer, long counter, String stream, long sequence, boolean duplicate)
            implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.acked(this);
        }
    }

    /** No answer came in time; the message may be stored, now or later. */
    record TimedOut(long at, String writer, long counter) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.timedOut(this);
        }
    }

    /** The message was refused: nobody listens (503), an error of the stream, or no connection to send it over. */
    record Refused(long at, String writer, long counter, String reason) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.refused(this);
        }
    }

    /** A consumer was given a message and acknowledges it. */
    record ConsumerAck(long at, String stream, String consumer, long sequence, String writer, long counter)
            implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.consumerAck(this);
        }
    }

    /** The server says that a consumer has acknowledged everything up to a sequence of the stream. */
    record Floor(long at, String stream, String consumer, long sequence) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.floor(this);
        }
    }

    /**
     * The writers of a site are connected to a server.
     *
     * @param home whether it is one of their own site
     */
    record Moved(long at, String site, String server, boolean home) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.moved(this);
        }
    }

    /** The run ended as it should; without it the ledger is cut off. */
    record Ended(long at) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.ended(this);
        }
    }

    /** One case each. */
    interface Visitor<R> {
        R attempt(Attempt e);

        R acked(Acked e);

        R timedOut(TimedOut e);

        R refused(Refused e);

        R consumerAck(ConsumerAck e);

        R floor(Floor e);

        R moved(Moved e);

        R ended(Ended e);
    }
}
