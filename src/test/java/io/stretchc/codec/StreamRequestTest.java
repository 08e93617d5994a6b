package io.stretchc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import io.stretchc.topology.StreamSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Declared streams as the JetStream API takes them. */
class StreamRequestTest {
    private static String request(String stream, String... tags) {
        StreamSpec spec = Topologies.resolve(Topologies.STRETCH.replaceAll("(?m)^  - \\{ name: foo.*$", stream))
                .source()
                .streams()
                .get(0);
        return StreamRequest.of(spec, List.of(tags));
    }

    @Test
    void whatIsNotDeclaredIsLeftToTheServer() {
        assertThat(request("  - { name: foo, account: APP, subjects: [\"foo.>\"], replicas: 3 }", "ha:1"))
                .isEqualTo("{\"name\":\"foo\",\"subjects\":[\"foo.>\"],\"retention\":\"limits\",\"storage\":\"file\","
                        + "\"discard\":\"old\",\"num_replicas\":3,\"placement\":{\"tags\":[\"ha:1\"]}}");
    }

    @Test
    void timesAreNanosecondsAndSizesBytes() {
        assertThat(request("  - { name: foo, account: APP, subjects: [a], replicas: 1, max_age: 1h30m, max_bytes: 1KB,"
                        + " duplicate_window: 0.5s, compression: s2, allow_direct: true, metadata: { team: shop } }"))
                .contains("\"max_age\":5400000000000", "\"max_bytes\":1024", "\"duplicate_window\":500000000")
                .contains("\"compression\":\"s2\"", "\"allow_direct\":true", "\"metadata\":{\"team\":\"shop\"}")
                .doesNotContain("placement");
    }

    @Test
    void aMirrorHasNoSubjectsAndAReachedDomainHasItsApi() {
        assertThat(request("  - { name: foo, account: APP, replicas: 1, mirror: { name: bar, domain: hub } }"))
                .contains("\"mirror\":{\"name\":\"bar\",\"external\":{\"api\":\"$JS.hub.API\",\"deliver\":\"\"}}")
                .doesNotContain("subjects");
    }
}
