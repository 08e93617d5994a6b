package io.stretchc.real;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps tests apart that boot the committed configurations, and with them their ports: they run in two processes. */
final class FixedPorts implements BeforeAllCallback, AfterAllCallback {
    private @Nullable FileChannel file;
    private @Nullable FileLock lock;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        file = FileChannel.open(
                Path.of("target", "fixed-ports.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock = file.lock();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (lock != null && file != null) {
            lock.release();
            file.close();
        }
    }
}
