package io.stretchc.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.cli.Main;
import io.stretchc.cli.Terminal;
import io.stretchc.resolve.ResolvedTopology;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCompilerTest {
    @Test
    void everyServerReserveAccountFileAndContextIsAFile() {
        assertThat(Topologies.compile(Topologies.STRETCH).keySet())
                .containsExactly(
                        "STRETCH/accounts.conf",
                        "STRETCH/arbiters/emea_4.conf",
                        "STRETCH/arbiters/us_4.conf",
                        "STRETCH/contexts/admin.json",
                        "STRETCH/replacements/us_1.1.conf",
                        "STRETCH/replacements/us_2.1.conf",
                        "STRETCH/replacements/us_3.1.conf",
                        "STRETCH/servers/emea_1.conf",
                        "STRETCH/servers/emea_2.conf",
                        "STRETCH/servers/emea_3.conf",
                        "STRETCH/servers/us_1.conf",
                        "STRETCH/servers/us_2.conf",
                        "STRETCH/servers/us_3.conf");
    }

    @Test
    void filesAreOrderedByPath() {
        List<ConfigFile> files =
                new ConfigCompiler(Topologies.templates()).compile(Topologies.resolve(Topologies.STRETCH));

        assertThat(files).extracting(ConfigFile::path).isSorted();
    }

    @Test
    void theSameTopologyGivesTheSameBytes() {
        ResolvedTopology topology = Topologies.resolve(RICH);
        var compiler = new ConfigCompiler(Topologies.templates());

        assertThat(compiler.compile(topology)).isEqualTo(compiler.compile(topology));
        assertThat(new ConfigCompiler(Topologies.templates()).compile(Topologies.resolve(RICH)))
                .isEqualTo(compiler.compile(topology));
    }

    /** Iteration of immutable sets and maps differs from one process to the next; output must not. */
    @Test
    void otherProcessesWriteTheSameBytes(@TempDir Path dir) throws IOException, InterruptedException {
        Path topology = Files.writeString(dir.resolve("topology.yaml"), RICH);
        int code = Main.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                InputStream.nullInputStream(),
                Map.of(),
                Terminal.NONE,
                "compile",
                topology.toString(),
                "--out",
                dir.resolve("here").toString());
        assertThat(code).isZero();

        Path out = dir.resolve("there");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Dfile.encoding=ISO-8859-1",
                        "-Dline.separator=\r\n",
                        "io.stretchc.cli.Main",
                        "compile",
                        topology.toString(),
                        "--out",
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log").toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue())
                .as("%s", Files.readString(dir.resolve("log")))
                .isZero();
        assertThat(tree(out)).isEqualTo(tree(dir.resolve("here"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 7 * 7 }}",
                "{{ name }}",
                "{% include 'accounts.conf.j2' %}",
                "{# gone #}",
                "}}{{",
                "{% raw %}",
                "{{ request.getClass() }}",
                "${HOME}",
                "\\{{ name }}"
            })
    void bracesInValuesStayWhatTheyAre(String value) {
        String yaml = Topologies.STRETCH
                .replace(
                        "tags: [\"ha:1\"] }\n      - { name: us_2",
                        "tags: ['" + value.replace("'", "''") + "'] }\n      - { name: us_2")
                .replace("store_dir: ./data/{server}", "store_dir: '" + value.replace("'", "''") + "'");
        String conf = file(yaml, "STRETCH/servers/us_1.conf");

        assertThat(conf).contains("store_dir: " + ConfText.quoted(value) + "\n");
        assertThat(conf).contains(", " + ConfText.quoted(value) + "]\n");
    }

    @Test
    void bracesInNamesOfAccountsAndUsersStayWhatTheyAre() {
        String yaml = Topologies.STRETCH.replace("{ user: app,", "{ user: '{{ 7 * 7 }}',");

        assertThat(file(yaml, "STRETCH/accounts.conf")).contains("user: \"{{ 7 * 7 }}\"\n");
    }

    @Test
    void aPasswordFromTheEnvironmentIsAVariableOfTheServer() {
        assertThat(file(Topologies.STRETCH, "STRETCH/accounts.conf")).contains("password: $NATS_APP\n");
    }

    @Test
    void contextsHoldReferencesAndNoSecret() {
        String hash = "$2a$11$" + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0";
        String yaml = Topologies.STRETCH.replace(
                "      - { user: app, password: { env: NATS_APP } }",
                "      - { user: app, password: { bcrypt: '" + hash + "' }, context: { name: app } }\n"
                        + "      - { user: ops, password: { file: ops.conf }, context: { name: ops } }");
        SortedMap<String, String> files = Topologies.compile(yaml);

        assertThat(files.get("STRETCH/accounts.conf")).contains(hash);
        assertThat(files.get("STRETCH/contexts/app.json"))
                .doesNotContain(hash)
                .contains("\"user\" : \"app\"")
                .doesNotContain("password");
        assertThat(files.get("STRETCH/contexts/ops.json"))
                .doesNotContain("ops.conf")
                .doesNotContain("password");
        assertThat(files.get("STRETCH/contexts/admin.json")).contains("NATS_ADMIN");
    }

    @Test
    void extraSettingsStandWhereTheyBelong() {
        String yaml = Topologies.STRETCH.replace("defaults:\n", """
                defaults:
                  extra:
                    ping_interval: 30s
                    debug: true
                    lame_duck_duration: "2m"
                    cluster: { pool_size: 5 }
                    jetstream: { max_outstanding_catchup: 64 }
                    mqtt: { port: 1883, list: [1, "two", { three: 3 }] }
                """);
        String conf = file(yaml, "STRETCH/servers/us_1.conf");

        assertThat(conf)
                .contains("\nping_interval: \"30s\"\ndebug: true\nlame_duck_duration: \"2m\"\n")
                .contains("\n  pool_size: 5\n}")
                .contains("\n  max_outstanding_catchup: 64\n}")
                .contains(
                        "mqtt: {\n  port: 1883\n  list: [\n    1\n    \"two\"\n    {\n      three: 3\n    }\n  ]\n}\n");
    }

    @Test
    void aServerWithoutJetStreamHasNoJetStreamBlock() {
        String yaml = Topologies.STRETCH.replace("{ name: us_1,", "{ name: us_1, jetstream: false,");

        assertThat(file(yaml, "STRETCH/servers/us_1.conf")).doesNotContain("jetstream {");
        assertThat(file(yaml, "STRETCH/servers/us_2.conf")).contains("jetstream {");
    }

    @Test
    void everyLineEndsWithoutSpacesAndEveryFileWithOneNewline() {
        Topologies.compile(RICH).forEach((path, text) -> {
            assertThat(text.lines()).as(path).noneMatch(l -> l.endsWith(" "));
            assertThat(text).as(path).endsWith("\n").doesNotEndWith("\n\n").doesNotContain("\r", "\n\n\n");
        });
    }

    /** Something of everything whose order might depend on more than the topology. */
    private static final String RICH = Topologies.STRETCH
            .replace(
                    "defaults:\n",
                    "defaults:\n  extra: { zz: 1, aa: 2, mm: 3, jetstream: { x: 1, b: 2 }, cluster: { c: 1, a: 2 } }\n")
            .replace("{ user: app, password: { env: NATS_APP } }", """
                    user: app
                            password: { env: NATS_APP }
                            permissions:
                              publish: { allow: [z, a, İ], deny: [m, b] }
                              subscribe: { allow: [">"], deny: [c] }
                        exports: [{ stream: s.>, accounts: [SYS] }, { service: q.* }]
                        imports: [{ stream: $SYS.x, account: SYS, to: events.x }]
                    """);

    private static String file(String yaml, String path) {
        return java.util.Objects.requireNonNull(Topologies.compile(yaml).get(path), path);
    }

    private static SortedMap<String, String> tree(Path root) throws IOException {
        var files = new TreeMap<String, String>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path p : paths.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(p).toString(), Files.readString(p));
            }
        }
        return files;
    }
}
