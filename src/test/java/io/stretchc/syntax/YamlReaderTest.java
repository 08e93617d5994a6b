package io.stretchc.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Path;
import io.stretchc.diag.Result;
import io.stretchc.diag.Span;
import io.stretchc.syntax.SourceNode.Mapping;
import io.stretchc.syntax.SourceNode.Scalar;
import io.stretchc.syntax.SourceNode.Sequence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    @Test
    void anEmptyFileIsNoDocument() {
        assertThat(only(read("")).code()).isEqualTo(Code.YM102);
        assertThat(only(read("# nothing\n")).code()).isEqualTo(Code.YM102);
    }

    @Test
    void aDuplicateKeyIsReportedWithBothPlaces() {
        Diagnostic d = only(read("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n"));

        assertThat(d.code()).isEqualTo(Code.YM103);
        assertThat(d.span()).isEqualTo(new Span(5, 3, 5, 4));
        assertThat(d.related()).extracting(Diagnostic.Related::span).containsExactly(new Span(3, 3, 3, 4));
    }

    @Test
    void aKeyIsTheSameWithAndWithoutQuotes() {
        assertThat(only(read("a: 1\n\"a\": 2\n")).code()).isEqualTo(Code.YM103);
    }

    @Test
    void everyDuplicateIsReported() {
        assertThat(read("a: 1\na: 2\na: 3\nb: 1\nb: 2\n").diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(Code.YM103, Code.YM103, Code.YM103);
    }

    @Test
    void twoMergeKeysInOneMappingAreADuplicate() {
        Diagnostic d = only(read("a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: *a\n  <<: *b\n"));

        assertThat(d.code()).isEqualTo(Code.YM103);
        assertThat(d.span().line()).isEqualTo(5);
        assertThat(d.related()).hasSize(1);
    }

    @Test
    void aKeyOfTheMappingItselfBeatsAMergedOneWithoutBeingADuplicate() {
        Result<SourceDocument> result = read("a: &a {x: 1, y: 1}\nb: {x: 2, <<: *a}\nc: {<<: *a, x: 3}\n");

        assertThat(result.diagnostics()).isEmpty();
        assertThat(text(result, "b", "x")).isEqualTo("2");
        assertThat(text(result, "b", "y")).isEqualTo("1");
        assertThat(text(result, "c", "x")).isEqualTo("3");
    }

    @Test
    void inAListOfMergesTheEarlierBeatsTheLater() {
        Result<SourceDocument> result =
                read("a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}\nd: {<<: [*b, *a]}\n");

        assertThat(text(result, "c", "x")).isEqualTo("1");
        assertThat(text(result, "c", "y")).isEqualTo("2");
        assertThat(text(result, "d", "x")).isEqualTo("2");
    }

    @Test
    void aMergedMappingMayBeMadeOfMerges() {
        Result<SourceDocument> result = read("a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}\n");

        assertThat(text(result, "c", "x")).isEqualTo("1");
        assertThat(text(result, "c", "y")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: {<<: 1}", "a: {<<: [1]}", "b: &b [1]\na: {<<: *b}", "a: {<<: }"})
    void onlyMappingsAreMerged(String yaml) {
        assertThat(only(read(yaml)).code()).isEqualTo(Code.YM103);
    }

    @Test
    void aQuotedMergeKeyIsAnOrdinaryKey() {
        assertThat(text(read("a: {\"<<\": text}\n"), "a", "<<")).isEqualTo("text");
    }

    @Test
    void anAliasHasTheValueAndTheAnchorsPosition() {
        SourceDocument document = value(read("a: &a\n  x: 1\nb: *a\n"));

        assertThat(document.span(Path.ROOT.child("b").child("x"))).isEqualTo(new Span(2, 6, 2, 7));
    }

    @Test
    void anUnknownAliasIsRefusedWhereItStands() {
        Diagnostic d = only(read("a: 1\nb: *nobody\n"));

        assertThat(d.code()).isEqualTo(Code.YM101);
        assertThat(d.span().line()).isEqualTo(2);
        assertThat(d.message() + d.fix()).contains("anchor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: &a [*a]", "a: &a {b: *a}", "a: &a {b: [1, {c: *a}]}", "a: &a {<<: *a}"})
    void anAnchorInsideItselfIsRefused(String yaml) {
        Result<SourceDocument> result = read(yaml);

        assertThat(result.value()).isNull();
        assertThat(result.diagnostics()).extracting(Diagnostic::code).contains(Code.YM104);
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aBillionLaughsAreRefused() {
        var yaml = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i <= 12; i++) {
            String alias = "*a" + (i - 1);
            yaml.append("a%d: &a%d [".formatted(i, i))
                    .append(String.join(", ", List.of(alias, alias, alias, alias, alias, alias, alias, alias, alias)))
                    .append("]\n");
        }

        refusedAsABomb(yaml.toString());
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aBillionMergesAreRefused() {
        var yaml = new StringBuilder("a: &a {");
        for (int i = 0; i < 20_000; i++) {
            yaml.append('k').append(i).append(": 1, ");
        }
        yaml.append("}\nb: {<<: [").append("*a, ".repeat(200_000)).append("]}\n");

        refusedAsABomb(yaml.toString());
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aTowerOfAliasesIsRefused() {
        var yaml = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i <= 20_000; i++) {
            yaml.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
        }

        refusedAsABomb(yaml.toString());
    }

    @Test
    void aTowerThatIsOnlyDeepIsRefusedToo() {
        var yaml = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i <= 200; i++) {
            yaml.append("a%d: &a%d %s*a%d%s\n".formatted(i, i, "[".repeat(50), i - 1, "]".repeat(50)));
        }

        refusedAsABomb(yaml.toString());
    }

    @Test
    void aliasesMayNestAsDeepAsTheTextMay() {
        String deep = "[".repeat(30) + "x" + "]".repeat(30);

        assertThat(read("a: &a %s\nb: %s\n".formatted(deep, deep.replace("x", "*a")))
                        .diagnostics())
                .isEmpty();
        assertThat(read("a: &a %s\nb: &b %s\nc: %s\n".formatted(deep, deep.replace("x", "*a"), deep.replace("x", "*b")))
                        .diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(Code.YM104);
    }

    @Test
    void aliasesWithinReasonAreFine() {
        Result<SourceDocument> result = read("a: &a [1, 2, 3]\nb: [" + "*a, ".repeat(1000) + "]\n");

        assertThat(result.diagnostics()).isEmpty();
        assertThat(((Sequence) node(result, "b")).items()).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60})
    void listsMayNest(int depth) {
        assertThat(read("a: " + "[".repeat(depth) + "]".repeat(depth)).diagnostics())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 100, 100_000})
    void nestingHasALimit(int depth) {
        Diagnostic flow = only(read("a: " + "[".repeat(depth) + "]".repeat(depth)));

        assertThat(flow.code()).isEqualTo(Code.YM101);
        assertThat(flow.message() + flow.fix()).contains("64");
    }

    @Test
    void aLongBlockOfDashesIsTooDeepToo() {
        assertThat(only(read("- ".repeat(1000) + "x\n")).code()).isEqualTo(Code.YM101);
    }

    @Test
    void textOverTenMegabytesIsRefusedUnread() {
        String text = "a: \"" + "x".repeat(YamlReader.MAX_CHARACTERS) + "\"\n";

        assertThat(only(read(text)).code()).isEqualTo(Code.YM106);
    }

    @Test
    void textOfTenMegabytesIsNotTooLarge() {
        String text = "}" + "\n".repeat(YamlReader.MAX_CHARACTERS - 1);

        assertThat(only(read(text)).code()).isEqualTo(Code.YM101);
    }

    @Test
    void aTabForIndentationIsRefusedWithTheWayOut() {
        Diagnostic d = only(read("a:\n\tb: 1\n"));

        assertThat(d.code()).isEqualTo(Code.YM101);
        assertThat(d.span().line()).isEqualTo(2);
        assertThat(d.fix()).contains("spaces");
    }

    @Test
    void severalDocumentsAreRefusedWhereTheSecondBegins() {
        Diagnostic d = only(read("a: 1\n---\nb: 2\n"));

        assertThat(d.code()).isEqualTo(Code.YM101);
        assertThat(d.span().line()).isEqualTo(2);
        assertThat(d.fix()).contains("---");
    }

    @Test
    void oneDocumentMayBeginAndEndExplicitly() {
        assertThat(read("---\na: 1\n...\n").diagnostics()).isEmpty();
    }

    @Test
    void aByteOrderMarkAtTheStartIsLeftOut() {
        assertThat(text(read("\uFEFFa: 1\n"), "a")).isEqualTo("1");
    }

    @Test
    void windowsLineEndsCountAsOne() {
        Result<SourceDocument> result = read("a: 1\r\nb:\r\n  c: text\r\n");

        assertThat(text(result, "b", "c")).isEqualTo("text");
        assertThat(value(result).span(Path.ROOT.child("b").child("c"))).isEqualTo(new Span(3, 6, 3, 10));
    }

    @Test
    void columnsCountCodePoints() {
        SourceDocument document = value(read("a: {\"🦊🦊\": 1, b: 2}\n"));

        assertThat(document.span(Path.ROOT.child("a").child("b"))).isEqualTo(new Span(1, 17, 1, 18));
    }

    @Test
    void aTabWithinALineCountsAsOneColumn() {
        SourceDocument document = value(read("{\"a\tb\": 1, c: 2}\n"));

        assertThat(document.span(Path.ROOT.child("c"))).isEqualTo(new Span(1, 15, 1, 16));
    }

    @Test
    void aForbiddenCharacterIsReportedWhereItStands() {
        Diagnostic d = only(read("a: 1\nb: 🦊 \u0007\n"));

        assertThat(d.code()).isEqualTo(Code.YM101);
        assertThat(d.message()).contains("U+0007");
        assertThat(d.span()).isEqualTo(new Span(2, 6, 2, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0085", "\u2028", "\u2029"})
    void whatOnlyOldYamlTakesForALineEndIsRefused(String lineEnd) {
        Diagnostic d = only(read("a: 1\n# 🦊" + lineEnd + "b: 2\n"));

        assertThat(d.code()).isEqualTo(Code.YM101);
        assertThat(d.message()).contains("U+%04X".formatted((int) lineEnd.charAt(0)));
        assertThat(d.span()).isEqualTo(new Span(2, 4, 2, 4));
        assertThat(read("a: \"\\u%04x\"\n".formatted((int) lineEnd.charAt(0))).diagnostics())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: !!int 1", "a: !!binary aGk=", "a: !ruby/object:Gem 1", "a: !custom {b: 1}", "!!set {a}"})
    void aTypeTagIsRefused(String yaml) {
        assertThat(read(yaml).diagnostics()).extracting(Diagnostic::code).contains(Code.YM105);
    }

    @Test
    void aTagThatNamesAClassIsRefusedToo() {
        assertThat(read("a: !!java.net.URL http://localhost").value()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: !!str 1", "a: !!map {b: 1}", "a: !!seq [1]"})
    void tagsThatSayNothingNewAreFine(String yaml) {
        assertThat(read(yaml).diagnostics()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"? [a, b]\n: 1", "? {a: 1}\n: 2", "{[a]: 1}"})
    void aKeyMustBeAWord(String yaml) {
        assertThat(read(yaml).diagnostics()).extracting(Diagnostic::code).contains(Code.YM103);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b: c",
                "a: [1, 2",
                "a: 'x",
                "a: \"x",
                "a: @x",
                "a: `x`",
                "a: %x",
                "a: |x",
                "a: &",
                "a: *",
                "}",
                "]",
                "%YAML 9.9\n---\na: 1",
                "a: \"\\q\"",
                "a: \"\\ud83d\"",
                "? ",
                "- a\nb: 1",
                "a: 1\n b: 2",
                "a: \"\\U00110000\""
            })
    void brokenYamlGivesFindingsAndNeverAnException(String yaml) {
        Result<SourceDocument> result = read(yaml);

        assertThat(result.value() != null || !result.diagnostics().isEmpty()).isTrue();
        assertThat(result.diagnostics()).allSatisfy(d -> {
            assertThat(d.message()).endsWith(".").doesNotContain("\n");
            assertThat(d.fix()).endsWith(".");
        });
    }

    @Test
    void everyPrefixOfATopologyIsReadWithoutAnException() {
        String yaml = "a: &a {x: \"1\", y: ['2', *b]}\nb: |\n  text\nc:\n  - <<: *a\n    d: !!str e # f\n";
        for (int end = 0; end <= yaml.length(); end++) {
            Result<SourceDocument> result = read(yaml.substring(0, end));
            assertThat(result.value() != null || !result.diagnostics().isEmpty())
                    .as("the first %d characters", end)
                    .isTrue();
        }
    }

    private static void refusedAsABomb(String yaml) {
        Result<SourceDocument> result = read(yaml);

        assertThat(result.value()).isNull();
        assertThat(result.diagnostics()).extracting(Diagnostic::code).contains(Code.YM104);
    }

    private static Result<SourceDocument> read(String yaml) {
        return YamlReader.read("topology.yaml", yaml);
    }

    private static Diagnostic only(Result<SourceDocument> result) {
        assertThat(result.diagnostics()).hasSize(1);
        return result.diagnostics().get(0);
    }

    private static SourceDocument value(Result<SourceDocument> result) {
        SourceDocument document = result.value();
        assertThat(document).isNotNull();
        return java.util.Objects.requireNonNull(document);
    }

    private static SourceNode node(Result<SourceDocument> result, String... path) {
        SourceNode node = value(result).root();
        for (String key : path) {
            node = java.util.Objects.requireNonNull(((Mapping) node).entry(key)).value();
        }
        return node;
    }

    private static String text(Result<SourceDocument> result, String... path) {
        return ((Scalar) node(result, path)).text();
    }
}
