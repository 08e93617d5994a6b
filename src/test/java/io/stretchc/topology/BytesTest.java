package io.stretchc.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same sizes as nats-server's configuration parser reads (conf/parse.go, alike from 2.9 to 2.15). */
class BytesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1",
        "1024, 1024",
        "1k, 1000",
        "1K, 1000",
        "1kb, 1024",
        "1KB, 1024",
        "1Ki, 1024",
        "1KiB, 1024",
        "2M, 2000000",
        "2MB, 2097152",
        "2Mi, 2097152",
        "2MiB, 2097152",
        "3G, 3000000000",
        "3GB, 3221225472",
        "3Gi, 3221225472",
        "3gib, 3221225472",
        "4T, 4000000000000",
        "4TB, 4398046511104",
        "4Ti, 4398046511104",
        "4TiB, 4398046511104"
    })
    void readsSizesAsTheServerDoes(String text, long bytes) {
        assertThat(Bytes.parse(text)).contains(new Bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"10 GB, 10737418240", "10 K, 10000"})
    void allowsASpaceBeforeTheUnit(String text, long bytes) {
        assertThat(Bytes.parse(text)).contains(new Bytes(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "GB", "1B", "1iB", "1i", "1KBB", "1 ", " 1", "1  GB", "1.5GB", "-2", "-1K", "1P", "0x10", "1e3",
                "+1", "1_000", "١"
            })
    void refusesWhatIsNoSize(String text) {
        assertThat(Bytes.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807T", "9007199254740993KB", "99999999999TB", "9223372036854775808"})
    void refusesWhatALongCannotHold(String text) {
        assertThat(Bytes.parse(text)).isEmpty();
    }
}
