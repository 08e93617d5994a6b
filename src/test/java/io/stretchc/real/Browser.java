package io.stretchc.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A headless Chromium, driven over its DevTools protocol with what Java has itself. */
final class Browser implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/.*");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> messages;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private int last;

    private Browser(Process process, WebSocket socket, BlockingQueue<JsonNode> messages) {
        this.process = process;
        this.socket = socket;
        this.messages = messages;
    }

    /** Where a browser is: in {@code $CHROMIUM}, or on the path. */
    static Optional<Path> find() {
        String own = System.getenv("CHROMIUM");
        if (own != null && !own.isEmpty()) {
            return Optional.of(Path.of(own));
        }
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            for (String name : List.of("chromium", "chromium-browser", "google-chrome", "chrome")) {
                Path path = Path.of(directory, name);
                if (Files.isExecutable(path)) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.empty();
    }

    static Browser open(Path executable, Path profile) throws Exception {
        Process process = new ProcessBuilder(
                        executable.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-extensions",
                        "--disable-background-networking",
                        "--hide-scrollbars",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        String address = address(process);
        var drain = new Thread(() -> drain(process), "browser");
        drain.setDaemon(true);
        drain.start();
        HttpClient http = HttpClient.newHttpClient();
        JsonNode pages = JSON.readTree(http.send(
                        HttpRequest.newBuilder(URI.create("http://" + address + "/json/list"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        var messages = new LinkedBlockingQueue<JsonNode>();
        for (JsonNode page : pages) {
            if (page.path("type").asText().equals("page")) {
                WebSocket socket = http.newWebSocketBuilder()
                        .buildAsync(URI.create(page.path("webSocketDebuggerUrl").asText()), new Listener(messages))
                        .get(20, TimeUnit.SECONDS);
                var browser = new Browser(process, socket, messages);
                for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
                    browser.call(domain + ".enable", JSON.createObjectNode());
                }
                return browser;
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("the browser has no page: " + pages);
    }

    private static String address(Process process) throws IOException {
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher m = LISTENING.matcher(line);
            if (m.matches()) {
                return m.group(1);
            }
        }
        throw new IllegalStateException("the browser ended before it listened");
    }

    private static void drain(Process process) {
        try {
            while (process.inputReader().readLine() != null) {
                // it must not wait for us
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    /** Opens a page on a screen of this size. */
    void show(Path page, int width, int height, String scheme) throws Exception {
        ObjectNode screen = JSON.createObjectNode();
        screen.put("width", width)
                .put("height", height)
                .put("deviceScaleFactor", 1)
                .put("mobile", width < 600);
        call("Emulation.setDeviceMetricsOverride", screen);
        ObjectNode media = JSON.createObjectNode();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        call("Emulation.setEmulatedMedia", media);
        complaints.clear();
        requests.clear();
        call("Page.navigate", JSON.createObjectNode().put("url", page.toUri().toString()));
        awaitEvent("Page.loadEventFired");
    }

    /** Evaluates an expression that gives a number. */
    double number(String expression) throws Exception {
        ObjectNode parameters = JSON.createObjectNode();
        parameters.put("expression", expression).put("returnByValue", true);
        return call("Runtime.evaluate", parameters).path("result").path("value").asDouble(Double.NaN);
    }

    /** What it looks like, all of it. */
    void screenshot(Path to) throws Exception {
        ObjectNode parameters = JSON.createObjectNode();
        parameters.put("format", "png").put("captureBeyondViewport", true);
        ObjectNode clip = parameters.putObject("clip");
        clip.put("x", 0).put("y", 0).put("scale", 1);
        clip.put("width", number("document.documentElement.clientWidth"));
        clip.put("height", Math.min(4000, number("document.documentElement.scrollHeight")));
        Files.write(
                to,
                Base64.getDecoder()
                        .decode(call("Page.captureScreenshot", parameters)
                                .path("data")
                                .asText()));
    }

    /** Errors of the page, of its console and of its policy. */
    List<String> complaints() {
        return complaints;
    }

    /** Addresses that it asked for. */
    List<String> requests() {
        return requests;
    }

    private JsonNode call(String method, ObjectNode parameters) throws Exception {
        int id = ++last;
        ObjectNode message = JSON.createObjectNode();
        message.put("id", id).put("method", method).set("params", parameters);
        socket.sendText(message.toString(), true).get(20, TimeUnit.SECONDS);
        while (true) {
            JsonNode answer = next(method);
            if (answer.path("id").asInt() == id) {
                if (answer.has("error")) {
                    throw new IllegalStateException(method + ": " + answer.path("error"));
                }
                return answer.path("result");
            }
        }
    }

    private void awaitEvent(String event) throws Exception {
        while (!next(event).path("method").asText().equals(event)) {
            // note() has taken it down
        }
    }

    private JsonNode next(String wanted) throws InterruptedException {
        JsonNode message = messages.poll(20, TimeUnit.SECONDS);
        if (message == null) {
            throw new IllegalStateException("the browser did not answer: " + wanted);
        }
        note(message);
        return message;
    }

    private void note(JsonNode message) {
        JsonNode parameters = message.path("params");
        switch (message.path("method").asText()) {
            case "Log.entryAdded" -> complaints.add(parameters.path("entry").toString());
            case "Runtime.exceptionThrown", "Runtime.consoleAPICalled" -> complaints.add(parameters.toString());
            case "Network.requestWillBeSent" ->
                requests.add(parameters.path("request").path("url").asText());
            default -> {
                // of no interest
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> messages;
        private final StringBuilder text = new StringBuilder();

        Listener(BlockingQueue<JsonNode> messages) {
            this.messages = messages;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean whole) {
            text.append(data);
            if (whole) {
                try {
                    messages.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new IllegalStateException("the browser speaks JSON", e);
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
