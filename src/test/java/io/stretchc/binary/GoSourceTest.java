package io.stretchc.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.topology.ServerVersion;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in for Go; {@link BinaryFinderIT} uses the real one. */
class GoSourceTest {
    private static final ServerVersion VERSION = new ServerVersion(2, 12, 15);

    @TempDir
    private Path directory;

    private GoSource source() {
        return new GoSource(
                Map.of("PATH", directory + ":/usr/bin:/bin", "GOOS", "plan9", "GOARCH", "mips", "GOBIN", "/elsewhere"));
    }

    @Test
    void buildsTheReleaseIntoAPrivateDirectoryForThisMachine() throws Exception {
        Script.write(directory.resolve("go"), """
                mkdir -p "$GOBIN"
                echo "$@" "${GOOS-unset}" "${GOARCH-unset}" "$CGO_ENABLED" > "$GOBIN/nats-server\"""");

        Path built = source().get(VERSION, directory);

        assertThat(built).isEqualTo(directory.resolve("bin/nats-server"));
        assertThat(built)
                .hasContent("install -trimpath -ldflags=-w github.com/nats-io/nats-server/v2@v2.12.15 unset unset 0");
    }

    @Test
    void givesGosOwnReason() {
        Script.write(directory.resolve("go"), "echo 'go: unknown revision v2.12.15' >&2; exit 1");

        assertThatThrownBy(() -> source().get(VERSION, directory))
                .isInstanceOf(SourceFault.class)
                .hasMessage("go: unknown revision v2.12.15");
    }

    @Test
    void saysWhenThereIsNoGo() {
        assertThatThrownBy(() -> new GoSource(Map.of("PATH", directory.toString())).get(VERSION, directory))
                .hasMessage("there is no `go` on PATH");
    }
}
