package io.stretchc.codec;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Work that an executor does beside the one who hands it over: in order, none after one that failed, and with no more than
 * a few pieces waiting, so that memory stays bounded.
 */
final class Beside {
    private static final int WAITING = 16;

    private final Executor executor;
    private final Semaphore places = new Semaphore(WAITING);
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    Beside(Executor executor) {
        this.executor = executor;
    }

    /** A piece of work, which may find that a file is not what it should be. */
    interface Work {
        void run() throws Misfit;
    }

    /** Hands over a piece; waits as long as too many are waiting. */
    void add(Work work) {
        places.acquireUninterruptibly();
        last = last.thenRunAsync(() -> run(work), executor).whenComplete((done, fault) -> places.release());
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (Misfit e) {
            throw new CompletionException(e);
        }
    }

    /** Waits until all of it is done; tells the first fault. */
    void join() throws Misfit {
        try {
            last.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Misfit misfit) {
                throw misfit;
            }
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw e;
        }
    }
}
