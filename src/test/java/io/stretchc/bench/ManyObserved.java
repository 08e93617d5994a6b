package io.stretchc.bench;

import io.stretchc.codec.SnapshotCodec;
import io.stretchc.observe.ManyStreams;
import io.stretchc.observe.QueryFault;
import io.stretchc.observe.Snapshots;
import io.stretchc.snapshot.ClusterSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * One observation of a cluster of six servers with as many R3 streams as the argument says, each with a durable consumer:
 * what the servers answer is made here, read, put together, written as a snapshot and read again.
 */
public final class ManyObserved {
    private ManyObserved() {}

    /** Runs it once. */
    public static void main(String[] args) throws QueryFault, IOException {
        int streams = Integer.parseInt(args[0]);
        ClusterSnapshot snapshot = Snapshots.of(new ManyStreams(streams));
        var codec = new SnapshotCodec();
        var file = new ByteArrayOutputStream();
        codec.write(snapshot, file);
        byte[] bytes = file.toByteArray();
        var read = codec.read(new ByteArrayInputStream(bytes), bytes.length, Runnable::run);
        if (!(read instanceof SnapshotCodec.Reading.Good good)
                || good.snapshot().streams().size() != streams) {
            throw new IllegalStateException("not all streams came back");
        }
    }
}
