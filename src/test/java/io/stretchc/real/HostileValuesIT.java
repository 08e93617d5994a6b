package io.stretchc.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Subscription;
import io.stretchc.topology.Tag;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile values that a topology takes, on a running server: it reports, and acts on, exactly these. */
final class HostileValuesIT {
    private static final String ADDRESS = "nats://127.0.0.1:4790";
    private static final String BASE_PATH = "/include/...~-_/.x";
    private static final String PREFIX = "u\"'{#$x;\\n:";
    private static final String SYSTEM = "sys#{$x};";
    private static final String ADMIN = "ad\"min' $VAR";
    private static final String PASSWORD = "$2a$04$yQu2Uau.sOin1loXvXuVWeII9NoEyqXUvDRvHfuF7ryiXhlgACxrK";

    private static final List<String> VALUES = List.of(
            "\"",
            "'",
            "\\",
            "\\\"",
            "\\n",
            "\\x41",
            "`",
            "$VAR",
            "${HOME}",
            "$",
            "include",
            "include x",
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "{{ 7*7 }}",
            "{% raw %}",
            "{# x #}",
            "#",
            "# x",
            "//",
            "// x",
            ";",
            ",",
            "=",
            ":",
            "true",
            "12",
            "-1",
            "1e9",
            "0x10",
            "null",
            "~",
            "%s%n",
            "\u202egnp",
            "a\u2028b",
            "\ud83d\ude00",
            "e\u0301");

    /** An account with a user and what that user may publish and receive, from one value. */
    private record Tenant(String account, String user, String subject) {
        static Tenant of(int number, String value) {
            boolean legal = value.matches("[^\\s*>\"'/\\\\$][^\\s*>\"'/\\\\]*");
            return new Tenant(legal ? value : "A" + number, value, "p." + value.replaceAll("[\\s\\p{Z}]", "") + ".q");
        }

        Map<String, Object> tree() {
            return Map.of("name", account, "users", List.of(user(user, subject)));
        }

        private static Map<String, Object> user(String name, String subject) {
            Map<String, Object> permissions = Map.of(
                    "publish", Map.of("allow", List.of(subject, "$SYS.REQ.USER.INFO")),
                    "subscribe", Map.of("allow", List.of(subject, "_INBOX.>")));
            return Map.of("user", name, "password", Map.of("bcrypt", PASSWORD), "permissions", permissions);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.12.15", "2.15.1"})
    void aServerReportsEveryValueAsItIsInTheTopology(String version, @TempDir Path home) throws Exception {
        boolean old = version.startsWith("2.9."); // tells neither the prefix nor permissions
        Path binary = Binaries.of(version);
        String store = home.resolve("st\"o're ${HOME} {x} # \\n \ud83d\ude00").toString();
        List<String> origins =
                List.of("https://o.example/\"'{}$VAR#;\\n", "https://o.example/" + "'$VAR{#}".repeat(1_000_000 / 8));
        List<Tenant> tenants = tenants();
        Path out = Compiled.text("hostile.yaml", topology(version, store, origins, tenants), home);

        assertTaken(binary, out.resolve("HOSTILE/servers/h_1.conf"), home);
        try (var server = RealServer.start(binary, out.resolve("HOSTILE"), "servers/h_1.conf", home, Map.of());
                var view = SystemView.connect(client(ADMIN))) {
            assertThat(server.alive()).as(server.log()).isTrue();
            assertVarz(varz(), store, origins);
            if (!old) {
                assertThat(varz().at("/jetstream/config/unique_tag").asText()).isEqualTo(PREFIX);
            }
            assertTenants(view, tenants, !old);
            assertThat(Path.of(store, "jetstream")).isDirectory();
        }
    }

    private static void assertVarz(JsonNode varz, String store, List<String> origins) {
        assertThat(texts(varz.path("tags")))
                .endsWith(tags().toArray(String[]::new))
                .contains(PREFIX + "h_1");
        assertThat(varz.path("http_base_path").asText()).isEqualTo(BASE_PATH);

        assertThat(varz.at("/jetstream/config/store_dir").asText()).isEqualTo(store + "/jetstream");

        assertThat(varz.path("websocket").path("no_auth_user").asText()).isEqualTo(VALUES.get(0));
        assertThat(texts(varz.path("websocket").path("allowed_origins"))).isEqualTo(origins);
    }

    private static void assertTenants(SystemView view, List<Tenant> tenants, boolean tellsPermissions)
            throws Exception {
        var clients = new ArrayList<Client>();
        try {
            for (Tenant t : tenants) {
                var client = new Client(Nats.connect(client(t.user)));
                clients.add(client);
                assertPermissions(client.connection(), t, tellsPermissions);
            }
            JsonNode connz = view.ask("$SYS.REQ.SERVER.PING.CONNZ", "{\"auth\": true, \"limit\": 1000}")
                    .get(0);
            assertThat(connz.path("data").path("connections"))
                    .extracting(c -> c.path("account").asText() + " "
                            + c.path("authorized_user").asText())
                    .containsAll(
                            tenants.stream().map(t -> t.account + " " + t.user).toList())
                    .contains(SYSTEM + " " + ADMIN);
            JsonNode jsz = view.ask("$SYS.REQ.SERVER.PING.JSZ", "{\"accounts\": true, \"limit\": 1000}")
                    .get(0);
            assertThat(jsz.path("data").path("account_details"))
                    .extracting(a -> a.path("name").asText())
                    .containsExactlyInAnyOrderElementsOf(
                            tenants.stream().map(Tenant::account).toList());
        } finally {
            clients.forEach(Client::close);
        }
    }

    /** The user reaches its subject and no other. */
    private static void assertPermissions(Connection connection, Tenant t, boolean tellsPermissions) throws Exception {
        Subscription own = connection.subscribe(t.subject);
        connection.publish(t.subject, new byte[] {42});
        assertThat(own.nextMessage(Duration.ofSeconds(5))).as(t.subject).isNotNull();
        connection.publish("other", new byte[0]);
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> String.valueOf(connection.getLastError()).contains("Permissions Violation"));
        if (tellsPermissions) {
            var reply = Objects.requireNonNull(
                    connection.request("$SYS.REQ.USER.INFO", new byte[0], Duration.ofSeconds(5)), "an answer");
            JsonNode info = new ObjectMapper().readTree(reply.getData()).path("data");
            assertThat(info.path("user").asText()).isEqualTo(t.user);
            assertThat(info.path("account").asText()).isEqualTo(t.account);
            assertThat(texts(info.path("permissions").path("publish").path("allow")))
                    .containsExactlyInAnyOrder(t.subject, "$SYS.REQ.USER.INFO");
        }
    }

