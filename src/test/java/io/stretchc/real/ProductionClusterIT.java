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
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code production.yaml} with certificates, nkeys and JWTs made here, on the version it declares and a later one. */
@ExtendWith(FixedPorts.class)
final class ProductionClusterIT {
    private static final List<String> ADDRESSES = List.of("127.0.0.1:4620", "127.0.0.1:4623");

    @ParameterizedTest
    @ValueSource(strings = {"2.12.15", "2.15.1"})
    void everyConnectionIsEncryptedAndEveryLoginIsByKey(String version, @TempDir Path home) throws Exception {
        var production = Production.in(home);
        Path out = production.out();
        NKey shop = production.shop();
        SSLContext trust = production.certificates().trust();
        Path binary = Binaries.of(version);

        try (var hub = RealCluster.boot(binary, out.resolve("PROD"), home, Production.ENVIRONMENT);
                var apac = RealCluster.boot(binary, out.resolve("PROD-APAC"), home);
                var leaf = RealCluster.boot(binary, out.resolve("PROD/leafs/PROD-EDGE"), home, Map.of());
                var hubView = SystemView.connect(tls(trust, ADDRESSES)
                        .authHandler(new KeyLogin(production.admin()))
                        .build());
                var leafView =
                        SystemView.connect(jwt(trust, production.edgeAdmin()).build())) {
            assertThat(apac.names()).containsExactly("apac_1", "apac_2");
            // Gateways make one meta group of both clusters; from 2.12 on, none forms before all of them are there.
            hub.awaitMetaGroup(
                    hubView, List.of("east_1", "east_2", "east_3", "west_1", "west_2", "west_3", "apac_1", "apac_2"));
            leaf.awaitMetaGroup(leafView, List.of("edge_1", "edge_2", "edge_3"));

            assertEncrypted(hubView);
            assertThatThrownBy(() -> Nats.connect(RealCluster.client("nats://127.0.0.1:4620")
                            .maxReconnects(0)
                            .authHandler(new KeyLogin(shop))
                            .build()))
                    .as("a client without TLS")
                    .isInstanceOf(IOException.class);
            try (var atHub = Client.connect(tls(trust, ADDRESSES)
                            .authHandler(new KeyLogin(shop))
                            .build());
                    var billing = Client.connect(tls(trust, ADDRESSES)
                            .userInfo("billing", Production.ENVIRONMENT.get("PROD_BILLING_PASSWORD"))
                            .build());
                    var inLeaf =
                            Client.connect(jwt(trust, production.edgeAccount()).build())) {
                assertThat(Streams.place(atHub, "orders", "ha:1")).containsExactly("east_1", "east_2", "west_1");
                assertService(atHub, billing);
                assertLeafReachesHub(inLeaf);
                assertReaderMayNotWrite(trust, production.reader(), atHub);
            }
        }
    }

    private static void assertEncrypted(SystemView view) {
        List<JsonNode> all = await().atMost(Duration.ofSeconds(20))
                .until(() -> view.ask("$SYS.REQ.SERVER.PING.VARZ", "{}"), replies -> replies.size() == 8);
        for (JsonNode reply : all) {
            JsonNode varz = reply.path("data");
            assertThat(varz.path("tls_required").asBoolean()).as("client").isTrue();
            boolean there = reply.path("server").path("cluster").asText().equals("PROD");
            for (String listener : there ? List.of("cluster", "leaf", "gateway") : List.of("cluster", "gateway")) {
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
