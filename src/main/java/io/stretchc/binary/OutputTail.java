package io.stretchc.binary;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Reads a program's output to its end so that it never blocks, and keeps the last part. */
final class OutputTail {
    private static final int KEPT = 64 * 1024;
    private final Thread reader;
    private byte[] bytes = new byte[0];

    OutputTail(InputStream stream) {
        reader = new Thread(() -> read(stream), "process-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream stream) {
        byte[] buffer = new byte[8192];
        try (stream) {
            int n = stream.read(buffer);
            while (n >= 0) {
                append(buffer, n);
                n = stream.read(buffer);
            }
        } catch (IOException e) {
            // the program was ended: what it said until then is kept
        }
    }

    private synchronized void append(byte[] buffer, int n) {
        int kept = Math.min(bytes.length, KEPT - n);
        byte[] next = Arrays.copyOfRange(bytes, bytes.length - kept, bytes.length + n);
        System.arraycopy(buffer, 0, next, kept, n);
        bytes = next;
    }

    /**
     * What was said. A descendant that outlives the program may hold the stream open: then, after {@code patience}, what
     * came until now.
     */
    String text(Duration patience) throws InterruptedException {
        reader.join(patience.toMillis());
        synchronized (this) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
