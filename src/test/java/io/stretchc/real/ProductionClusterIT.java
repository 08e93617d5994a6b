package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.JetStreamOptions;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code production.yaml} with certificates, nkeys and JWTs made here, on the version it declares and a later one. */
final class ProductionClusterIT {
    private static final List<String> ADDRESSES = List.of("127.0.0.1:4620", "127.0.0.1:4623");

    @ParameterizedTest
    @ValueSource(strings = {"2.12.15", "2.15.1"})
    void everyConnectionIsEncryptedAndEveryLoginIsByKey(String version, @TempDir Path home) throws Exception {
        NKey admin = NKey.createUser(null);
        NKey shop = NKey.createUser(null);
        NKey reader = NKey.createUser(null);
        NKey edge = NKey.createUser(null);
        NKey edgeAccount = NKey.createAccount(null);
        Path out = Compiled.topology(
                "topologies/production.yaml",
                home,
                Map.of(
                        "UABB22DG2FQRLOXXWOKZVDYBFODAHSED727MM6LSAU7K4WWYWDRX25K6", Jwt.key(admin),
                        "UAXSZVL2K75PQZ2NQTOXGWPVDPOWSBTR63PLA42VQ4CWNIZYQHLB7G22", Jwt.key(shop),
                        "UC6U62LK4SDF34B2A6GVY2G6SCOASIYP2QAW4NTFZPK36CVGF3JBRYE7", Jwt.key(reader),
                        "UAU6DH7VELFBLANAQK2YT2NBGAN3RKIX4F2HWYUEGUILQIMJCRAXJIHD", Jwt.key(edge),
                        "AA7EO4VQK4WUSWBQ4SVID6M2DA3MV6BP43GAPZMYAJC2WJRMJ3M5HYX4", Jwt.key(edgeAccount)));
        var certificates = Certificates.in(home.resolve("tls"));
        for (Path file : configurations(out)) {
            certificates.issue(file.getFileName().toString().replaceAll("\\.conf$", ""));
        }
        NKey edgeAdmin = NKey.createAccount(null);
        operator(out.resolve("PROD/leafs/PROD-EDGE"), edgeAdmin, edgeAccount, edge);
        SSLContext trust = certificates.trust();
        Path binary = Binaries.of(version);
        var environment = Map.of("PROD_BILLING_PASSWORD", "a billing secret");

        try (var hub = RealCluster.boot(binary, out.resolve("PROD"), home, environment);
                var leaf = RealCluster.boot(binary, out.resolve("PROD/leafs/PROD-EDGE"), home, Map.of());
                var hubView = SystemView.connect(tls(trust, ADDRESSES).authHandler(new KeyLogin(admin)).build());
                var leafView = SystemView.connect(jwt(trust, edgeAdmin).build())) {
            hub.awaitMetaGroup(hubView, List.of("east_1", "east_2", "east_3", "west_1", "west_2", "west_3"));
            leaf.awaitMetaGroup(leafView, List.of("edge_1", "edge_2", "edge_3"));

            assertEncrypted(hubView);
            assertThatThrownBy(() -> Nats.connect(RealCluster.client("nats://127.0.0.1:4620")
                            .maxReconnects(0)
                            .authHandler(new KeyLogin(shop))
                            .build()))
                    .as("a client without TLS")
                    .isInstanceOf(IOException.class);
            try (var atHub = Client.connect(tls(trust, ADDRESSES).authHandler(new KeyLogin(shop)).build());
                    var billing = Client.connect(tls(trust, ADDRESSES)
                            .userInfo("billing", "a billing secret")
                            .build());
                    var inLeaf = Client.connect(jwt(trust, edgeAccount).build())) {
                assertThat(Streams.place(atHub, "orders", "ha:1")).containsExactly("east_1", "east_2", "west_1");
                assertService(atHub, billing);
                assertLeafReachesHub(inLeaf);
                assertReaderMayNotWrite(trust, reader, atHub);
            }
        }
    }