    private static void assertTaken(Path binary, Path file, Path home) throws IOException, InterruptedException {
        Path log = home.resolve("check.log");
        Process check = new ProcessBuilder(binary.toString(), "-t", "-c", file.toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(check.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(check.exitValue()).as(Files.readString(log)).isZero();
    }

    private static String topology(String version, String store, List<String> origins, List<Tenant> tenants)
            throws IOException {
        var accounts = new ArrayList<Object>();
        accounts.add(Map.of(
                "name",
                SYSTEM,
                "system",
                true,
                "users",
                List.of(Map.of("user", ADMIN, "password", Map.of("bcrypt", PASSWORD)))));
        tenants.forEach(t -> accounts.add(t.tree()));
        var server = new LinkedHashMap<String, Object>();
        server.put("name", "h_1");
        server.put("host", "127.0.0.1");
        server.put("listen", "127.0.0.1");
        server.put("ports", Map.of("client", 4790, "monitor", 8790, "websocket", 8791));
        server.put("store_dir", store);
        server.put("http_base_path", BASE_PATH);
        server.put("tags", tags());
        server.put("extra", Map.of("websocket", Map.of("no_auth_user", VALUES.get(0), "allowed_origins", origins)));
        return JsonMapper.builder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(Map.of(
                        "format",
                        1,
                        "cluster",
                        Map.of("name", "HOSTILE", "server_version", version, "unique_tag", PREFIX),
                        "sites",
                        List.of(Map.of("name", "site", "servers", List.of(server))),
                        "accounts",
                        accounts));
    }

    private static List<Tenant> tenants() {
        var tenants = new ArrayList<Tenant>();
        VALUES.forEach(v -> tenants.add(Tenant.of(tenants.size(), v)));
        return tenants;
    }

    /** Values as tags that the server does not trim or fold. */
    private static List<String> tags() {
        return VALUES.stream()
                .flatMap(v -> Stream.of(v, "t" + v + "t"))
                .filter(t -> t.equals(Tag.fold(t)))
                .toList();
    }

    private static JsonNode varz() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:8790" + BASE_PATH + "/varz"))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return SystemView.json(response.body());
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(t -> texts.add(t.asText()));
        return texts;
    }

    private static Options client(String user) {
        return RealCluster.client(ADDRESS)
                .userInfo(user, "stretch")
                .supportUTF8Subjects()
                .errorListener(new ErrorListener() {})
                .build();
    }
}
