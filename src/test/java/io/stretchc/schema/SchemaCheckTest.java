package io.stretchc.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCheckTest {
    private static final SchemaCheck CHECK = new SchemaCheck(Topologies.schema());

    @Test
    void aTopologyOfTheSchemaHasNoFindings() {
        assertThat(check(Topologies.STRETCH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: 2.10",
                "name: 010",
                "name: 22:30",
                "name: no",
                "name: true",
                "name: 1e3",
                "{ name: s, dc: 1 }",
                "{ name: s, dc: 1.10, region: 7 }",
                "{ name: s, dc: true }",
                "{ name: s, defaults: { tags: [1, 2.10, true] } }",
                "{ name: s, defaults: { store_dir: 7 } }"
            })
    void aPlainNumberOrBooleanWhereTextIsWantedIsThatText(String site) {
        assertThat(check(with("sites:\n  - " + site))).isEmpty();
    }

    @Test
    void theTextIsTheOneThatWasWritten() {
        var topology = Topologies.read(with("sites: [{ name: 2.10, dc: 010, region: 1e3 }]"));

        assertThat(topology.sites().get(0).name().text()).isEqualTo("2.10");
        assertThat(topology.sites().get(0).dc()).isEqualTo("010");
        assertThat(topology.sites().get(0).region()).isEqualTo("1e3");
    }

    @ParameterizedTest
    @CsvSource({"2, SC105", "-2.10, SC105", "2.1e0, SC105", "latest, SC105", "~, SC102", "[2], SC102", "{a: 1}, SC102"})
    void aVersionThatIsNoneIsRefusedEvenIfItIsANumber(String version, Code code) {
        String yaml = "format: 1\ncluster: { name: C, server_version: " + version + " }\nsites: [{ name: s }]\n";

        assertThat(check(yaml)).extracting(Diagnostic::code).containsExactly(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.10", "2.10.27", "\"2.10\"", "'2.15.1'"})
    void aVersionMayBeWrittenWithAndWithoutQuotes(String version) {
        String yaml = "format: 1\ncluster: { name: C, server_version: " + version + " }\nsites: [{ name: s }]\n";

        assertThat(check(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "1.5", "1e3", "10 PB", "10GBB", "0x10", "010"})
    void aSizeThatIsNoneIsRefusedEvenIfItIsANumber(String size) {
        assertThat(check(with("sites: [{ name: s }]\ndefaults: { limits: { max_file_store: " + size + " } }")))
                .extracting(Diagnostic::code)
                .containsExactly(Code.SC105);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1024", "10GB", "\"10 GiB\"", "2Mi"})
    void aSizeMayBeANumberOrHaveAUnit(String size) {
        assertThat(check(with("sites: [{ name: s }]\ndefaults: { limits: { max_file_store: " + size + " } }")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2; include evil.conf", "2 }", "1e3", "-1", "\"\"", "2x", "$TIMEOUT", "0x10", "1.", "true"})
    void aTlsTimeoutIsANumberOfSecondsOrADuration(String timeout) {
        assertThat(check(with("sites: [{ name: s }]\ntls: { client: { cert_file: c, key_file: k, timeout: '"
                        + timeout.replace("\"", "") + "' } }")))
                .extracting(Diagnostic::code)
                .containsExactly(Code.SC105);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0.5", "5s", "1.5s", "500ms", "'2'"})
    void aTlsTimeoutMayBeWrittenEitherWay(String timeout) {
        assertThat(check(with("sites: [{ name: s }]\ntls: { client: { cert_file: c, key_file: k, timeout: " + timeout
                        + " } }")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sities, sites",
        "placement, placements",
        "Streams, streams",
        "leafclusters, leaf_clusters",
        "acounts, accounts",
        "tsl, tls"
    })
    void aSlipOfAKeyGetsTheOneThatIsMeant(String typed, String meant) {
        Diagnostic d = only(check(with("sites: [{ name: s }]\n" + typed + ": []")));

        assertThat(d.code()).isEqualTo(Code.SC101);
        assertThat(d.fix()).contains("Did you mean `" + meant + "`?");
    }

    @Test
    void anUnknownKeyLikeNoOtherGetsTheList() {
        Diagnostic d = only(check(with("sites: [{ name: s, zzzzzz: 1 }]")));

        assertThat(d.fix()).contains("name", "dc", "servers", "arbiters").doesNotContain("Did you mean");
    }

    @ParameterizedTest
    @CsvSource({"s2x, s2", "S2, s2", "nonne, none"})
    void aSlipOfAChoiceGetsTheOneThatIsMeant(String typed, String meant) {
        Diagnostic d = only(
                check(with("sites: [{ name: s }]\nstreams: [{ name: s, account: A, compression: " + typed + " }]")));

        assertThat(d.code()).isEqualTo(Code.SC104);
        assertThat(d.fix()).contains("Did you mean `" + meant + "`?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sites: []|SC106",
                "sites: {}|SC102",
                "sites: text|SC102",
                "sites: |SC102",
                "sites: [{}]|SC103",
                "sites: [text]|SC102",
                "sites: [{ name: '' }]|SC105",
                "sites: [{ name: s, replacements: x }]|SC102",
                "sites: [{ name: s, replacements: 10 }]|SC105",
                "sites: [{ name: s, replacements: -1 }]|SC105",
                "sites: [{ name: s, replacements: 1.5 }]|SC102",
                "sites: [{ name: s, preferred_leader: yes }]|SC102",
                "sites: [{ name: s, preferred_leader: True }]|SC102",
                "sites: [{ name: s, preferred_leader: 1 }]|SC102",
                "sites: [{ name: s, servers: [{ name: n, ports: { client: 65536 } }] }]|SC105",
                "sites: [{ name: s, servers: [{ name: n, ports: { client: 0 } }] }]|SC105",
                "sites: [{ name: s, servers: [{ name: n, ports: { client: 99999999999999999999999999999999 } }] }]|SC105"
            })
    void everyKindOfFaultHasItsCode(String sites, Code code) {
        assertThat(check(with(sites))).extracting(Diagnostic::code).containsExactly(code);
    }

    @Test
    void whatAMissingKeyLooksLikeIsShown() {
        Diagnostic d = only(check("format: 1\ncluster: { name: C, server_version: 2.10 }\n"));

        assertThat(d.code()).isEqualTo(Code.SC103);
        assertThat(d.message()).contains("`sites`");
    }

    @Test
    void aPasswordInClearIsNotRepeated() {
        assertThat(check(
                        with("sites: [{ name: s }]\naccounts: [{ name: A, users: [{ user: u, password: hunter2 }] }]")))
                .singleElement()
                .satisfies(d -> {
                    assertThat(d.code()).isEqualTo(Code.AC105);
                    assertThat(d.message() + d.fix()).doesNotContain("hunter2");
                });
    }

    @Test
    void whereThereAreMoreFindingsThanShownTheLastSaysSo() {
        var yaml = new StringBuilder("sites:\n");
        for (int i = 0; i < 1_450; i++) {
            yaml.append("  - { name: s").append(i).append(", dcc: 1 }\n");
        }
        List<Diagnostic> found = check(with(yaml.toString()));

        assertThat(found).hasSize(200);
        assertThat(found.get(199).fix()).contains("1,250 more findings");
        assertThat(found.subList(0, 199)).noneMatch(d -> d.fix().contains("more findings"));
    }

    @Test
    void whatIsNotShownIsLeftOutByTheReaderAllTheSame() {
        String sites = "sites:\n" + "  - { name: s, dcc: 1 }\n".repeat(300);

        assertThat(CHECK.check(Topologies.document(with(sites))).broken())
                .extracting(Object::toString)
                .contains("/sites/299");
    }

    private static String with(String rest) {
        return "format: 1\ncluster: { name: C, server_version: 2.10.27 }\n" + rest + "\n";
    }

    private static List<Diagnostic> check(String yaml) {
        return CHECK.check(Topologies.document(yaml)).diagnostics();
    }

    private static Diagnostic only(List<Diagnostic> diagnostics) {
        assertThat(diagnostics).hasSize(1);
        return diagnostics.get(0);
    }
}
