package io.stretchc.diag;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.check.RuleSet;
import io.stretchc.read.TopologyReader;
import io.stretchc.resolve.Resolver;
import io.stretchc.schema.SchemaCheck;
import io.stretchc.schema.TopologySchema;
import io.stretchc.syntax.SourceDocument;
import io.stretchc.syntax.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes stand in three places, the enum, the code that reports them and the pages: these lists are the same. */
class CodeHygieneTest {
    private static final Path PAGES = Path.of("src/docs/codes");
    private static final Path SOURCES = Path.of("src/main/java");

    /** Codes about files rather than about what is in them: their examples are commands. */
    private static final Set<Code> ABOUT_FILES = EnumSet.of(Code.FS101, Code.FS102, Code.FS103, Code.FS104, Code.YM106);

    @Test
    void everyCodeHasAPageAndEveryPageACode() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(Code.values()).map(c -> c + ".md").toList());
        }
    }

    @Test
    void everyCodeIsReportedSomewhere() throws IOException {
        var sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (!file.endsWith("Code.java")) {
                    sources.append(Files.readString(file)).append('\n');
                }
            }
        }

        assertThat(Code.values()).allSatisfy(c -> assertThat(sources).containsPattern("\\bCode\\." + c + "\\b"));
    }

    @ParameterizedTest
    @EnumSource
    void aPageBeginsWithTheCodesTitleAndSeverity(Code code) throws IOException {
        assertThat(page(code))
                .startsWith("# " + code + ": " + code.title(), code.severity().toString(), "");
    }

    @ParameterizedTest
    @EnumSource
    void aPageHasAnExampleAndSaysWhatToDo(Code code) throws IOException {
        assertThat(page(code))
                .containsSubsequence("", "Example", "", "What to do")
                .doesNotContainSequence("", "");
        assertThat(page(code))
                .hasSizeBetween(12, 40)
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(90).doesNotContain("\t"));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FS103", "TP111"})
    void whatIsNoErrorCanBeAcceptedAndThePageSaysHow(Code code) throws IOException {
        boolean acceptable = code.severity() != Severity.ERROR;

        assertThat(page(code).stream().anyMatch(l -> l.contains("accept: [{ code: " + code + ", reason: \"")))
                .isEqualTo(acceptable);
    }

    @ParameterizedTest
    @EnumSource
    void theExampleIsFoundFaultWithForThisCode(Code code) throws IOException {
        if (ABOUT_FILES.contains(code)) {
            assertThat(example(code)).contains("stretchc ");
        } else {
            assertThat(findings(example(code))).contains(code);
        }
    }

    private static List<String> page(Code code) throws IOException {
        return Files.readAllLines(PAGES.resolve(code + ".md"));
    }

    /** The indented lines between the two headings. */
    private static String example(Code code) throws IOException {
        List<String> page = page(code);
        return String.join("\n", page.subList(page.indexOf("Example") + 1, page.indexOf("What to do")))
                .stripIndent();
    }

    private static List<Code> findings(String yaml) throws IOException {
        Result<SourceDocument> read = YamlReader.read("topology.yaml", yaml);
        var all = new ArrayList<>(read.diagnostics());
        SourceDocument document = read.value();
        if (document != null) {
            var schema = new SchemaCheck(TopologySchema.of(Files.readString(Path.of("schema/topology.schema.json"))));
            SchemaCheck.Verdict form = schema.check(document);
            all.addAll(form.diagnostics());
            all.addAll(RuleSet.check(document, Resolver.resolve(TopologyReader.read(document.root()), form.broken()))
                    .diagnostics());
        }
        return all.stream().map(Diagnostic::code).toList();
    }
}
