package io.stretchc.topology;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** nats-server's node hash: SHA-256 of the name, its first eight bytes as base-62 digits. */
final class PeerId {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 8;

    private PeerId() {}

    static String of(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            var id = new StringBuilder(LENGTH);
            for (int i = 0; i < LENGTH; i++) {
                id.append(DIGITS.charAt((hash[i] & 0xff) % DIGITS.length()));
            }
            return id.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
