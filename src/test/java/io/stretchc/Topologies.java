package io.stretchc;

import io.stretchc.check.RuleSet;
import io.stretchc.compile.ConfigCompiler;
import io.stretchc.compile.ConfigFile;
import io.stretchc.compile.Templates;
import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.read.TopologyReader;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Resolver;
import io.stretchc.schema.SchemaCheck;
import io.stretchc.schema.TopologySchema;
import io.stretchc.syntax.SourceDocument;
import io.stretchc.syntax.YamlReader;
import io.stretchc.topology.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Topologies for tests, and the way from their text to the result of each stage. */
public final class Topologies {
    /** Six servers over two sites, an arbiter in each, replacements for one, streams over both sites. */
    public static final String STRETCH = """
            format: 1
            cluster:
              name: STRETCH
              domain: hub
              server_version: 2.10.27
            defaults:
              host: 127.0.0.1
              store_dir: ./data/{server}
              sync_interval: always
            sites:
              - name: us
                dc: 1
                replacements: 1
                servers:
                  - { name: us_1, ports: { client: 4220, cluster: 4240, monitor: 8220 }, tags: ["ha:1"] }
                  - { name: us_2, ports: { client: 4221, cluster: 4241, monitor: 8221 }, tags: ["ha:1"] }
                  - { name: us_3, ports: { client: 4222, cluster: 4242, monitor: 8222 }, tags: ["ha:2"] }
                arbiters:
                  - { name: us_4, ports: { client: 4227, cluster: 4247, monitor: 8227 }, dc: nope, tags: ["ha:nope"] }
              - name: emea
                dc: 2
                preferred_leader: true
                servers:
                  - { name: emea_1, ports: { client: 4223, cluster: 4243, monitor: 8223 }, tags: ["ha:1"] }
                  - { name: emea_2, ports: { client: 4224, cluster: 4244, monitor: 8224 }, tags: ["ha:2"] }
                  - { name: emea_3, ports: { client: 4225, cluster: 4245, monitor: 8225 }, tags: ["ha:2"] }
                arbiters:
                  - { name: emea_4, ports: { client: 4226, cluster: 4246, monitor: 8226 }, dc: nope, tags: ["ha:nope"] }
            placements:
              - { name: ha1, tags: ["ha:1"], preferred_site: emea }
            accounts:
              - name: SYS
                system: true
                users:
                  - { user: admin, password: { env: NATS_ADMIN }, context: { name: admin } }
              - name: APP
                users:
                  - { user: app, password: { env: NATS_APP } }
            streams:
              - { name: foo, account: APP, subjects: ["foo.>"], replicas: 3, placement: ha1 }
            accept:
              - { code: NW201, reason: All sites are on one loopback interface. }
              - { code: QM101, reason: Two sites of three. }
            """;

    private Topologies() {}

    /** The source tree of a text that is YAML. */
    public static SourceDocument document(String yaml) {
        return Objects.requireNonNull(YamlReader.read("topology.yaml", yaml).value(), "not YAML");
    }

    /** The topology in a text. */
    public static Topology read(String yaml) {
        return TopologyReader.read(document(yaml).root());
    }

    /** The topology in a text with its defaults filled in. */
    public static ResolvedTopology resolve(String yaml) {
        SourceDocument document = document(yaml);
        return Resolver.resolve(
                TopologyReader.read(document.root()),
                new SchemaCheck(schema()).check(document).broken());
    }

    /** All findings about a text that is YAML, those that it accepts too. */
    public static List<Diagnostic> check(String yaml) {
        SourceDocument document = document(yaml);
        var all = new ArrayList<>(new SchemaCheck(schema()).check(document).diagnostics());
        RuleSet.Verdict meaning = RuleSet.check(document, resolve(yaml));
        all.addAll(meaning.diagnostics());
        all.addAll(meaning.accepted());
        return all.stream().sorted().toList();
    }

    /** Codes of all findings about a text that is YAML. */
    public static List<Code> codes(String yaml) {
        return check(yaml).stream().map(Diagnostic::code).toList();
    }

    /** Findings of one kind. */
    public static List<Diagnostic> check(String yaml, Code code) {
        return check(yaml).stream().filter(d -> d.code() == code).toList();
    }

    /** The files of a topology, path to text. */
    public static SortedMap<String, String> compile(String yaml) {
        var files = new TreeMap<String, String>();
        for (ConfigFile f : new ConfigCompiler(templates()).compile(resolve(yaml))) {
            files.put(f.path(), f.text());
        }
        return files;
    }

    /** The published schema. */
    public static TopologySchema schema() {
        return TopologySchema.of(resource("schema/topology.schema.json"));
    }

    /** The packaged templates. */
    public static Templates templates() {
        return new Templates(
                resource("compile/server.conf.j2"),
                resource("compile/accounts.conf.j2"),
                resource("compile/topology.yaml.j2"));
    }

    /** A packaged text. */
    public static String resource(String name) {
        try (InputStream in = Topologies.class.getResourceAsStream("/io/stretchc/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
