package io.stretchc.topology;

import org.jspecify.annotations.Nullable;

/** TLS of one kind of connection; files by reference. */
public record TlsBlock(
        String certFile,
        String keyFile,
        @Nullable String caFile,
        boolean verify,
        boolean verifyAndMap,
        @Nullable String timeout,
        boolean handshakeFirst) {}
