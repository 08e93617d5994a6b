package io.stretchc.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of every form that openssl writes. */
final class PemTest {
    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "EC, ecparam -name prime256v1 -genkey -out key",
        "EC, ecparam -name secp384r1 -genkey -noout -out key",
        "EC, genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out key",
        "RSA, genrsa -traditional -out key 2048",
        "RSA, genpkey -algorithm RSA -out key",
        "EdDSA, genpkey -algorithm ED25519 -out key"
    })
    void readsKeys(String algorithm, String command) throws Exception {
        openssl(command);

        assertThat(Pem.key(Files.readString(directory.resolve("key"))).getAlgorithm())
                .isEqualTo(algorithm);
    }

    @ParameterizedTest
    @CsvSource({
        "genrsa -aes256 -passout pass:secret -traditional -out key 2048",
        "genrsa -aes256 -passout pass:secret -out key 2048"
    })
    void refusesEncryptedKeys(String command) throws Exception {
        openssl(command);

        assertThatThrownBy(() -> Pem.key(Files.readString(directory.resolve("key"))))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("encrypted");
    }

    @Test
    void readsWholeChains() throws Exception {
        openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=x -keyout key -out crt");
        String one = Files.readString(directory.resolve("crt"));

        assertThat(Pem.certificates("text before\n" + one + one)).hasSize(2);
    }

    @Test
    void refusesWhatIsNone() {
        String begin = "-----BEGIN EC PRIVATE KEY-----\n";
        String end = "\n-----END EC PRIVATE KEY-----";
        for (String text :
                List.of("", "x", begin + "AAAA" + end, begin + "MIH/" + end, begin + "MHc=" + end, begin + end)) {
            assertThatThrownBy(() -> Pem.key(text)).as(text).isInstanceOf(GeneralSecurityException.class);
            assertThatThrownBy(() -> Pem.certificates(text)).as(text).isInstanceOf(GeneralSecurityException.class);
        }
    }

    private void openssl(String arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of("openssl"));
        command.addAll(Arrays.asList(arguments.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(arguments).isZero();
    }
}
