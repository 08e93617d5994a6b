package io.stretchc.apply;

import java.time.Duration;
import java.time.Instant;

/** Time. */
public interface Pace {
    /** Now, for the journal. */
    Instant now();

    /** Nanoseconds since some moment, for durations. */
    long nanos();

    /** Lets time pass. */
    void pause(Duration duration) throws InterruptedException;
}
