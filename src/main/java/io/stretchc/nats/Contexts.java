package io.stretchc.nats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.diag.Nearest;
import io.stretchc.diag.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Contexts of the {@code nats} CLI: {@code nats/context/NAME.json} below {@code XDG_CONFIG_HOME}, else {@code ~/.config};
 * the selected one is named by {@code nats/context.txt}.
 */
public final class Contexts {
    private static final List<String> NOT_HERE = List.of("socks_proxy", "nsc", "windows_cert_store");

    private final Map<String, String> environment;

    /** Contexts as the environment finds them. */
    public Contexts(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The name of the selected context. */
    public Optional<String> selected() {
        try {
            Optional<Path> home = home();
            if (home.isEmpty() || !Files.isRegularFile(home.get().resolve("context.txt"))) {
                return Optional.empty();
            }
            String name = TextFile.read(
                            "file", home.get().resolve("context.txt").toString())
                    .strip();
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        } catch (LoginFault e) {
            return Optional.empty(); // as the CLI does: nothing is selected
        }
    }

    /** The login of a context, by name or by the path of a {@code .json} file. */
    public Login load(String name) throws LoginFault {
        String file = file(name);
        JsonNode context = tree(name, TextFile.read("context file", file));
        for (String field : NOT_HERE) {
            if (!text(context, field).isEmpty()) {
                throw odd(
                        name, "its " + field + " is something that stretchc does not support; give the login by flags");
            }
        }
        String urls = text(context, "url");
        String domain = text(context, "jetstream_domain");
        String prefix = text(context, "jetstream_api_prefix");
        String inbox = text(context, "inbox_prefix");
        return new Login(
                Arrays.stream((urls.isEmpty() ? "nats://127.0.0.1:4222" : urls).split(","))
                        .map(String::strip)
                        .filter(u -> !u.isEmpty())
                        .toList(),
                credentials(name, context),
                tls(context),
                inbox.isEmpty() ? null : inbox,
                !prefix.isEmpty() ? prefix : domain.isEmpty() ? Login.JETSTREAM : "$JS." + domain + ".API");
    }

    private String file(String name) throws LoginFault {
        if (name.endsWith(".json") && isFile(name)) {
            return name;
        }
        if (name.isEmpty()
                || name.contains("..")
                || name.indexOf(0) >= 0
                || name.contains("/")
                || name.contains("\\")) {
            throw new LoginFault(
                    "There is no context " + Quote.of(name) + ": that is neither a name nor a .json file.");
        }
        Path home = home().orElseThrow(() -> new LoginFault("Where contexts are is unknown: HOME is not set."));
        Path file = home.resolve("context").resolve(name + ".json");
        if (!Files.isRegularFile(file)) {
            List<String> known = known(home);
            String hint = Nearest.to(name, known)
                    .map(n -> " Did you mean " + Quote.of(n) + "?")
                    .orElse("");
            throw new LoginFault(
                    "There is no context " + Quote.of(name) + "; there are: " + Quote.all(known) + "." + hint);
        }
        return file.toString();
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static List<String> known(Path home) {
        try (Stream<Path> files = Files.list(home.resolve("context"))) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".json"))
                    .map(f -> f.substring(0, f.length() - ".json".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private Optional<Path> home() {
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        try {
            if (!xdg.isEmpty()) {
                return Optional.of(Path.of(xdg, "nats"));
            }
            return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".config", "nats"));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static JsonNode tree(String name, String text) throws LoginFault {
        try {
            JsonNode tree = new ObjectMapper().readTree(text);
            if (tree == null || !tree.isObject()) {
                throw odd(name, "it is not a JSON object");
            }
            return tree;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw odd(name, "it is not JSON, see line " + line);
        }
    }

    /** In the order of the CLI: user, creds, nkey, JWT; a token goes with none of them. */
    private Credentials credentials(String name, JsonNode context) throws LoginFault {
        var secrets = new References(name, environment);
        String user = text(context, "user");
        String password = secrets.value("password", text(context, "password"));
        String token = secrets.value("token", text(context, "token"));
        if (!user.isEmpty()) {
            return password.isEmpty() ? new Credentials.Token(user) : new Credentials.UserPassword(user, password);
        }
        String creds = text(context, "creds");
        if (!creds.isEmpty()) {
            return KeyFiles.creds(secrets.file("creds file", "creds", creds), References.shown(creds));
        }
        String nkey = text(context, "nkey");
        if (!nkey.isEmpty()) {
            return KeyFiles.nkey(secrets.file("nkey file", "nkey", nkey), References.shown(nkey));
        }
        String jwt = secrets.value("user_jwt", text(context, "user_jwt"));
        if (!jwt.isEmpty()) {
            String seed = secrets.value("user_seed", text(context, "user_seed"));
            return new Credentials.UserJwt(jwt, seed.isEmpty() ? null : seed);
        }
        return token.isEmpty() ? new Credentials.None() : new Credentials.Token(token);
    }

    private TlsFiles tls(JsonNode context) {
        return new TlsFiles(
                path(context, "ca"),
                path(context, "cert"),
                path(context, "key"),
                context.path("tls_first").asBoolean());
    }

    private @org.jspecify.annotations.Nullable String path(JsonNode context, String field) {
        String path = TextFile.expand(text(context, field), environment);
        return path.isEmpty() ? null : path;
    }

    private static String text(JsonNode context, String field) {
        JsonNode value = context.path(field);
        return value.isTextual() ? value.textValue() : "";
    }

    static LoginFault odd(String name, String why) {
        return new LoginFault("The context " + Quote.of(name) + " cannot be used: " + why + ".");
    }
}
