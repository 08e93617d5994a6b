package io.stretchc.bench;

import io.stretchc.codec.SnapshotCodec;
import io.stretchc.plan.Night;
import io.stretchc.status.World;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the snapshot of a lost site with as many R3 streams as wanted, each with one copy left and a consumer. */
final class ManyPlanned {
    private ManyPlanned() {}

    static void write(int streams, Path file) throws IOException {
        World world = Night.of("2.10.27");
        for (int i = 0; i < streams; i++) {
            var stream = new World.Stream("emea_" + (i % 3 + 1), "us_1", "us_2");
            stream.leader = null;
            stream.placement = List.of(i % 3 == 0 ? "ha:1" : "ha:2");
            stream.messages.remove("us_1");
            stream.messages.remove("us_2");
            world.with("s" + i, stream);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            new SnapshotCodec().write(world.look(), out);
        }
    }
}
