package io.stretchc.nats;

import io.stretchc.diag.Quote;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Address of a server as people write it: {@code nats://host:4222}, {@code tls://host}, {@code host:4222}.
 *
 * @param tls whether its scheme asks for TLS
 */
record ServerAddress(String host, int port, boolean tls) {
    private static final int USUAL_PORT = 4222;

    /** Reads an address. */
    static ServerAddress of(String url) throws LoginFault {
        String text = url.contains("://") ? url : "nats://" + url;
        try {
            var uri = new URI(text.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            if (host == null || !(scheme.equals("nats") || scheme.equals("tls") || scheme.equals("opentls"))) {
                throw odd(url);
            }
            return new ServerAddress(
                    host.replaceAll("^\\[|\\]$", ""),
                    uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                    !scheme.equals("nats"));
        } catch (URISyntaxException e) {
            throw odd(url);
        }
    }

    private static LoginFault odd(String url) {
        return new LoginFault("The server address " + Quote.of(shown(url))
                + " is not understood; write it as nats://HOST:PORT or tls://HOST:PORT.");
    }

    /** An address without user and password. */
    static String shown(String url) {
        return Quote.plain(url.replaceFirst("://[^/]*@", "://"));
    }
}
