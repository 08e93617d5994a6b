package io.stretchc.vault;

import io.stretchc.codec.BackupFile;
import io.stretchc.codec.StreamAnswer;
import io.stretchc.observe.JetStreamError;
import io.stretchc.observe.QueryFault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Gives a stream back from a backup that was checked before. The server makes the stream when all of it has arrived (a tar),
 * or as it comes (from 2.15 on), and takes it away again when the transfer ends early or nothing comes for some seconds.
 */
public final class StreamRestore {
    private static final Duration UNPACKING = Duration.ofMinutes(5);
    private static final long SLOWEST_BYTES_PER_SECOND = 2_000_000;

    private final Accounts accounts;

    /** Restores into the accounts of a cluster. */
    public StreamRestore(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Names of the account's streams, also of those without a leader. */
    public java.util.SortedSet<String> names(String account) throws QueryFault {
        return new StreamLook(accounts.query(account)).names();
    }

    /** Streams of the account that are led, and what each takes from; as far as they are listed. */
    public List<StreamAnswer.Taker> takers(String account) throws QueryFault {
        return new StreamLook(accounts.query(account)).takers();
    }

    /** A stream as its leader says; nothing when no leader answers. */
    public Optional<StreamAnswer.Info> look(String account, String stream) throws QueryFault {
        return new StreamLook(accounts.query(account)).info(stream);
    }

    /** How many of a stream's consumers answer; those without a leader do not. */
    public int consumers(String account, String stream) throws QueryFault {
        try {
            return new StreamLook(accounts.query(account)).consumers(stream).size();
        } catch (TransferFault e) {
            return 0;
        }
    }

    /**
     * Sends it all, and waits until the server has unpacked it; replicas are then still to come.
     *
     * @param tags to place it by, instead of those that it had; empty to keep them
     * @param replicas 0 to keep them
     * @param progress hears of bytes as they arrive
     */
    public void restore(
            String account, StoredBackup.Whole backup, List<String> tags, int replicas, LongConsumer progress)
            throws QueryFault, TransferFault, IOException {
        BackupFile file = backup.file();
        Duration patience = UNPACKING.plusSeconds(Math.max(0, file.counts().bytes()) / SLOWEST_BYTES_PER_SECOND);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(backup.archive()), 1 << 16)) {
            String answer = accounts.transfer(account)
                    .restore(file.stream(), file.request(tags, replicas), patience, most -> {
                        byte[] piece = new byte[most];
                        int n = in.readNBytes(piece, 0, most);
                        progress.accept(n);
                        return n == most ? piece : Arrays.copyOf(piece, n);
                    });
            Optional<String> fault = JetStreamError.in(answer);
            if (fault.isPresent()) {
                throw new TransferFault(false, fault.get());
            }
        }
    }
}
