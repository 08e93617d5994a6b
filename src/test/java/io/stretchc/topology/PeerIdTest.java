package io.stretchc.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerIdTest {
    @ParameterizedTest
    @CsvSource({
        "emea_1, h6AdT1CV",
        "emea_2, wxHbsU7o",
        "emea_3, HVb2ZmpZ",
        "emea_4, wldoW7tT",
        "us_1, ydtgUGB6",
        "us_2, 43PYYJ4C",
        "us_3, 9uBucVqO",
        "us_1.1, BDQPl4dy",
        "us_2.1, Zvkksk88",
        "us_3.1, HEJG5ObD"
    })
    void isTheOneThatRealServersShow(String name, String id) {
        assertThat(new ServerName(name).peerId()).isEqualTo(id);
    }

    @Test
    void tellsCaseApart() {
        assertThat(new ServerName("us_1").peerId()).isNotEqualTo(new ServerName("US_1").peerId());
    }

    @Test
    void isMadeOfTheUtf8BytesOfTheName() {
        assertThat(new ServerName("münchen_1").peerId()).hasSize(8).matches("[0-9A-Za-z]{8}");
    }
}
