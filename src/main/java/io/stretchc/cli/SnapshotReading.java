package io.stretchc.cli;

import io.stretchc.codec.SnapshotCodec.Reading.Good;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A snapshot that is read while something else is done. */
final class SnapshotReading {
    private final FutureTask<Good> task;

    private SnapshotReading(FutureTask<Good> task) {
        this.task = task;
    }

    /** Begins to read one. */
    static SnapshotReading begin(String name, Console console) {
        var task = new FutureTask<>(() -> SnapshotFile.good(name, console));
        thread(task).start();
        return new SnapshotReading(task);
    }

    /** A thread that no process waits for. */
    static Thread thread(Runnable work) {
        var thread = new Thread(work, "snapshot");
        thread.setDaemon(true);
        return thread;
    }

    /** What was read, once it is; the fault says why it cannot be used. */
    Good good() throws SnapshotFault {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SnapshotFault fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a snapshot was read", e);
        }
    }
}
