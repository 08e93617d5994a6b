package io.stretchc.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.syntax.SourceNode.Mapping;
import io.stretchc.syntax.SourceNode.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarKindTest {
    @ParameterizedTest
    @CsvSource({
        "2.10, DECIMAL",
        "1e3, DECIMAL",
        "-0.5, DECIMAL",
        "1.5E+3, DECIMAL",
        "0, INTEGER",
        "-0, INTEGER",
        "4222, INTEGER",
        "123456789012345678901234567890, INTEGER",
        "no, TEXT",
        "on, TEXT",
        "y, TEXT",
        "22:30, TEXT",
        "010, TEXT",
        "00, TEXT",
        "1_000, TEXT",
        "0x10, TEXT",
        "0o10, TEXT",
        ".5, TEXT",
        "5., TEXT",
        "1e, TEXT",
        "+1, TEXT",
        ".inf, TEXT",
        "2.10.27, TEXT",
        "2026-11-24, TEXT",
        "True, TEXT",
        "TRUE, TEXT",
        "Null, TEXT",
        "true, BOOLEAN",
        "false, BOOLEAN",
        "null, NULL",
        "~, NULL",
        "'', NULL"
    })
    void anUnquotedScalarIsWhatJsonWouldCallIt(String text, ScalarKind kind) {
        assertThat(value("key: " + text + "\n").kind()).isEqualTo(kind);
        assertThat(value("key: " + text + "\n").text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"2.10", "no", "true", "null", "''", "~"})
    void aQuotedScalarIsText(String text) {
        assertThat(value("key: \"" + text + "\"\n").kind()).isEqualTo(ScalarKind.TEXT);
        assertThat(value("key: '" + text + "'\n").kind()).isEqualTo(ScalarKind.TEXT);
    }

    @Test
    void aBlockScalarIsText() {
        assertThat(value("key: |-\n  true\n").kind()).isEqualTo(ScalarKind.TEXT);
    }

    private static Scalar value(String yaml) {
        return (Scalar)
                ((Mapping) Topologies.document(yaml).root()).entries().get(0).value();
    }
}
