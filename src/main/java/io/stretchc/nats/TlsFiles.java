package io.stretchc.nats;

import org.jspecify.annotations.Nullable;

/**
 * Files for TLS, as PEM.
 *
 * @param ca whom to trust; none for the authorities that Java trusts
 * @param cert own certificate, with its chain
 * @param first whether the handshake comes before the server says anything
 */
public record TlsFiles(
        @Nullable String ca,
        @Nullable String cert,
        @Nullable String key,
        boolean first) {
    /** No files; TLS only if the server or the address wants it. */
    public static final TlsFiles NONE = new TlsFiles(null, null, null, false);

    /** Whether anything here says that the connection must be encrypted. */
    public boolean wanted() {
        return ca != null || cert != null || first;
    }
}
