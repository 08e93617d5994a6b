package io.stretchc.nats;

import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * Logs in by signing what the server asks to be signed.
 *
 * @param key none for a bearer, who signs nothing
 * @param jwt none for a user that the server knows by its public key
 */
record KeyLogin(@Nullable NKey key, @Nullable String jwt) implements AuthHandler {
    static NKey key(String seed) throws LoginFault {
        try {
            return NKey.fromSeed(seed.strip().toCharArray());
        } catch (IllegalArgumentException e) {
            throw new LoginFault("The nkey seed is not one: it must begin with SU and be complete.");
        }
    }

    @Override
    public byte[] sign(byte[] nonce) {
        try {
            return key == null ? new byte[0] : key.sign(nonce);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("an nkey always signs", e);
        }
    }

    @Override
    public char[] getID() {
        try {
            return key == null ? new char[0] : key.getPublicKey();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("an nkey has a public part", e);
        }
    }

    @Override
    public char @Nullable [] getJWT() {
        return jwt == null ? null : jwt.toCharArray();
    }

    @Override
    public String toString() {
        return "a key, not shown";
    }
}
