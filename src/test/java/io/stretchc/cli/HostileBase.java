package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.cli.ConfTokens.Kind;
import io.stretchc.cli.ConfTokens.Token;
import io.stretchc.compile.ConfigCompiler;
import io.stretchc.diag.Quote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A topology that is fine, to hold variants of it against. What a field does to the configurations is learnt from an
 * innocent value in it: each hostile one must do exactly that and nothing else, or be refused with readable findings.
 */
final class HostileBase {
    private static final Path DIRECTORY = Path.of("src/test/hostile");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TopologyLoader LOADER = new TopologyLoader(Resources.topologySchema(), null);
    private static final ConfigCompiler COMPILER = new ConfigCompiler(Resources.templates());
    private static final Reporter REPORTER = new Reporter(false);

    /** A value that nothing else in a topology has a part of. */
    private static final String INNOCENT = "zq7";

    private final String name;
    private final HostileTopology topology;

    private HostileBase(String name, HostileTopology topology) {
        this.name = name;
        this.topology = topology;
    }

    /** How many values to try in a field alone whose places depend on one another: that is refused anyway. */
    private static final int ALONE = 3;

    static List<HostileBase> all() throws IOException {
        var bases = new ArrayList<HostileBase>();
        for (String name : List.of("accounts.yaml", "operator.yaml")) {
            HostileTopology topology = HostileTopology.read(DIRECTORY.resolve(name));
            assertThat(load(topology.escaped()).failed()).as(name).isFalse();
            bases.add(new HostileBase(name, topology));
        }
        return bases;
    }

