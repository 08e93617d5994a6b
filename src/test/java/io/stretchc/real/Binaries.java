package io.stretchc.real;

import io.stretchc.binary.BinaryFault;
import io.stretchc.binary.BinaryFinder;
import io.stretchc.binary.WantedVersion;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The nats-server binaries that integration tests run: what is on the machine, else fetched into the tool's cache, so that
 * a fresh machine gets what it needs. A version that cannot be had fails the test that wants it.
 */
public final class Binaries {
    private static final System.Logger LOG = System.getLogger(Binaries.class.getName());
    private static final ConcurrentMap<String, Path> KNOWN = new ConcurrentHashMap<>();

    private Binaries() {}

    /** The executable of a version such as {@code 2.12.15}. */
    public static Path of(String version) {
        return KNOWN.computeIfAbsent(version, Binaries::find);
    }

    private static Path find(String version) {
        try {
            var finder = new BinaryFinder(
                    System.getenv(), line -> LOG.log(System.Logger.Level.INFO, line), InstantSource.system());
            return finder.fetch(WantedVersion.parse(version).orElseThrow()).executable();
        } catch (BinaryFault e) {
            throw new IllegalStateException(String.join("\n", e.lines()), e);
        }
    }
}
