package io.stretchc.observe;

import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.StreamConfig;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one server says of a stream it has a copy of.
 *
 * @param leads whether the server names itself as its leader; whom else it names is of no interest
 * @param members of the group as this server sees it, itself included
 * @param hides whether its configuration, or that of a consumer, holds something that looks like a secret
 */
record StreamReport(
        String account,
        String name,
        ServerName server,
        boolean leads,
        StreamConfig config,
        List<Member> members,
        StreamState.Copy copy,
        List<ConsumerReport> consumers,
        boolean hides) {
    /** The same of another account: which it is may stand behind the streams in an answer. */
    StreamReport in(String other) {
        return new StreamReport(other, name, server, leads, config, members, copy, consumers, hides);
    }

    /**
     * What the server says of a consumer.
     *
     * @param now as its leader; none when this server does not name itself leader of the consumer
     */
    record ConsumerReport(
            String name,
            boolean durable,
            int replicas,
            String json,
            List<Member> members,
            io.stretchc.snapshot.ConsumerState.@Nullable Now now) {}
}
