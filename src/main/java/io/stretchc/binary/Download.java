package io.stretchc.binary;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches a file over HTTP: bounded in time from the first packet to the last, and in size. */
final class Download {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private final Optional<ProxySelector> proxy;

    /** A downloader that goes through {@code https_proxy} of this environment, if it is set. */
    Download(Map<String, String> environment) {
        proxy = proxy(environment.getOrDefault("https_proxy", environment.getOrDefault("HTTPS_PROXY", "")));
    }

    private static Optional<ProxySelector> proxy(String address) {
        try {
            URI uri = URI.create(address.contains("://") ? address : "http://" + address);
            return uri.getHost() == null || uri.getPort() < 0
                    ? Optional.empty()
                    : Optional.of(ProxySelector.of(new InetSocketAddress(uri.getHost(), uri.getPort())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Writes what is at the address into a file. */
    void to(Path file, URI address, Duration limit, long most) throws SourceFault, IOException {
        var builder = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).followRedirects(HttpClient.Redirect.NORMAL);
        proxy.ifPresent(builder::proxy);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(limit).build();
        try (OutputStream out = Files.newOutputStream(file)) {
            var sink = new Sink(out, most);
            CompletableFuture<HttpResponse<Void>> reply =
                    builder.build().sendAsync(request, BodyHandlers.ofByteArrayConsumer(sink::accept));
            int status = await(reply, limit).statusCode();
            if (status != 200) {
                throw new SourceFault("the server answers " + status + " for " + address);
            }
        }
    }

    /** The request's own time limit ends with the headers, so the whole is waited for here. */
    private static HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> reply, Duration limit)
            throws SourceFault {
        try {
            return reply.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            reply.cancel(true);
            throw new SourceFault("no end within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            throw new SourceFault("interrupted");
        } catch (ExecutionException e) {
            throw new SourceFault("not reachable (" + Reason.of(e.getCause() == null ? e : e.getCause()) + ")");
        }
    }

    /** Writes the parts of a body until they are too many. */
    private static final class Sink {
        private final OutputStream out;
        private final long most;
        private long written;

        Sink(OutputStream out, long most) {
            this.out = out;
            this.most = most;
        }

        void accept(Optional<byte[]> part) {
            byte[] bytes = part.orElse(new byte[0]);
            written += bytes.length;
            if (written > most) {
                throw new UncheckedIOException(new IOException("the file is larger than " + most + " bytes"));
            }
            try {
                out.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
