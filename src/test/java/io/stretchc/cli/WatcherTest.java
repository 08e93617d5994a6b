package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Showing something again and again. */
final class WatcherTest {
    private static String watched(boolean terminal, String... blocks) {
        var out = new StringWriter();
        var console = new Console(
                new PrintWriter(out),
                new PrintWriter(out),
                InputStream.nullInputStream(),
                new TreeMap<>(),
                new Terminal(terminal, terminal),
                Terminal.NONE,
                Engines.lazy());
        var left = new ArrayDeque<>(List.of(blocks));
        new Watcher(console, terminal, interval -> {
                    assertThat(interval).isEqualTo(Duration.ofSeconds(3));
                    return !left.isEmpty();
                })
                .run(left::remove, Duration.ofSeconds(3));
        return out.toString();
    }

    @Test
    void aFileHoldsTheChanges() {
        assertThat(watched(false, "a\n", "a\n", "out of reach\n", "a\n")).isEqualTo("a\n\nout of reach\n\na\n");
    }

    @Test
    void onATerminalEachBlockTakesThePlaceOfTheOneBefore() {
        assertThat(watched(true, "aa\nb\n", "c\n"))
                .isEqualTo("\u001b[2J\u001b[Haa\u001b[K\nb\u001b[K\n\u001b[J\u001b[Hc\u001b[K\n\u001b[J");
    }
}
