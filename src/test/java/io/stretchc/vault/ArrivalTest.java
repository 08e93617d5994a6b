package io.stretchc.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.archive.Contents;
import io.stretchc.archive.DamagedArchive;
import io.stretchc.backup.ArchiveFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives that arrive in pieces: checked to their end meanwhile, and held against what is on disk. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ArrivalTest {
    @Test
    void whatComesInPiecesIsCheckedHashedAndOnDisk(@TempDir Path home) throws Exception {
        byte[] all = made();
        for (int piece : new int[] {1, 7, 100, all.length}) {
            Path path = home.resolve("arriving-" + piece);
            var told = new AtomicLong();
            Arrival.Arrived arrived;
            try (var arrival = new Arrival(path, 2, told::addAndGet)) {
                give(arrival, all, piece);
                arrived = arrival.end();
            }
            assertThat(arrived)
                    .isEqualTo(new Arrival.Arrived(
                            new Contents(ArchiveFormat.MESSAGES, 1, 40, 40), all.length, FileHash.of(path)));
            assertThat(Files.readAllBytes(path)).isEqualTo(all);
            assertThat(told).hasPositiveValue();
        }
    }

    /** The one who receives is not held up by what is found early, and is told of it at the end. */
    @Test
    void whatIsDamagedIsToldAtTheEnd(@TempDir Path home) throws Exception {
        byte[] changed = made();
        changed[12] ^= 4;
        try (var arrival = new Arrival(home.resolve("changed"), 2, bytes -> {})) {
            give(arrival, changed, 1);
            assertThatThrownBy(arrival::end).isInstanceOf(DamagedArchive.class);
        }
        byte[] cut = Arrays.copyOf(made(), 200);
        try (var arrival = new Arrival(home.resolve("cut"), 2, bytes -> {})) {
            give(arrival, cut, 7);
            assertThatThrownBy(arrival::end).isInstanceOf(DamagedArchive.class);
        }
        try (var arrival = new Arrival(home.resolve("empty"), 2, bytes -> {})) {
            assertThatThrownBy(arrival::end).hasMessage("is empty");
        }
    }

    @Test
    void aFileThatDoesNotHoldWhatCameIsNoBackup(@TempDir Path home) throws Exception {
        byte[] all = made();
        Path path = home.resolve("arriving");
        try (var arrival = new Arrival(path, 2, bytes -> {})) {
            give(arrival, all, 100);
            byte[] other = all.clone();
            other[all.length / 2] ^= 1;
            Files.write(path, other);
            assertThatThrownBy(arrival::end).isInstanceOf(IOException.class).hasMessageContaining("does not hold");
        }
    }

    private static void give(Arrival arrival, byte[] all, int piece) throws IOException {
        for (int at = 0; at < all.length; at += piece) {
            arrival.more(Arrays.copyOfRange(all, at, Math.min(all.length, at + piece)));
        }
    }

    private static byte[] made() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ArrivalTest.class.getResourceAsStream("/io/stretchc/archive/messages.s2"))) {
            return in.readAllBytes();
        }
    }
}
