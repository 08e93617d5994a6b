package io.stretchc.cli;

import io.stretchc.codec.PlanText;
import io.stretchc.plan.Plan;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A plan on its way to its file: written beside it while it is still being proved, since for very many streams that takes as
 * long as the proof. One thread makes the text, another one hashes and writes it. Nothing is in its place before {@link
 * #moveTo} or {@link #copyTo}.
 */
final class PlanSpool implements AutoCloseable {
    private static final byte[] END = {};
    private static final int PIECES_BETWEEN = 32;

    private final Path file;
    private final BlockingQueue<byte[]> between = new ArrayBlockingQueue<>(PIECES_BETWEEN);
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        var thread = new Thread(task, "plan");
        thread.setDaemon(true);
        return thread;
    });
    private final CompletableFuture<Void> made;
    private final CompletableFuture<String> id;

    private PlanSpool(Plan plan, Path file) {
        this.file = file;
        this.made = CompletableFuture.runAsync(() -> make(plan), threads);
        this.id = CompletableFuture.supplyAsync(this::write, threads);
    }

    /**
     * Begins to write a plan.
     *
     * @param directory where; that of other temporary files if none is given
     */
    static PlanSpool of(Plan plan, @Nullable Path directory) throws IOException {
        return new PlanSpool(plan, Placed.temporary(directory, "plan"));
    }

    private void make(Plan plan) {
        try {
            PlanText.content(plan, this::hand);
        } finally {
            hand(END);
        }
    }

    private void hand(byte[] piece) {
        try {
            between.put(piece);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("closed before it was done", e);
        }
    }

    private String write() {
        MessageDigest digest = PlanText.digest();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE))) {
            out.write(PlanText.head(PlanText.UNKNOWN_ID));
            for (byte[] piece = between.take(); piece.length > 0; piece = between.take()) {
                digest.update(piece);
                out.write(piece);
            }
        } catch (IOException e) {
            threads.shutdownNow(); // nobody takes what is still being made
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("closed before it was done", e);
        }
        return PlanText.id(digest);
    }

    /** The plan's id, once all of it is written. */
    String id() throws IOException {
        try {
            String known = id.join();
            made.join();
            return known;
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException fault) {
                throw fault.getCause();
            }
            throw e;
        }
    }

    private void seal() throws IOException {
        byte[] head = PlanText.head(id());
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(head);
        }
    }

    /** Puts it into its place, all of it at once. */
    void moveTo(Path target) throws IOException {
        seal();
        Placed.move(file, target);
    }

    /** Writes it to a stream, which stays open. */
    void copyTo(OutputStream out) throws IOException {
        seal();
        Files.copy(file, out);
    }

    /** Nobody writes any more, and nothing is left, when it is closed. */
    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("what was interrupted goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
