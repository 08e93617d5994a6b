package io.stretchc.binary;

import io.stretchc.topology.ServerVersion;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A source that always gives a server of one version, or always the same reason for giving none. */
record FixedSource(SourceName name, String version, String reason, AtomicInteger asked) implements BinarySource {
    static FixedSource giving(SourceName name, String version) {
        return new FixedSource(name, version, "", new AtomicInteger());
    }

    static FixedSource refusing(SourceName name, String reason) {
        return new FixedSource(name, "", reason, new AtomicInteger());
    }

    @Override
    public Path get(ServerVersion wanted, Path work) throws SourceFault {
        asked.incrementAndGet();
        if (!reason.isEmpty()) {
            throw new SourceFault(reason);
        }
        return Script.server(work.resolve("given"), version);
    }
}
