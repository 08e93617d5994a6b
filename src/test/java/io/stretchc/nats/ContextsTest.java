package io.stretchc.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts as the nats CLI keeps them. */
final class ContextsTest {
    @TempDir
    private Path home = Path.of("");

    private Contexts contexts = new Contexts(Map.of());

    @BeforeEach
    void directory() throws IOException {
        Files.createDirectories(home.resolve(".config/nats/context"));
        contexts = new Contexts(Map.of("HOME", home.toString(), "SECRET", "s3cret"));
    }

    private void context(String name, String text) throws IOException {
        Files.writeString(home.resolve(".config/nats/context/" + name + ".json"), text);
    }

    @Test
    void readsUserPasswordAndTls() throws Exception {
        context("a", """
                {"url":"nats://h1:4222, tls://h2","user":"u","password":"env://SECRET","ca":"~/ca.crt",
                 "cert":"$HOME/c.crt","key":"/k","inbox_prefix":"_I","jetstream_domain":"hub","unknown":{"x":1}}""");

        Login login = contexts.load("a");

        assertThat(login.urls()).containsExactly("nats://h1:4222", "tls://h2");
        assertThat(login.credentials()).isEqualTo(new Credentials.UserPassword("u", "s3cret"));
        assertThat(login.tls()).isEqualTo(new TlsFiles(home + "/ca.crt", home + "/c.crt", "/k", false));
        assertThat(login.inboxPrefix()).isEqualTo("_I");
        assertThat(login.apiPrefix()).isEqualTo("$JS.hub.API");
        assertThat(login.toString()).doesNotContain("s3cret");
    }

    @Test
    void readsKeysFromFilesAndFromTheContextItself() throws Exception {
        String seed = "SU" + "A".repeat(56);
        Files.writeString(home.resolve("u.nk"), "# mine\n" + seed + "\n");
        context("file", "{\"url\":\"h\",\"nkey\":\"~/u.nk\"}");
        context(
                "data",
                "{\"nkey\":\"data:;base64,"
                        + java.util.Base64.getEncoder()
                                .encodeToString(seed.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        + "\"}");
        context("token", "{\"user\":\"justatoken\"}");

        assertThat(contexts.load("file").credentials()).isEqualTo(new Credentials.NkeySeed(seed));
        assertThat(contexts.load("data").credentials()).isEqualTo(new Credentials.NkeySeed(seed));
        assertThat(contexts.load("token").credentials()).isEqualTo(new Credentials.Token("justatoken"));
    }

    @Test
    void knowsWhichIsSelected() throws Exception {
        assertThat(contexts.selected()).isEmpty();

        Files.writeString(home.resolve(".config/nats/context.txt"), "a\n");

        assertThat(contexts.selected()).contains("a");
        assertThat(new Contexts(Map.of("XDG_CONFIG_HOME", home + "/none", "HOME", home.toString())).selected())
                .isEmpty();
    }

    @Test
    void oddFilesGetOneSentence() throws Exception {
        context("broken", "{\n\"url\": nats");
        context("list", "[]");
        context("unset", "{\"user\":\"u\",\"password\":\"env://NOPE\"}");
        context("elsewhere", "{\"creds\":\"op://vault/x\"}");
        context("proxy", "{\"socks_proxy\":\"h:1\"}");
        context("nofile", "{\"creds\":\"/nowhere/x.creds\"}");
        context("nocreds", "{\"creds\":\"" + home.resolve(".config/nats/context/list.json") + "\"}");

        for (String name : List.of(
                "broken",
                "list",
                "unset",
                "elsewhere",
                "proxy",
                "nofile",
                "nocreds",
                "brokn",
                "",
                "../x",
                "a/b",
                "\u0000")) {
            assertThatThrownBy(() -> contexts.load(name))
                    .as(name)
                    .isInstanceOf(LoginFault.class)
                    .message()
                    .matches("[A-Z][^\\n]*[.?]");
        }
        assertThatThrownBy(() -> contexts.load("brokn")).hasMessageContaining("Did you mean `broken`?");
        assertThatThrownBy(() -> contexts.load("broken")).hasMessageContaining("line 2");
    }
}
