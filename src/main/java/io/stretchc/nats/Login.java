package io.stretchc.nats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to get into one account.
 *
 * @param urls of servers, tried in their order
 * @param user none for a login without user
 */
public record Login(
        List<String> urls, @Nullable String user, @Nullable String password) {
    public Login {
        urls = List.copyOf(urls);
    }

    /** Without the password, which belongs into no log. */
    @Override
    public String toString() {
        return "Login[" + String.join(",", urls) + (user == null ? "" : ", user " + user) + "]";
    }
}
