package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.cli.ConfTokens.Kind;
import io.stretchc.cli.ConfTokens.Token;
import io.stretchc.compile.ConfigCompiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Hostile values in every field that the schema knows, alone, after and before the proper value. Each topology is
 * refused with readable findings, or its configurations say the same as before but for that value, which they carry
 * literally: read back with a tokenizer that shares nothing with the compiler.
 */
class HostileInputTest {
    private static final Path BASES = Path.of("src/test/hostile");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> VALUES = List.of(
            "",
            " ",
            " x ",
            "'",
            "\"",
            "\\",
            "\\\\",
            "\\\"",
            "\\n",
            "\\x41",
            "`",
            "a\nb: c",
            "\n",
            "\r\n",
            "\t",
            "$VAR",
            "${X}",
            "$",
            "include x",
            "include",
            "include \"x\"",
            "{",
            "}",
            "]",
            "} ] }",
            "[",
            "(",
            "(\nx\n)\n",
            "{{ 7*7 }}",
            "{{ x|safe }}",
            "{% raw %}",
            "{% endraw %}",
            "{# x #}",
            "#",
            "# x",
            "//",
            "// x",
            ";",
            ",",
            "=",
            ":",
            ": x",
            "true",
            "12",
            "-1",
            "1e9",
            "0x10",
            "null",
            "~",
            "%s%n",
            "%0A::error::x",
            "::error::x",
            "../../../etc/passwd",
            "/etc/passwd",
            "..",
            ".",
            "a/b",
            "*",
            ">",
            "x.>",
            "$SYS",
            "$JS.API.>",
            "!",
            "\u0000",
            "\u0007",
            "\u001b[31mred",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u2028",
            "\u2029",
            "\u200b",
            "\ufeff",
            "\u202egnp.exe",
            "\u2066x",
            "\ud83d\ude00",
            "\ud800",
            "\udc00x",
            "\ud83d",
            "\uffff",
            "e\u0301",
            "\u0130",
            "-----BEGIN PRIVATE KEY-----",
            "SUAIBDPBAUTWCWBKIO6XHQNINK5FWJW4OHLXC3HQ2KFE4PEJUA44CNHTC4",
            "nats://user:secret@host:4222",
            "a".repeat(300));

    private static final TopologyLoader LOADER = new TopologyLoader(Resources.topologySchema(), null);
    private static final ConfigCompiler COMPILER = new ConfigCompiler(Resources.templates());
    private static final Reporter REPORTER = new Reporter(false);

    /** A base with its compiled files as read back. */
    private record Base(String name, HostileTopology topology, Map<String, String> files) {}

    @Test
    void theBasesFillInEveryFieldOfTheSchema() throws IOException {
        var filled = new TreeSet<String>();
        for (Base base : bases()) {
            TopologyFields.scalars(base.topology.tree()).forEach(p -> filled.add(TopologyFields.field(p)));
        }

        assertThat(filled).containsAll(TopologyFields.of(schema()));
    }

