package io.stretchc.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.stretchc.diag.Quote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Hears what goes wrong, instead of having the library write it to the terminal. */
final class Watch implements ErrorListener {
    private final CompletableFuture<Connection> outcome = new CompletableFuture<>();
    private final List<Exception> seen = new ArrayList<>();
    private String words = "";

    /** The connection, or what came instead. */
    CompletableFuture<Connection> outcome() {
        return outcome;
    }

    @Override
    public synchronized void errorOccurred(Connection connection, String error) {
        words = error;
        if (refused()) {
            outcome.completeExceptionally(new IOException("refused"));
        }
    }

    @Override
    public synchronized void exceptionOccurred(Connection connection, Exception e) {
        if (seen.size() < 20) {
            seen.add(e);
        }
    }

    synchronized boolean refused() {
        String text = words.toLowerCase(Locale.ROOT);
        return text.contains("authorization violation") || text.contains("authentication");
    }

    synchronized String lastWords() {
        return words.isEmpty() ? "" : " (it says: " + Quote.plain(words) + ")";
    }

    synchronized @Nullable SSLException tls(@Nullable Throwable cause) {
        var all = new ArrayList<Throwable>(seen);
        if (cause != null) {
            all.add(cause);
        }
        for (Throwable t : all) {
            for (Throwable c = t; c != null; c = c.getCause()) {
                if (c instanceof SSLException ssl) {
                    return ssl;
                }
            }
        }
        return null;
    }
}
