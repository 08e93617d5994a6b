package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSetTest {
    @Test
    void acceptedFindingsAreKeptApart() {
        RuleSet.Verdict verdict = check(Topologies.STRETCH);

        assertThat(verdict.diagnostics()).isEmpty();
        assertThat(verdict.accepted()).extracting(Diagnostic::code).contains(Code.NW201, Code.QM101);
    }

    @Test
    void anErrorCannotBeAccepted() {
        RuleSet.Verdict verdict =
                check(Topologies.STRETCH.replace("name: us_2,", "name: us_1,").replace("code: QM101", "code: TP101"));

        assertThat(verdict.diagnostics()).extracting(Diagnostic::code).contains(Code.TP101, Code.TP111);
        assertThat(verdict.accepted()).extracting(Diagnostic::code).doesNotContain(Code.TP101);
    }

    @Test
    void aReasonMayHaveSeveralLines() {
        String yaml = Topologies.STRETCH.replace(
                "  - { code: QM101, reason: Two sites of three. }\n",
                "  - code: QM101\n    reason: |\n      Two sites of three.\n      A third is planned.\n");

        assertThat(check(yaml).diagnostics()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0007", "\\n", "\\x7f", "\\u0085", "\\uFFFE"})
    void aControlCharacterAnywhereElseIsRefused(String escape) {
        for (String field : new String[] {"name: us_1", "store_dir: ./data/{server}", "user: app", "\"ha:2\""}) {
            String value = field.contains(": ") ? field.substring(field.indexOf(": ") + 2) : field;
            String text = value.replace("\"", "");
            String yaml = Topologies.STRETCH.replace(field, field.replace(value, "\"" + text + escape + "\""));

            assertThat(check(yaml).diagnostics())
                    .as("%s", field)
                    .extracting(Diagnostic::code)
                    .contains(Code.TP109);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"US_1", "us.1", "us-1", "_us", "1"})
    void namesOfServersMayHaveDotsAndDashes(String name) {
        assertThat(Topologies.codes(Topologies.STRETCH.replace("name: us_1,", "name: " + name + ",")))
                .doesNotContain(Code.TP102);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"us 1\"", ".us", "-us", "us*", "us>", "us/1", "\"us\\\\1\"", "\"$us\"", "ü", "\"..\"", "🦊"})
    void namesOfServersHaveNothingElse(String name) {
        assertThat(Topologies.codes(Topologies.STRETCH.replace("name: us_1,", "name: " + name + ",")))
                .contains(Code.TP102);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example", "10.0.0.1", "\"::1\"", "\"fe80::1%eth0\"", "node_1", "a.example."})
    void hostsAreNamesOrAddresses(String host) {
        assertThat(Topologies.codes(Topologies.STRETCH.replace("host: 127.0.0.1", "host: " + host)))
                .doesNotContain(Code.NW104);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"a b\"", "a.example:4222", "nats://a", "a/b", "-a", "\"[::1]\"", "\"a\\\"\"", "ä.example"})
    void hostsAreNothingElse(String host) {
        assertThat(Topologies.codes(Topologies.STRETCH.replace("host: 127.0.0.1", "host: " + host)))
                .contains(Code.NW104);
    }

    private static RuleSet.Verdict check(String yaml) {
        return RuleSet.check(Topologies.document(yaml), Topologies.resolve(yaml));
    }
}
