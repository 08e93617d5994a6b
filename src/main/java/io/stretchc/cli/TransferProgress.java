package io.stretchc.cli;

import io.stretchc.render.BackupView;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far a transfer is, on the stream for messages: in place on a terminal, with a bar, twice a second; elsewhere a line
 * every five seconds. Nothing in the first two seconds. Used by several threads.
 */
final class TransferProgress implements AutoCloseable {
    private static final long QUIET = 2_000_000_000L;
    private static final long LINE = 5_000_000_000L;
    private static final long PLACE = 500_000_000L;
    private static final int BAR = 24;

    private final Console console;
    private final String what;
    private final long total;
    private final AtomicLong done = new AtomicLong();
    private final long begun = System.nanoTime();
    private long next = begun + QUIET;
    private boolean shown;

    /**
     * A transfer.
     *
     * @param total bytes that are expected; 0 when there are none
     */
    TransferProgress(Console console, String what, long total) {
        this.console = console;
        this.what = what;
        this.total = total;
    }

    void more(long bytes) {
        long now = done.addAndGet(bytes);
        long time = System.nanoTime();
        synchronized (this) {
            if (time >= next) {
                next = time + (console.terminal().err() ? PLACE : LINE);
                show(now, time - begun);
            }
        }
    }

    private void show(long now, long nanos) {
        String line = line(what, now, total, nanos);
        if (console.terminal().err()) {
            int full = total <= 0 ? 0 : (int) Math.min(BAR, BAR * now / total);
            console.err().print("\r" + "#".repeat(full) + ".".repeat(BAR - full) + " " + line + "\u001b[K");
            console.err().flush();
        } else {
            console.err().println(line);
        }
        shown = true;
    }

    /** What is said. */
    static String line(String what, long now, long total, long nanos) {
        double perSecond = now / Math.max(1e-3, nanos / 1e9);
        long left = Math.max(0, total - now);
        String eta = total <= 0 || perSecond <= 0
                ? ""
                : String.format(Locale.ROOT, ", about %.0f s left", Math.ceil(left / perSecond));
        return what + ": " + BackupView.size(now) + " of " + BackupView.size(Math.max(now, total)) + ", "
                + BackupView.size((long) perSecond) + "/s" + eta;
    }

    @Override
    public void close() {
        if (shown && console.terminal().err()) {
            console.err().print("\r\u001b[K");
            console.err().flush();
        }
    }
}
