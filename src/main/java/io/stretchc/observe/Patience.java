package io.stretchc.observe;

import java.time.Duration;

/**
 * How long an observation waits.
 *
 * @param quiet how long no answer of any server may come before the others are taken not to answer
 * @param census how long the answers of all servers may take together
 * @param answer how long one server may take for one answer; a server with thousands of streams needs seconds for it
 * @param server how long one server may take for all that is asked of it
 * @param parallel how many servers are asked at a time, which also bounds how many large answers are in memory
 */
public record Patience(Duration quiet, Duration census, Duration answer, Duration server, int parallel) {
    /** Enough for servers on other continents. */
    public static final Patience USUAL = new Patience(
            Duration.ofMillis(750), Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(20), 4);
}
