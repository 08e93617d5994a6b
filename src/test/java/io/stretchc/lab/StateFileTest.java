package io.stretchc.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.SiteName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of labs between commands. */
class StateFileTest {
    @TempDir
    private Path directory = Path.of("");

    static LabState state(Path directory) {
        LabServer server = new LabServer(
                new ServerName("us_1"),
                Role.STAND_IN,
                "STRETCH",
                new SiteName("us"),
                new ServerVersion(2, 10, 27),
                Path.of("/bin/nats-server"),
                directory.resolve("us_1.conf"),
                directory.resolve("store"),
                directory.resolve("log"),
                "127.0.0.1",
                4222,
                List.of(4222, 4242),
                "ns");
        return new LabState(
                new LabName("STRETCH"),
                Path.of("/t.yaml"),
                "abc",
                "secret-word",
                "UKEY",
                List.of("A_VARIABLE"),
                "10.213.0.",
                List.of(new LabState.Cluster("STRETCH", "stretchc-lab", "SYS", List.of("APP"))),
                List.of(server),
                List.of(new LabState.Cut("us_1", "emea_1")));
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        Path path = directory.resolve("lab.json");
        var file = new StateFile(path);
        assertThat(file.read()).isEmpty();

        file.write(state(directory));
        file.write(state(directory));

        assertThat(file.read()).contains(state(directory));
        assertThat(Files.getPosixFilePermissions(path)).hasSize(2);
        assertThat(state(directory).toString()).doesNotContain("secret-word");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "null",
                "{\"format\":2}",
                "{\"format\":1,\"clusters\":[{}]}",
                "{\"format\":1,\"name\":\"../x\",\"clusters\":[{\"name\":\"a\",\"user\":\"u\",\"system\":\"s\"}]}"
            })
    void whatIsNoStateIsRefusedWithAWayOut(String text) throws IOException {
        Path path = directory.resolve("lab.json");
        Files.writeString(path, text);

        assertThatThrownBy(() -> new StateFile(path).read())
                .isInstanceOf(LabFault.class)
                .hasMessageContaining("is of no use")
                .hasMessageContaining("stretchc lab down --lab");
    }

    @Test
    void aLabIsLockedForOneCommandAtATime() throws Exception {
        LabHome home = LabHome.of(Map.of("STRETCHC_STATE", directory.toString()));
        var name = new LabName("a");
        try (var lock = home.lock(name)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> home.lock(name)).hasMessageContaining("Another command is changing the lab `a`");
        }
        home.lock(name).close();
    }

    @Test
    void namesMeanServersSitesOrClusters() throws Exception {
        var targets = new Targets(state(directory));
        assertThat(targets.everything(List.of("us"))).hasSize(1);
        assertThat(targets.servers(List.of("us"))).isEmpty();
        assertThat(targets.servers(List.of(" us_1 ,", "us_1"))).hasSize(1);
        assertThat(targets.everything(List.of("STRETCH"))).hasSize(1);
        assertThatThrownBy(() -> targets.servers(List.of("eu")))
                .hasMessageContaining("no server or site `eu`; it has us, us_1.");
    }
}
