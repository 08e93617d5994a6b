package io.stretchc.nats;

import io.nats.client.api.ServerInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/** Listens to what the servers of a login say first, all at the same time. */
public final class Greeter {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int LONGEST = 64 * 1024;
    private static final int AT_A_TIME = 16;
    private static final Pattern VERIFIES = Pattern.compile("\"tls_verify\"\\s*:\\s*true");

    private Greeter() {}

    /** The greetings, in the order of the addresses. */
    public static List<Greeting> greet(List<String> urls) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(AT_A_TIME, urls.size())), task -> {
            var thread = new Thread(task, "greet");
            thread.setDaemon(true);
            return thread;
        });
        try {
            var tasks = new ArrayList<Callable<Greeting>>();
            urls.forEach(u -> tasks.add(() -> greet(u)));
            var greetings = new ArrayList<Greeting>();
            for (Future<Greeting> future : threads.invokeAll(tasks)) {
                greetings.add(future.get());
            }
            return greetings;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a greeting failed in an unknown way", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Greeting greet(String url) {
        try {
            ServerAddress address = ServerAddress.of(url);
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.host(), address.port()), (int) PATIENCE.toMillis());
                socket.setSoTimeout((int) PATIENCE.toMillis());
                return spoken(url, line(socket.getInputStream()));
            }
        } catch (LoginFault e) {
            return new Greeting(url, null, false, "the address is not understood");
        } catch (SocketTimeoutException e) {
            return new Greeting(url, null, false, "nothing is said there in time");
        } catch (ConnectException e) {
            return new Greeting(url, null, false, "the connection is refused");
        } catch (java.net.UnknownHostException e) {
            return new Greeting(url, null, false, "the host name is unknown");
        } catch (NoRouteToHostException e) {
            return new Greeting(url, null, false, "there is no route to the host");
        } catch (IOException | IllegalArgumentException e) {
            return new Greeting(url, null, false, "the connection breaks");
        }
    }

    private static Greeting spoken(String url, String line) {
        if (!line.startsWith("INFO {")) {
            return new Greeting(
                    url, null, false, line.isEmpty() ? "the connection breaks" : "what answers is no nats-server");
        }
        try {
            return new Greeting(
                    url, new ServerInfo(line), VERIFIES.matcher(line).find(), "");
        } catch (IllegalArgumentException e) {
            return new Greeting(url, null, false, "what answers is no nats-server");
        }
    }

    /** The first line, as far as it goes. */
    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        int b = in.read();
        while (b >= 0 && b != '\n' && line.size() < LONGEST) {
            line.write(b);
            b = in.read();
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }
}
