package io.stretchc.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerViewTest {
    @ParameterizedTest
    @CsvSource({"2, 2", "0.5, 0.5", "5s, '\"5s\"'", "5m, '\"5m\"'", "1.5s, '\"1.5s\"'", "500ms, '\"500ms\"'"})
    void aTlsTimeoutWithAUnitIsText(String written, String compiled) {
        String yaml = Topologies.STRETCH + "tls: { client: { cert_file: c, key_file: k, timeout: " + written + " } }\n";

        assertThat(Topologies.compile(yaml).get("STRETCH/servers/us_1.conf"))
                .containsPattern("\n  timeout: " + compiled.replace(".", "\\.") + "\n");
    }
}
