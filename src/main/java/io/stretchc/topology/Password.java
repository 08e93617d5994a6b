package io.stretchc.topology;

/** A password, never in clear. */
public sealed interface Password {
    /** In an environment variable of the server process. */
    record Environment(String variable) implements Password {}

    /** In a file that the server includes. */
    record IncludedFile(String path) implements Password {}

    /** As a bcrypt hash, which is not a secret to hide but still one to choose well. */
    record Bcrypt(String hash) implements Password {}
}
