package io.stretchc.nats;

import io.nats.client.NKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Credentials that stand in files: creds as {@code nsc} writes them, seeds of nkeys. */
public final class KeyFiles {
    private static final Pattern JWT =
            Pattern.compile("-----BEGIN NATS USER JWT-----\\s+(\\S+)\\s+-+END NATS USER JWT-+");
    private static final Pattern SEED = Pattern.compile("\\bSU[A-Z2-7]{56}\\b");

    private KeyFiles() {}

    /** A creds file. */
    public static Credentials creds(String path) throws LoginFault {
        return creds(TextFile.read("creds file", path), path);
    }

    /** What stands in a creds file. */
    static Credentials creds(String text, String path) throws LoginFault {
        Matcher jwt = JWT.matcher(text);
        Matcher seed = SEED.matcher(text);
        if (!jwt.find()) {
            throw TextFile.unreadable("creds file", path, "it holds no NATS USER JWT block");
        }
        return new Credentials.UserJwt(jwt.group(1), seed.find() ? seed.group() : null);
    }

    /** A file with the seed of a user's nkey. */
    public static Credentials nkey(String path) throws LoginFault {
        return nkey(TextFile.read("nkey file", path), path);
    }

    /** What stands in an nkey file. */
    static Credentials nkey(String text, String path) throws LoginFault {
        Matcher seed = SEED.matcher(text);
        if (!seed.find()) {
            throw TextFile.unreadable("nkey file", path, "it holds no seed of a user, which begins with SU");
        }
        return new Credentials.NkeySeed(seed.group());
    }

    /** The seed of a user's nkey, and its public part. */
    public record Pair(String seed, String publicKey) {
        /** Without the seed. */
        @Override
        public String toString() {
            return publicKey;
        }
    }

    /** A fresh key of a user. */
    public static Pair freshUser() {
        try {
            NKey key = NKey.createUser(new SecureRandom());
            return new Pair(new String(key.getSeed()), new String(key.getPublicKey()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java makes keys", e);
        }
    }

    /** A file with nothing but a password, or with it on its first line. */
    public static String password(String path) throws LoginFault {
        String line = TextFile.read("password file", path).lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw TextFile.unreadable("password file", path, "its first line is empty");
        }
        return line;
    }
}