    @TestFactory
    Stream<DynamicTest> aHostileValueIsRefusedOrCarriedLiterally() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        Set<String> seen = new TreeSet<>();
        for (Base base : bases()) {
            for (String pointer : TopologyFields.scalars(base.topology.tree())) {
                boolean free = pointer.startsWith("/defaults/extra/");
                if (seen.add(TopologyFields.field(pointer)) || free) {
                    tests.add(DynamicTest.dynamicTest(base.name + pointer, () -> field(base, pointer)));
                }
            }
        }
        return tests.stream();
    }

    private static void field(Base base, String pointer) throws IOException {
        String proper = base.topology.at(pointer);
        var hostile = new TreeSet<String>(VALUES);
        VALUES.forEach(v -> hostile.addAll(List.of(proper + v, v + proper)));
        for (String value : hostile) {
            check(base, base.topology.with(pointer, value), proper, value);
            HostileTopology renamed = base.topology.renamed(pointer, value);
            if (!renamed.equals(base.topology.with(pointer, value))) {
                check(base, renamed, proper, value);
            }
        }
    }

    private static void check(Base base, HostileTopology topology, String proper, String value) throws IOException {
        check(base, topology.escaped(), proper, value);
        if (value.codePoints().anyMatch(c -> c > 0x7e)) {
            check(base, topology.raw(), proper, value);
        }
    }

    private static void check(Base base, String text, String proper, String value) throws IOException {
        try {
            TopologyLoader.Loaded loaded = LOADER.load(new SourceText("t.yaml", text, List.of()));
            readable(loaded);
            if (!REPORTER.fails(List.of(loaded))) {
                same(base.files, files(loaded), proper, value);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("with the value " + JSON.writeValueAsString(value) + ": " + e, e);
        }
    }

    /** No report has a character that a terminal or a log would act on, and machines can read theirs. */
    private static void readable(TopologyLoader.Loaded loaded) throws IOException {
        List<TopologyLoader.Loaded> files = List.of(loaded);
        String text = REPORTER.render(files, Reporter.Format.text, false);
        String github = REPORTER.render(files, Reporter.Format.github, false);

        plain(text);
        plain(github);
        assertThat(github.lines()).hasSize(loaded.diagnostics().size()).allMatch(l -> l.startsWith("::"));
        assertThat(JSON.readTree(REPORTER.render(files, Reporter.Format.json, false))
                        .path("diagnostics"))
                .hasSize(loaded.diagnostics().size());
        assertThat(JSON.readTree(REPORTER.render(files, Reporter.Format.sarif, false))
                        .at("/runs/0/results"))
                .hasSize(loaded.diagnostics().size());
    }

    private static void plain(String report) {
        int[] acting = report.codePoints()
                .filter(c -> c != '\n')
                .filter(c -> switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> true;
                    default -> false;
                })
                .toArray();
        assertThat(acting).as("characters that act, in %s", report).isEmpty();
        assertThat(report).doesNotContain("BEGIN PRIVATE", "SUAIBDP", "user:secret");
    }

    private static Map<String, String> files(TopologyLoader.Loaded loaded) {
        var files = new TreeMap<String, String>();
        COMPILER.compile(Objects.requireNonNull(loaded.topology())).forEach(f -> files.put(f.path(), f.text()));
        return files;
    }

    private static void same(Map<String, String> before, Map<String, String> after, String proper, String value)
            throws IOException {
        var names = new LinkedHashMap<String, String>();
        before.keySet().forEach(p -> names.put(after.containsKey(p) ? p : p.replace(proper, value), p));
        assertThat(after.keySet()).containsExactlyInAnyOrderElementsOf(names.keySet());
        for (Map.Entry<String, String> name : names.entrySet()) {
            assertThat(name.getKey())
                    .matches("[A-Za-z0-9_.:-]+(/[A-Za-z0-9_.:-]+)*")
                    .doesNotContain("..");
            String was = before.getOrDefault(name.getValue(), "");
            String is = after.getOrDefault(name.getKey(), "");
            if (was.equals(is)) {
                continue;
            }
            if (name.getKey().endsWith(".json")) {
                sameJson(JSON.readTree(was), JSON.readTree(is), proper, value);
            } else {
                sameTokens(ConfTokens.of(was), ConfTokens.of(is), proper, value);
            }
        }
    }

    private static void sameTokens(List<Token> was, List<Token> is, String proper, String value) {
        assertThat(is)
                .extracting(Token::kind)
                .isEqualTo(was.stream().map(Token::kind).toList());
        for (int i = 0; i < was.size(); i++) {
            boolean number = is.get(i).kind() == Kind.BARE && is.get(i).text().matches("-?[0-9]+");
            if (!number) {
                sameText(was.get(i).text(), is.get(i).text(), proper, value);
            }
        }
    }

    private static void sameJson(JsonNode was, JsonNode is, String proper, String value) {
        assertThat(is.getNodeType()).isEqualTo(was.getNodeType());
        assertThat(is.fieldNames()).toIterable().containsExactlyElementsOf(was::fieldNames);
        assertThat(is.size()).isEqualTo(was.size());
        was.fieldNames().forEachRemaining(f -> sameJson(was.path(f), is.path(f), proper, value));
        if (was.isValueNode()) {
            sameText(was.asText(), is.asText(), proper, value);
        }
    }

    private static void sameText(String was, String is, String proper, String value) {
        if (!is.equals(was)) {
            assertThat(is).isEqualTo(was.replace(proper, value));
        }
    }

    private static JsonNode schema() throws IOException {
        return JSON.readTree(Path.of("schema/topology.schema.json").toFile());
    }

    private static List<Base> bases() throws IOException {
        var bases = new ArrayList<Base>();
        for (String name : List.of("accounts.yaml", "operator.yaml")) {
            HostileTopology topology = HostileTopology.read(BASES.resolve(name));
            TopologyLoader.Loaded loaded = LOADER.load(new SourceText("t.yaml", topology.escaped(), List.of()));
            assertThat(REPORTER.fails(List.of(loaded)))
                    .as("%s: %s", name, loaded.diagnostics())
                    .isFalse();
            Map<String, String> files = files(loaded);
            bases.add(new Base(name, topology, files));
        }
        return bases;
    }
}
