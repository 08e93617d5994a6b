package io.stretchc.load;

import java.time.Duration;
import java.util.List;

/**
 * What a load is to do.
 *
 * @param run its id, lower-case letters and digits
 * @param writers for each site and stream
 * @param rate messages a second, of all writers together
 * @param length how long new messages are sent
 * @param patience how long each attempt waits for its answer
 * @param giveUp how long after its first attempt a message is sent again no more; at most half the window in which its stream
 *     knows a {@code Nats-Msg-Id}, two minutes by default, since the stream would store it twice after that
 * @param drain how long to wait after the last new message for what is still open
 */
public record LoadPlan(
        String run,
        String account,
        List<Site> sites,
        List<StreamSetup> streams,
        int writers,
        int rate,
        Duration length,
        Duration patience,
        Duration giveUp,
        Duration drain) {
    public LoadPlan {
        sites = List.copyOf(sites);
        streams = List.copyOf(streams);
    }
}