    private static void assertEncrypted(SystemView view) {
        List<JsonNode> all = view.ask("$SYS.REQ.SERVER.PING.VARZ", "{}");
        assertThat(all).hasSize(6);
        for (JsonNode reply : all) {
            JsonNode varz = reply.path("data");
            assertThat(varz.path("tls_required").asBoolean()).as("client").isTrue();
            for (String listener : List.of("cluster", "leaf", "gateway")) {
                assertThat(varz.path(listener).path("tls_required").asBoolean())
                        .as(listener)
                        .isTrue();
            }
        }
    }

    private static void assertService(Client shop, Client billing) throws Exception {
        var answers = shop.connection().createDispatcher(m -> shop.connection().publish(m.getReplyTo(), m.getData()));
        answers.subscribe("price.get");
        shop.connection().flush(Duration.ofSeconds(5));
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            var reply = billing.connection().request("price.get", new byte[] {42}, Duration.ofSeconds(2));
            return reply != null && reply.getData().length == 1;
        });
    }

    private static void assertLeafReachesHub(Client leaf) throws IOException {
        var hub = leaf.connection()
                .jetStream(JetStreamOptions.builder().domain("hub").build());
        var ack = await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> hub.publish("orders.edge", new byte[0]), a -> !a.hasError());
        assertThat(ack.getDomain()).isEqualTo("hub");
    }

    private static void assertReaderMayNotWrite(SSLContext trust, NKey reader, Client shop) throws Exception {
        try (var client = Client.connect(
                tls(trust, ADDRESSES).authHandler(new KeyLogin(reader)).build())) {
            client.connection().publish("orders.reader", new byte[0]);
            client.connection().flush(Duration.ofSeconds(5));
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> client.connection().getLastError() != null
                            && client.connection().getLastError().contains("Permissions Violation"));
            assertThat(shop.connection()
                            .jetStreamManagement()
                            .getStreamInfo("orders")
                            .getStreamState()
                            .getMsgCount())
                    .as("only the message of the leaf cluster")
                    .isEqualTo(1);
        }
    }

    private static List<Path> configurations(Path out) throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(f -> f.toString().endsWith(".conf") && !f.endsWith("accounts.conf"))
                    .toList();
        }
    }

    /** What the leaf cluster includes: its operator with both accounts, and the nkey it logs in with at the hub. */
    private static void operator(Path leaf, NKey system, NKey account, NKey login)
            throws IOException, GeneralSecurityException {
        NKey operator = NKey.createOperator(null);
        String text = """
                operator: %s
                system_account: %s
                resolver: MEMORY
                resolver_preload: {
                  %s: %s
                  %s: %s
                }
                """.formatted(
                        Jwt.operator(operator, system),
                        Jwt.key(system),
                        Jwt.key(system),
                        Jwt.account(operator, system, true),
                        Jwt.key(account),
                        Jwt.account(operator, account, false));
        Files.writeString(leaf.resolve("operator.conf"), text);
        Files.writeString(
                leaf.resolve("edge-nkey.conf"), "nkey: \"" + new String(login.getSeed()) + "\"\n");
    }

    private static Options.Builder tls(SSLContext trust, List<String> addresses) {
        return RealCluster.client(addresses.stream().map(a -> "tls://" + a).toArray(String[]::new))
                .sslContext(trust);
    }

    private static Options.Builder jwt(SSLContext trust, NKey account) throws IOException, GeneralSecurityException {
        NKey user = NKey.createUser(null);
        char[] token = Jwt.user(account, user).toCharArray();
        return tls(trust, List.of("127.0.0.1:4660", "127.0.0.1:4661"))
                .authHandler(Nats.staticCredentials(token, user.getSeed()));
    }

    /** Logs in with an nkey. */
    private record KeyLogin(NKey key) implements io.nats.client.AuthHandler {
        @Override
        public byte[] sign(byte[] nonce) {
            try {
                return key.sign(nonce);
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public char[] getID() {
            try {
                return key.getPublicKey();
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public char @org.jspecify.annotations.Nullable [] getJWT() {
            return null;
        }
    }
}
