package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stretchc.snapshot.ClusterSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters that cannot be looked at, or lie: one clear sentence each, the right exit code, in time. */
final class BadWorldIT {
    private static final String VERSION = "2.12.15";
    private static final List<String> CREDENTIALS = List.of("--user", "sys", "--password", "right");

    @TempDir
    private Path home = Path.of("");

    private RealServer server(String name, int port, String more) throws IOException {
        Files.createDirectories(home.resolve("servers"));
        Files.writeString(home.resolve("servers/" + name + ".conf"), """
                server_name: %s
                listen: "127.0.0.1:%d"
                system_account: SYS
                accounts {
                  SYS { users: [{ user: sys, password: right }] }
                  APP { users: [{ user: app, password: right }] }
                }
                %s
                """.formatted(name, port, more));
        return RealServer.start(Binaries.of(VERSION), home, "servers/" + name + ".conf", home, Map.of());
    }

    private static String cluster(String name, int port, String routes) {
        return "cluster { name: " + name + ", listen: \"127.0.0.1:" + port + "\", routes: [" + routes + "] }";
    }

    private Stretchc observe(String urls, String... more) {
        var arguments = new java.util.ArrayList<String>(List.of("observe", "--server", urls));
        arguments.addAll(List.of(more));
        return Stretchc.run(Map.of("HOME", home.toString()), arguments.toArray(String[]::new));
    }

    private Stretchc login(String urls) {
        return observe(urls, CREDENTIALS.toArray(String[]::new));
    }

