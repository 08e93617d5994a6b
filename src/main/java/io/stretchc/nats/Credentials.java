package io.stretchc.nats;

import org.jspecify.annotations.Nullable;

/** Who one is. None of these shows its secret when it is printed. */
public sealed interface Credentials {
    /** Nobody; or whoever the certificate, or the address itself, says. */
    record None() implements Credentials {
        @Override
        public String toString() {
            return "no credentials";
        }
    }

    /** A user and password. */
    record UserPassword(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "user " + user;
        }
    }

    /** A token. */
    record Token(String token) implements Credentials {
        @Override
        public String toString() {
            return "a token";
        }
    }

    /** The seed of an nkey. */
    record NkeySeed(String seed) implements Credentials {
        @Override
        public String toString() {
            return "an nkey";
        }
    }

    /** A JWT, and the seed of the nkey that it was given to; none for a bearer. */
    record UserJwt(String jwt, @Nullable String seed) implements Credentials {
        @Override
        public String toString() {
            return "a JWT";
        }
    }
}