    HostileTopology topology() {
        return topology;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Checks these values in one field, by themselves and, if others refer to it, in all places that do. */
    void checkField(String pointer, List<String> values) {
        String proper = topology.at(pointer);
        var alone = new Variant(v -> topology.with(pointer, v), proper);
        var everywhere = new Variant(v -> topology.renamed(pointer, v), proper);
        if (alone.text(INNOCENT).equals(everywhere.text(INNOCENT))) {
            values.forEach(alone::check);
        } else {
            values.stream().limit(ALONE).forEach(alone::check);
            values.forEach(everywhere::check);
        }
    }

    /** Checks these as keys beside those that a mapping has. */
    void checkKeys(String pointer, List<String> keys) {
        keys.forEach(new Variant(k -> topology.withKey(pointer, k), "")::check);
    }

    /** Checks a value that stands in the text as it is, without escapes. */
    void checkRaw(String pointer, String value) {
        var variant = new Variant(v -> topology.with(pointer, v), topology.at(pointer));
        variant.check(value, variant.topology.apply(value).raw());
    }

    /**
     * What a field does to the files: those that an innocent value makes. If the schema lets none pass, those of the
     * proper value, and then numbers may differ too.
     */
    private record Template(String innocent, Map<String, String> files, boolean exact) {}

    /** Topologies that differ from one another only in a value. */
    private static final class Variant {
        private final Function<String, HostileTopology> topology;
        private final String proper;
        private @Nullable Template template;

        Variant(Function<String, HostileTopology> topology, String proper) {
            this.topology = topology;
            this.proper = proper;
        }

        String text(String value) {
            return topology.apply(value).escaped();
        }

        void check(String value) {
            check(value, text(value));
        }

        void check(String value, String text) {
            try {
                TopologyLoader.Loaded loaded = load(text);
                readable(loaded);
                if (!loaded.failed()) {
                    same(template(), files(loaded), value);
                }
            } catch (AssertionError | RuntimeException | StackOverflowError | IOException e) {
                throw new AssertionError("with the value " + Quote.of(value) + ": " + Quote.sentence(e.toString()), e);
            }
        }

        private Template template() {
            Template known = template == null ? learnt() : template;
            template = known;
            return known;
        }

        private Template learnt() {
            for (String innocent : List.of(INNOCENT, proper + INNOCENT)) {
                TopologyLoader.Loaded loaded = load(text(innocent));
                if (!loaded.failed()) {
                    return new Template(innocent, files(loaded), true);
                }
            }
            return new Template(proper, files(load(text(proper))), false);
        }
    }

    private static TopologyLoader.Loaded load(String text) {
        return LOADER.load(new SourceText("t.yaml", text, List.of()));
    }

    private static Map<String, String> files(TopologyLoader.Loaded loaded) {
        var files = new TreeMap<String, String>();
        COMPILER.compile(Objects.requireNonNull(loaded.topology())).forEach(f -> files.put(f.path(), f.text()));
        return files;
    }

    /** No report has a character that a terminal or a log would act on, and machines can read theirs. */
    private static void readable(TopologyLoader.Loaded loaded) throws IOException {
        List<TopologyLoader.Loaded> files = List.of(loaded);
        int findings = loaded.diagnostics().size();
        String text = REPORTER.render(files, Reporter.Format.text, false);
        String github = REPORTER.render(files, Reporter.Format.github, false);
        String json = REPORTER.render(files, Reporter.Format.json, false);
        String sarif = REPORTER.render(files, Reporter.Format.sarif, false);

        plain(text);
        plain(github);
        assertThat(github.lines()).hasSize(findings).allMatch(l -> l.startsWith("::"));
        assertThat(JSON.readTree(json).path("diagnostics")).hasSize(findings);
        assertThat(JSON.readTree(sarif).at("/runs/0/results")).hasSize(findings);
    }

    private static void plain(String report) {
        assertThat(report.codePoints().filter(c -> c != '\n' && Quote.acts(c)).toArray())
                .as("characters that act, in %s", report)
                .isEmpty();
        assertThat(report.contains("BEGIN PRIVATE") || report.contains("SUAIBDP") || report.contains("user:secret"))
                .as("a secret is shown in %s", report)
                .isFalse();
        assertThat(report.length()).as("length of the report").isLessThan(100_000);
    }

    private static void same(Template template, Map<String, String> files, String value) throws IOException {
        var expected = new TreeMap<String, String>();
        template.files.forEach((path, text) -> {
            boolean moves = !files.containsKey(path);
            expected.put(moves ? path.replace(template.innocent, value) : path, text);
        });
        assertThat(files.keySet()).isEqualTo(expected.keySet());
        for (Map.Entry<String, String> file : files.entrySet()) {
            String path = file.getKey();
            assertThat(path).matches("[A-Za-z0-9_.:-]+(/[A-Za-z0-9_.:-]+)*").doesNotContainPattern("(^|/)[.]+(/|$)");
            String like = Objects.requireNonNull(expected.get(path));
            if (like.equals(file.getValue())) {
                continue;
            }
            if (path.endsWith(".json")) {
                sameJson(template, JSON.readTree(like), JSON.readTree(file.getValue()), value);
            } else {
                sameTokens(template, ConfTokens.of(like), ConfTokens.of(file.getValue()), value);
            }
        }
    }

    private static void sameTokens(Template template, List<Token> like, List<Token> is, String value) {
        for (int i = 0; i < Math.min(like.size(), is.size()); i++) {
            Kind kind = like.get(i).kind();
            String text = is.get(i).text();
            boolean number = !template.exact && kind == Kind.BARE && text.matches("-?[0-9]+(\\.[0-9]+)?");
            assertThat(is.get(i).kind()).as("kind of token %s, `%s`", i, text).isEqualTo(kind);
            if (!number) {
                sameText(template, like.get(i).text(), text, value);
            }
        }
        assertThat(is).hasSameSizeAs(like);
    }

    private static void sameJson(Template template, JsonNode like, JsonNode is, String value) {
        assertThat(is.getNodeType()).isEqualTo(like.getNodeType());
        assertThat(is.fieldNames()).toIterable().containsExactlyElementsOf(like::fieldNames);
        for (Map.Entry<String, JsonNode> field : like.properties()) {
            sameText(
                    template, field.getValue().asText(), is.path(field.getKey()).asText(), value);
        }
    }

    private static void sameText(Template template, String like, String is, String value) {
        boolean unchanged = !template.exact && is.equals(like);
        if (!unchanged && !is.equals(like.replace(template.innocent, value))) {
            throw new AssertionError(
                    "a text became " + Quote.of(is) + ", where the innocent value made it " + Quote.of(like));
        }
    }
}