    private static void awaitGreeting(int port) {
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(2000);
                return socket.getInputStream().read() == 'I';
            }
        });
    }

    private static void assertSentence(Stretchc run, int code, String... parts) {
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err().lines().filter(l -> l.startsWith("stretchc: "))).hasSize(1);
        assertThat(run.err()).contains(parts).doesNotContain("Exception").doesNotContain("right");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aLoginThatLeadsNowhere() throws Exception {
        try (var ignored = server("lone", 16310, "")) {
            assertThat(ignored.alive()).isTrue();
            awaitGreeting(16310);
            String url = "nats://127.0.0.1:16310";

            assertSentence(observe(url, "--user", "sys", "--password", "wrong"), 6, "refuses the credentials");
            assertSentence(observe(url), 6, "refuses the credentials");
            assertSentence(observe(url, "--user", "app", "--password", "right"), 6, "`APP`", "system account");
            assertSentence(login("nats://127.0.0.1:16399"), 6, "connection is refused");
            assertSentence(login("tls://127.0.0.1:16310"), 6, "offers none");
            assertSentence(login("nats://nosuchhost.invalid:1"), 6, "host name is unknown");
            assertSentence(login("http://127.0.0.1:16310"), 6, "not understood");
            assertSentence(observe(url, "--creds", home + "/none.creds"), 6, "there is no such file");
            assertThat(login(url + ",nats://127.0.0.1:16399").code()).isZero();
        }
    }

    @Test
    void tlsThatDoesNotFit() throws Exception {
        var good = Certificates.in(home.resolve("tls"));
        good.issue("lone");
        Certificates.in(home.resolve("other"));
        String tls = "tls { cert_file: tls/lone.crt, key_file: tls/lone.key, ca_file: tls/ca.crt, verify: true }";
        String url = "nats://127.0.0.1:16320";
        try (var ignored = server("lone", 16320, tls)) {
            assertThat(ignored.alive()).isTrue();
            awaitGreeting(16320);
            String[] own = {"--tlscert", home + "/tls/lone.crt", "--tlskey", home + "/tls/lone.key"};

            assertSentence(login(url), 6, "wants a certificate of its clients");
            assertSentence(with(url, own), 6, "--tlsca");
            assertSentence(with(url, own, "--tlsca", home + "/other/ca.crt"), 6, "another authority");
            assertThat(with(url, own, "--tlsca", home + "/tls/ca.crt").code()).isZero();
            assertSentence(with(url, own, "--tlsca", home + "/tls/lone.key"), 6, "no certificate");
        }
    }

    private Stretchc with(String url, String[] own, String... more) {
        var arguments = new java.util.ArrayList<>(CREDENTIALS);
        arguments.addAll(List.of(own));
        arguments.addAll(List.of(more));
        return observe(url, arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SSH-2.0-OpenSSH_9.6\r\n", "", "INFO {\"server_id\":\r\n", "INFO {}\r\n", "INFO not json\r\n"})
    void somethingThatIsNoServer(String greeting) throws Exception {
        try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var talker = new Thread(() -> talk(listener, greeting));
            talker.setDaemon(true);
            talker.start();

            Stretchc run = login("nats://127.0.0.1:" + listener.getLocalPort());

            assertThat(run.code()).as(run.err()).isEqualTo(6);
            assertThat(run.err()).startsWith("stretchc: ").doesNotContain("Exception");
        }
    }

    private static void talk(ServerSocket listener, String greeting) {
        try {
            while (true) {
                try (var socket = listener.accept()) {
                    socket.getOutputStream().write(greeting.getBytes(StandardCharsets.UTF_8));
                    socket.getOutputStream().flush();
                }
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    @Test
    void somebodyInTheSystemAccountWhoTalksNonsense() throws Exception {
        try (var ignored = server("lone", 16330, cluster("C", 16331, ""));
                var nuisance = Client.connect(RealCluster.client("nats://127.0.0.1:16330")
                        .userInfo("sys", "right")
                        .build())) {
            assertThat(ignored.alive()).isTrue();
            var connection = nuisance.connection();
            connection
                    .createDispatcher(m -> {
                        for (String text : List.of(
                                "nonsense",
                                "{\"server\":[]}",
                                "{\"server\":{\"id\":\"NFAKE\",\"name\":\"\\u001b[2J`x\\n\",\"ver\":\"\\u0007\",\"cluster\":7}}")) {
                            connection.publish(m.getReplyTo(), text.getBytes(StandardCharsets.UTF_8));
                        }
                    })
                    .subscribe("$SYS.REQ.SERVER.PING");
            connection
                    .createDispatcher(m -> connection.publish(m.getReplyTo(), new byte[] {'{', (byte) 0xff}))
                    .subscribe("$SYS.REQ.SERVER.NFAKE.*");
            connection.flush(Duration.ofSeconds(5));

            Stretchc run =
                    observe("nats://127.0.0.1:16330", "--user", "sys", "--password", "right", "-o", home + "/s.json");

            assertThat(run.err())
                    .contains("no nats-server says")
                    .doesNotContain("\u001b")
                    .doesNotContain("Exception");
            ClusterSnapshot snapshot = ObservedCluster.read(home.resolve("s.json"));
            assertThat(snapshot.servers()).extracting(s -> s.name().text()).contains("lone");
            assertThat(snapshot.gaps()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aServerThatDoesNotMoveHoldsNobodyUp() throws Exception {
        try (var a = server("a", 16340, cluster("C", 16341, "\"nats://127.0.0.1:16343\""));
                var b = server("b", 16342, cluster("C", 16343, "\"nats://127.0.0.1:16341\""))) {
            assertThat(a.alive()).isTrue();
            awaitGreeting(16340);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(login("nats://127.0.0.1:16340").err()).contains("2 servers"));
            signal(b, "-STOP");
            try {
                long start = System.nanoTime();

                Stretchc run = login("nats://127.0.0.1:16340,nats://127.0.0.1:16342");

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
                assertThat(run.code()).as(run.err()).isZero();
                assertThat(run.err()).contains("1 server,");
            } finally {
                signal(b, "-CONT");
            }
        }
    }

    private static void signal(RealServer server, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(server.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void twoClustersBehindOneListOfAddresses() throws Exception {
        try (var a = server("a", 16350, cluster("A", 16351, ""));
                var b = server("b", 16352, cluster("B", 16353, ""))) {
            assertThat(List.of(a.alive(), b.alive())).containsOnly(true);
            awaitGreeting(16350);
            awaitGreeting(16352);

            Stretchc run = login("nats://127.0.0.1:16350,nats://127.0.0.1:16352");

            assertThat(run.code()).isEqualTo(4);
            assertThat(run.err()).contains("more than one cluster", "`A`", "`B`");
        }
    }
}
