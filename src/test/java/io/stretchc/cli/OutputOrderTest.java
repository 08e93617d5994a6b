package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On a terminal both streams are seen as one; standard output is buffered, standard error is not. */
class OutputOrderTest {
    @Test
    void theSummaryComesAfterTheFindings() {
        var terminal = new StringWriter();
        var out = new PrintWriter(new BufferedWriter(terminal));
        var err = new PrintWriter(terminal, true);
        var empty = new ByteArrayInputStream(new byte[0]);

        Main.run(out, err, empty, Map.of(), Terminal.NONE, "validate", "-");

        assertThat(terminal.toString()).startsWith("-:1:1: error YM102").endsWith("in 1 file\n");
    }
}
