package io.stretchc.nats;

import io.nats.client.api.ServerInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server says to anyone who connects, before any login. Tells of servers whose credentials do not fit, and of
 * those that stand behind the same address without knowing of each other.
 *
 * @param url as it was asked
 * @param info none when nothing that is a nats-server said anything
 * @param verifies whether the server wants a certificate of its clients
 * @param silence why there is none, in a few words
 */
public record Greeting(String url, @Nullable ServerInfo info, boolean verifies, String silence) {
    /** Its id, name and cluster, if it spoke. */
    public Optional<Speaker> speaker() {
        return info == null
                ? Optional.empty()
                : Optional.of(new Speaker(
                        text(info.getServerId()),
                        text(info.getServerName()),
                        text(info.getCluster()),
                        text(info.getVersion())));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Who spoke. */
    public record Speaker(String id, String name, String cluster, String version) {}
}
