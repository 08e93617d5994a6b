package io.stretchc.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that holds what a program must print. With {@code -Dgolden=write} a file that differs is rewritten, and the
 * test fails all the same: the change is to be read before it is committed.
 */
public record GoldenFile(Path path) {
    /** Whether files are to be rewritten. An undefined property arrives as an empty text, or as its own placeholder. */
    public static boolean rewriting() {
        return "write".equals(System.getProperty("golden"));
    }

    /** Fails unless the text is, byte for byte, what the file holds. */
    public void mustHold(String actual) {
        String expected = text();
        if (expected.equals(actual)) {
            return;
        }
        if (rewriting()) {
            write(actual);
            fail("rewrote " + path + "; read the change, then run again without -Dgolden=write");
        }
        assertThat(actual).as("%s (rewrite with -Dgolden=write)", path).isEqualTo(expected);
    }

    private String text() {
        try {
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            Files.write(path, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
