package io.stretchc.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a release directory served on loopback. */
class ReleaseSourceTest {
    private static final String STEM = "nats-server-v2.12.15-linux-amd64";
    private final Map<String, byte[]> files = new TreeMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    @TempDir
    private Path work;

    private HttpServer server;
    private URI base;

    @BeforeEach
    void setUp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = files.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.createContext("/moved/", exchange -> {
            exchange.getResponseHeaders()
                    .add("Location", exchange.getRequestURI().getPath().replace("/moved/", "/"));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/stalls", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void tearDown() {
        over.countDown();
        server.stop(0);
    }

    private Path get(String under) throws Exception {
        var source = new ReleaseSource(base.resolve(under), new Platform("linux", "amd64"), new Download(Map.of()));
        return source.get(new ServerVersion(2, 12, 15), work);
    }

    private void publish(String file, Path content) throws IOException {
        files.put("/v2.12.15/" + file, Files.readAllBytes(content));
    }

    private void sums(String text) {
        files.put("/v2.12.15/SHA256SUMS", text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Path archive() throws IOException {
        return new TarFile().file(STEM + "/nats-server", "the program").gzipped(work.resolve("made"));
    }

    @Test
    void takesTheArchiveOfThisPlatformThatTheListVouchesFor() throws Exception {
        publish(STEM + ".tar.gz", archive());
        sums("0".repeat(64) + "  nats-server-v2.12.15-linux-arm64.tar.gz\n"
                + Sha256.of(archive()).toUpperCase(java.util.Locale.ROOT) + "  " + STEM + ".tar.gz\n");

        assertThat(get("")).hasContent("the program");
    }

    @Test
    void followsRedirectionsAndTakesAZipWhenThatIsWhatThereIs() throws Exception {
        Path zip = Zips.write(work.resolve("made"), STEM + "/nats-server", "the program");
        publish(STEM + ".zip", zip);
        sums(Sha256.of(zip) + " *" + STEM + ".zip\n");

        assertThat(get("moved/")).hasContent("the program");
    }

    @Test
    void refusesAnArchiveOfAnotherChecksum() throws Exception {
        publish(STEM + ".tar.gz", archive());
        sums("0".repeat(64) + "  " + STEM + ".tar.gz\n");

        assertThatThrownBy(() -> get(""))
                .isInstanceOf(SourceFault.class)
                .hasMessageContaining("SHA256SUMS of the release says " + "0".repeat(64));
        assertThat(work.resolve("nats-server")).doesNotExist();
    }

    @Test
    void refusesAnArchiveThatTheListDoesNotName() throws Exception {
        publish(STEM + ".tar.gz", archive());
        sums(Sha256.of(archive()) + "  other.tar.gz\n" + Sha256.of(archive()) + " " + STEM + ".tar.gz\n");

        assertThatThrownBy(() -> get("")).hasMessage("SHA256SUMS of the release names no archive for linux-amd64");
    }

    @Test
    void saysWhatIsNotThere() throws Exception {
        assertThatThrownBy(() -> get(""))
                .hasMessage("the server answers 404 for " + base.resolve("v2.12.15/SHA256SUMS"));

        Path other = new TarFile().file("README.md", "text").gzipped(work.resolve("made"));
        publish(STEM + ".tar.gz", other);
        sums(Sha256.of(other) + "  " + STEM + ".tar.gz\n");
        assertThatThrownBy(() -> get("")).hasMessage(STEM + ".tar.gz holds no " + STEM + "/nats-server");
    }

    @Test
    void aServerThatIsNotThereIsNotReachable() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var address = URI.create("http://127.0.0.1:" + port + "/");
        assertThatThrownBy(() -> download(address, Duration.ofSeconds(20), 10))
                .isInstanceOf(SourceFault.class)
                .hasMessageStartingWith("not reachable (");
    }

    @Test
    void aBodyThatStallsHasATimeLimit() {
        assertThatThrownBy(() -> download(base.resolve("stalls"), Duration.ofSeconds(1), 1000))
                .hasMessage("no end within 1 s");
    }

    @Test
    void aBodyThatIsTooLargeIsCutOff() {
        files.put("/large", new byte[1001]);
        assertThatThrownBy(() -> download(base.resolve("large"), Duration.ofSeconds(20), 1000))
                .hasMessageContaining("the file is larger than 1000 bytes");
        files.put("/fits", new byte[1000]);
        assertThat(work.resolve("file")).satisfies(f -> {
            download(base.resolve("fits"), Duration.ofSeconds(20), 1000);
            assertThat(f).hasSize(1000);
        });
    }

    private void download(URI address, Duration limit, long most) throws SourceFault, IOException {
        new Download(Map.of()).to(work.resolve("file"), address, limit, most);
    }

    @Test
    void goesThroughTheProxyOfTheEnvironment() throws Exception {
        files.put("/through", "by proxy".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var proxied = new Download(Map.of("https_proxy", base.toString()));

        proxied.to(work.resolve("file"), URI.create("http://release.invalid/through"), Duration.ofSeconds(20), 100);

        assertThat(work.resolve("file")).hasContent("by proxy");
    }

    @Test
    void readsTheFormsThatSha256sumWrites() {
        var sums =
                Checksums.parse("a".repeat(64) + "  one.tar.gz\n" + "B".repeat(64) + " *two words.zip\r\nnonsense\n");

        assertThat(sums.digest("one.tar.gz")).contains("a".repeat(64));
        assertThat(sums.digest("two words.zip")).contains("b".repeat(64));
        assertThat(sums.digests()).hasSize(2);
    }

    @Test
    void namesPlatformsAsTheReleasesDo() {
        assertThat(Platform.of("Linux", "amd64")).hasToString("linux-amd64");
        assertThat(Platform.of("Mac OS X", "aarch64")).hasToString("darwin-arm64");
        assertThat(Platform.of("Windows 11", "x86_64").executable()).isEqualTo("nats-server.exe");
        assertThat(Platform.of("FreeBSD", "i386")).hasToString("freebsd-386");
        assertThat(Platform.of("Linux", "s390x")).hasToString("linux-s390x");
    }
}
