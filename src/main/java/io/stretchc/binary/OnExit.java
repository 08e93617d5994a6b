package io.stretchc.binary;

/** Something to tidy up if the program is told to end (Ctrl-C, SIGTERM) before it is closed. */
final class OnExit implements AutoCloseable {
    private final Thread hook;

    OnExit(Runnable tidy) {
        hook = new Thread(tidy, "tidy-up");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is ending already, and this thread with it
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the hook is running
        }
    }
}
