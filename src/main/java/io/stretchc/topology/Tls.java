package io.stretchc.topology;

import org.jspecify.annotations.Nullable;

/** TLS by kind of connection; none where null. */
public record Tls(
        @Nullable TlsBlock client,
        @Nullable TlsBlock cluster,
        @Nullable TlsBlock leaf,
        @Nullable TlsBlock gateway,
        @Nullable TlsBlock websocket) {
    /** No TLS anywhere. */
    public static final Tls NONE = new Tls(null, null, null, null, null);
}
