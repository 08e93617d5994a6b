package io.stretchc.backup;

import io.stretchc.topology.ServerVersion;
import java.util.Arrays;
import java.util.Optional;

/** What is inside of the archive of a stream, which the server decides that makes it. */
public enum ArchiveFormat {
    /** Files of a store as a tar: up to nats-server 2.14. Later servers restore it too. */
    TAR("tar", "stream.tar.s2"),
    /** Message by message, with a mark at the end: from nats-server 2.15 on, which alone restores it. */
    MESSAGES("messages", "stream.arc.s2");

    private final String word;
    private final String file;

    ArchiveFormat(String word, String file) {
        this.word = word;
        this.file = file;
    }

    /** Its word in files. */
    public String word() {
        return word;
    }

    /** Name of the file, as the {@code nats} CLI has it (0.5.1; earlier ones call both {@code stream.tar.s2}). */
    public String file() {
        return file;
    }

    /** The format of a word. */
    public static Optional<ArchiveFormat> of(String word) {
        return Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst();
    }

    /** Whether a server can restore it. */
    public boolean restoredBy(ServerVersion version) {
        return this == TAR || version.atLeast(2, 15, 0);
    }
}
