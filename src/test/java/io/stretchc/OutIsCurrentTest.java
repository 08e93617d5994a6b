package io.stretchc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.cli.Main;
import io.stretchc.cli.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is committed in {@code out/} is what the topologies compile into, so that a review sees every effect. */
class OutIsCurrentTest {
    @Test
    void theCommittedOutputIsWhatTheTopologiesCompileInto() {
        var out = new StringWriter();
        var messages = new StringWriter();

        int code = Main.run(
                new PrintWriter(out),
                new PrintWriter(messages),
                InputStream.nullInputStream(),
                Map.of(),
                Terminal.NONE,
                "compile",
                "--check",
                "--strict");

        assertThat(out.toString()).isEmpty();
        assertThat(code).as(messages.toString()).isZero();
    }

    @Test
    void everyTopologyHasItsDirectoryAndNoOtherIsThere() throws Exception {
        try (Stream<Path> topologies = Files.list(Path.of("topologies"));
                Stream<Path> directories = Files.list(Path.of("out"))) {
            assertThat(topologies.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "cross-region.yaml", "leaf.yaml", "production.yaml", "stretch.yaml", "three-site.yaml");
            List<String> names =
                    directories.map(d -> d.getFileName().toString()).sorted().toList();
            assertThat(names).containsExactly("BACKBONE", "GLOBE", "PROD", "STRETCH", "TRIAD");
        }
    }
}
