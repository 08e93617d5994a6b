package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The walkthrough's topology, with more streams if wanted, as a lab. */
record BackupLab(Path home, String topology, Map<String, String> environment, LabEnv account) implements AutoCloseable {
    static BackupLab up(Path home, String version, int ports, String streams) throws IOException {
        Path topology = home.resolve("stretch.yaml");
        Files.writeString(
                topology,
                Files.readString(Path.of("topologies/stretch.yaml")).replace("\nstreams:\n", "\nstreams:\n" + streams));
        return up(home, topology.toString(), "STRETCH", version, ports);
    }

    /** A lab of this topology, under this name. */
    static BackupLab up(Path home, String topology, String name, String version, int ports) {
        var environment = new TreeMap<>(System.getenv());
        environment.put("STRETCHC_STATE", home.resolve("state").toString());
        Stretchc up = Stretchc.run(
                environment,
                "lab",
                "up",
                topology,
                "--name",
                name,
                "--ports",
                Integer.toString(ports),
                "--server-version",
                version);
        assertThat(up.code()).as(up.toString()).isZero();
        Stretchc env = Stretchc.run(environment, "lab", "env", "--lab", name, "--account", "acc1");
        return new BackupLab(home, topology, environment, LabEnv.parse(env.out()));
    }

    /** Members of a stream, by the lab of this name; one without a name is empty here. */
    List<String> members(String stream, String lab) throws IOException {
        Path file = home.resolve("observed.json");
        good("observe", topology, "--lab", lab, "-o", file.toString());
        var names = new ArrayList<String>();
        for (JsonNode s : SystemView.json(Files.readString(file)).path("streams")) {
            if (s.path("name").asText().equals(stream)) {
                s.path("members").forEach(m -> names.add(m.path("name").asText("")));
            }
        }
        return names;
    }

    Client client() {
        return Client.connect(account.options());
    }

    Stretchc run(String... words) {
        return Stretchc.run(environment, words);
    }

    Stretchc good(String... words) {
        Stretchc ran = run(words);
        assertThat(ran.code()).as(String.join(" ", words) + "\n" + ran).isZero();
        return ran;
    }

    String[] login(Object... words) {
        var all = new ArrayList<String>(
                List.of("--server", account.urls(), "--user", account.user(), "--password", account.password()));
        for (Object word : words) {
            all.add(word.toString());
        }
        return all.toArray(String[]::new);
    }

    @Override
    public void close() {
        run("lab", "down");
    }
}
