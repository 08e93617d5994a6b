package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.cli.ConfTokens.Kind;
import io.stretchc.cli.ConfTokens.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfTokensTest {
    @Test
    void readsWhatNatsServerReads() {
        String text = "a: 1 # one\n\"b c\" { d: [\"\\\"\\\\\\n\\x41\", 'x\\n'], e $V }\n// no\ninclude \"f.conf\"\n";

        assertThat(ConfTokens.of(text))
                .containsExactly(
                        new Token(Kind.KEY, "a"),
                        new Token(Kind.BARE, "1"),
                        new Token(Kind.KEY, "b c"),
                        new Token(Kind.MAP, ""),
                        new Token(Kind.KEY, "d"),
                        new Token(Kind.LIST, ""),
                        new Token(Kind.STRING, "\"\\\nA"),
                        new Token(Kind.STRING, "x\\n"),
                        new Token(Kind.END, ""),
                        new Token(Kind.KEY, "e"),
                        new Token(Kind.BARE, "$V"),
                        new Token(Kind.END, ""),
                        new Token(Kind.INCLUDE, "f.conf"));
    }

    @Test
    void aQuotedKeyIsNoKeyword() {
        assertThat(ConfTokens.of("\"include\" { }\n").get(0)).isEqualTo(new Token(Kind.KEY, "include"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: \"b\n",
                "a: \"b\" c\n",
                "a: \"\\d\"\n",
                "a: \"x\u0000y\"\n",
                "a: {\n",
                "a: [ 1\n",
                "a: x;y\n}\n: 2",
                "a: FOO\u2028\n",
                "a: 1e9\n",
                "a:\n"
            })
    void failsWhereNatsServerWouldOrWhereNobodyCanTell(String text) {
        assertThatThrownBy(() -> ConfTokens.of(text)).isInstanceOf(RuntimeException.class);
    }
}
