package io.stretchc.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.read.TopologyReader;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Resolver;
import io.stretchc.syntax.SourceDocument;
import io.stretchc.syntax.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LeafSeedTest {
    private static final Path TEMPLATES = Path.of("src/main/resources/io/stretchc/compile");

    @Test
    void theSeedOfALeafConnectionIsIncludedFromBesideTheAccounts() throws Exception {
        String yaml = """
                cluster: { name: HUB, server_version: 2.12.15 }
                sites: [{ name: a, servers: [{ name: a_1, ports: { leaf: 7422 } }] }]
                leaf_clusters:
                  - name: LEAF
                    domain: leaf
                    servers: [{ name: leaf_1 }]
                    remotes: [{ account: APP, nkey_file: "secrets/{server}.conf" }]
                """;

        List<ConfigFile> files = new ConfigCompiler(templates()).compile(resolved(yaml));

        assertThat(files)
                .filteredOn(f -> f.path().equals("HUB/leafs/LEAF/servers/leaf_1.conf"))
                .singleElement()
                .satisfies(f -> assertThat(f.text())
                        .contains("\n      include \"../secrets/leaf_1.conf\"\n")
                        .doesNotContain("nkey"));
    }

    private static ResolvedTopology resolved(String yaml) {
        SourceDocument document =
                Objects.requireNonNull(YamlReader.read("topology.yaml", yaml).value(), "not YAML");
        return Resolver.resolve(TopologyReader.read(document.root()), List.of());
    }

    private static Templates templates() throws Exception {
        return new Templates(text("server.conf.j2"), text("accounts.conf.j2"), text("topology.yaml.j2"));
    }

    private static String text(String name) throws Exception {
        return Files.readString(TEMPLATES.resolve(name));
    }
}
