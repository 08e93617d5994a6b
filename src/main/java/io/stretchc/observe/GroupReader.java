package io.stretchc.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.stretchc.snapshot.Member;
import io.stretchc.topology.ServerName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a raft group as a server shows it: {@code leader} and {@code replicas}. A leader lists the others with what it
 * knows of them. Followers of streams list the others too, and on 2.15 those of the meta group as well, but what they
 * say of them beyond their names means nothing.
 */
final class GroupReader {
    /** What nats-server (2.10 to 2.15) puts in the place of a name that it only knows the peer id of. */
    private static final Pattern UNKNOWN = Pattern.compile("Server name unknown at this time \\(peerID: (.*)\\)");

    private GroupReader() {}

    /** Whom the server takes for the leader. */
    static @Nullable ServerName leader(JsonNode group) {
        String leader = group.path("leader").asText("");
        return leader.isEmpty() ? null : new ServerName(leader);
    }

    /**
     * The members, the server itself included.
     *
     * @param size how many there are by configuration; a server that sees so many others is none of them
     */
    static List<Member> members(JsonNode group, ServerName self, int size) {
        boolean leads = self.equals(leader(group));
        var members = new ArrayList<Member>();
        boolean listsSelf = false;
        for (JsonNode replica : group.path("replicas")) {
            Member member = member(replica, leads);
            listsSelf |= member.peer().equals(self.peerId());
            members.add(member);
        }
        if (!listsSelf && (leads || members.size() < size)) {
            members.add(new Member(self, self.peerId(), new Member.Now(leads, false, 0, Duration.ZERO)));
        }
        return members;
    }

    private static Member member(JsonNode replica, boolean believed) {
        String name = replica.path("name").asText("");
        Matcher unknown = UNKNOWN.matcher(name);
        String peer = replica.path("peer").asText("");
        if (unknown.matches()) {
            return new Member(null, peer.isEmpty() ? unknown.group(1) : peer, now(replica, believed));
        }
        var server = new ServerName(name);
        return new Member(server, peer.isEmpty() ? server.peerId() : peer, now(replica, believed));
    }

    private static Member.Now now(JsonNode replica, boolean believed) {
        if (!believed) {
            return new Member.Now(false, false, 0, Duration.ZERO);
        }
        return new Member.Now(
                replica.path("current").asBoolean(),
                replica.path("offline").asBoolean(),
                replica.path("lag").asLong(),
                Duration.ofNanos(replica.path("active").asLong()));
    }
}
