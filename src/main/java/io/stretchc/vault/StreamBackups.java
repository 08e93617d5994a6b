package io.stretchc.vault;

import io.stretchc.archive.Contents;
import io.stretchc.archive.DamagedArchive;
import io.stretchc.backup.BackupManifest;
import io.stretchc.backup.BackupManifest.FileSum;
import io.stretchc.codec.BackupCodec;
import io.stretchc.codec.BackupFile;
import io.stretchc.observe.QueryFault;
import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Takes backups of streams, each complete or not at all: written beside its place, checked to its end as it comes, on disk
 * and there what came, and only then moved into place. A backup that is whole already, of a stream that did not change since, is left as it
 * is, so that what was interrupted is gone on with. In memory there are only the pieces on their way, and a few that are checked.
 *
 * <p>A server makes the archive of a stream on its leader (2.9.10 to 2.15.1), and gives up when no acknowledgement comes for
 * 2 to 5 s; from 2.15 on it says so, before it just ends, which the end of the archive tells.
 */
public final class StreamBackups {
    private static final int TRIES = 3;
    private static final String ARRIVING = "arriving";

    private final BackupDirectory directory;
    private final Accounts accounts;
    private final InstantSource clock;
    private final Settings settings;

    /** Backups into a directory. */
    public StreamBackups(BackupDirectory directory, Accounts accounts, InstantSource clock, Settings settings) {
        this.directory = directory;
        this.accounts = accounts;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * How archives are taken.
     *
     * @param chunk bytes of a piece
     * @param window bytes that may be on their way for one stream
     * @param quiet how long nothing may come
     */
    public record Settings(int chunk, int window, Duration quiet) {
        private static final int MOST_BEHIND = 4 << 20;

        /** Pieces that came and are not read yet. */
        int behind() {
            return Math.max(2, Math.min(window, MOST_BEHIND) / chunk);
        }
    }

    /** A stream to take. */
    public record Target(String account, String stream, String cluster, ServerVersion version) {}

    /** Hears how it goes; called by several threads. */
    public interface Listener {
        /** So many bytes of messages more came in, unpacked. */
        void bytes(long more);
    }

    /** What came of a stream. */
    public sealed interface Outcome {
        /** A backup was made. */
        record Made(BackupManifest manifest) implements Outcome {}

        /** It is backed up already, and did not change. */
        record Unchanged(BackupManifest manifest) implements Outcome {}

        /** There is none; why, as half a sentence. What was there before is left. */
        record Failed(String why) implements Outcome {}
    }

    /** Takes a stream. */
    public Outcome take(Target target, Listener listener) throws QueryFault, BackupFault {
        String last = "";
        for (int i = 0; i < TRIES; i++) {
            try {
                return once(target, listener);
            } catch (TransferFault e) {
                last = String.valueOf(e.getMessage());
                if (!e.passing()) {
                    break;
                }
            } catch (DamagedArchive e) {
                last = "the archive " + e.getMessage();
            } catch (IOException e) {
                throw new BackupFault("The disk takes no more, or cannot be written to.");
            }
        }
        return new Outcome.Failed(last);
    }

    private Outcome once(Target target, Listener listener)
            throws QueryFault, TransferFault, BackupFault, DamagedArchive, IOException {
        Optional<StreamLook.Seen> seen = seen(target);
        Optional<BackupManifest> former = directory.whole(target.account(), target.stream());
        if (former.isPresent()
                && seen.isPresent()
                && former.get().live().equals(seen.get().fingerprint())
                && former.get().cluster().equals(target.cluster())) {
            listener.bytes(former.get().state().bytes());
            return new Outcome.Unchanged(former.get());
        }
        Path fresh = directory.fresh(target.account(), target.stream());
        var taken = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String answer;
        Arrival.Arrived archive;
        try (var arrival = new Arrival(fresh.resolve(ARRIVING), settings.behind(), listener::bytes)) {
            answer = accounts.transfer(target.account())
                    .snapshot(target.stream(), settings.chunk(), settings.window(), settings.quiet(), arrival);
            archive = arrival.end();
        }
        BackupFile file = BackupFile.read(answer)
                .orElseThrow(() -> new TransferFault(false, "the server answers what no nats-server does"));
        Contents contents = archive.contents();
        Files.move(fresh.resolve(ARRIVING), fresh.resolve(contents.format().file()));
        String text = file.text();
        write(fresh.resolve(StoredBackup.FILE), text);
        var manifest = new BackupManifest(
                target.account(),
                target.stream(),
                target.cluster(),
                target.version(),
                contents.format(),
                taken,
                file.counts(),
                seen.map(StreamLook.Seen::fingerprint).orElse(""),
                List.of(
                        sum(StoredBackup.FILE, text),
                        new FileSum(contents.format().file(), archive.bytes(), archive.sha256())),
                file.config(),
                seen.map(StreamLook.Seen::consumers).orElse(List.of()));
        write(fresh.resolve(StoredBackup.MANIFEST), new BackupCodec().text(manifest));
        directory.publish(target.account(), target.stream());
        return new Outcome.Made(manifest);
    }

    /** Without a meta leader no stream is described (503/10008), and its archive is made all the same. */
    private Optional<StreamLook.Seen> seen(Target target) throws QueryFault {
        try {
            return Optional.of(new StreamLook(accounts.query(target.account())).seen(target.stream()));
        } catch (TransferFault e) {
            return Optional.empty();
        }
    }

    private static FileSum sum(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = FileHash.begin();
        digest.update(bytes);
        return new FileSum(name, bytes.length, FileHash.text(digest));
    }

    private static void write(Path path, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
