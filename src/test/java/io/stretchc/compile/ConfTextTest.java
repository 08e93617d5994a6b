package io.stretchc.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfTextTest {
    /** Pieces that mean something to nats-server's grammar, to Jinja, to YAML, or to UTF-8. */
    private static final List<String> NASTY = List.of(
            "\"",
            "\\",
            "\\\\",
            "\\x41",
            "\\n",
            "'",
            "`",
            "\n",
            "\r",
            "\t",
            "\u0000",
            "\u0001",
            "\u001b[31m",
            "\u007f",
            "\u0080",
            "\u0085",
            "\u009f",
            "\u00a0",
            "\u2028",
            "\uFEFF",
            "\uFFFD",
            "$",
            "$HOME",
            "$2a$10$x",
            "include ",
            "include \"evil.conf\"",
            "{",
            "}",
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "#",
            "//",
            ";",
            ",",
            "[",
            "]",
            "(",
            ")",
            "=",
            ":",
            " ",
            "true",
            "no",
            "1k",
            "0",
            "é",
            "ß",
            "中",
            "🦊",
            "👨‍👩‍👧",
            "a");

    @Test
    void anEmptyTextIsAnEmptyString() {
        assertThat(ConfText.quoted("")).isEqualTo("\"\"");
    }

    @Test
    void everyCharacterOfTheFirstPlaneReadsBack() {
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            if (!Character.isSurrogate(c)) {
                readsBack("a" + c + "b");
            }
        }
    }

    @Test
    void everyPairOfNastyPiecesReadsBack() {
        for (String a : NASTY) {
            for (String b : NASTY) {
                readsBack(a + b);
            }
        }
    }

    @Test
    void randomMixesOfNastyPiecesReadBack() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            int pieces = random.nextInt(20);
            for (int i = 0; i < pieces; i++) {
                text.append(NASTY.get(random.nextInt(NASTY.size())));
            }
            readsBack(text.toString());
        }
    }

    @Test
    void aQuotedTextStaysOnOneLineAndHasNoControlCharacter() {
        for (String piece : NASTY) {
            assertThat(ConfText.quoted(piece).chars().noneMatch(Character::isISOControl))
                    .as("%s", ConfText.quoted(piece))
                    .isTrue();
        }
    }

    @Test
    void plainTextStaysReadable() {
        assertThat(ConfText.quoted("region:emea-west/$x {a} 中🦊")).isEqualTo("\"region:emea-west/$x {a} 中🦊\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\nb", "a\u0000b", "\u0085"})
    void aNameThatNoQuotesCanHoldIsABug(String name) {
        assertThatThrownBy(() -> ConfText.key(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"APP", "my account", "$SYS", "a\\b", "a'b", "include", "{x}", "中"})
    void anyOtherNameStandsInQuotesAsItIs(String name) {
        assertThat(ConfText.key(name)).isEqualTo('"' + name + '"');
    }

    private static void readsBack(String text) {
        String quoted = ConfText.quoted(text);
        assertThat(ConfReader.quoted(quoted)).as("%s", quoted).isEqualTo(text);
    }
}
