package io.stretchc.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.backup.ArchiveFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Archives that nats-server 2.12.15 and 2.15.1 made, whole and in every way cut off or changed. */
final class StreamArchiveTest {
    private static final byte[] NAME = {(byte) 0xff, 6, 0, 0, 'S', '2', 's', 'T', 'w', 'O'};

    @Test
    void whatServersMakeIsRead() throws Exception {
        assertThat(check(made("tar.s2"))).isEqualTo(new Contents(ArchiveFormat.TAR, 0, -1, -1));
        assertThat(check(made("messages.s2"))).isEqualTo(new Contents(ArchiveFormat.MESSAGES, 1, 40, 40));
    }

    @Test
    void nothingThatIsCutOffIsTakenForWhole() throws Exception {
        for (String name : new String[] {"tar.s2", "messages.s2"}) {
            byte[] all = made(name);
            for (int length = 0; length < all.length; length++) {
                byte[] cut = Arrays.copyOf(all, length);
                assertThatThrownBy(() -> check(cut))
                        .as(name + " up to " + length)
                        .isInstanceOf(DamagedArchive.class);
            }
        }
    }

    /** A bit of how it is packed may change nothing of what it unpacks to, such as where in a row of zeros it copies from. */
    @Test
    void noChangedBitGoesThrough() throws Exception {
        for (String name : new String[] {"tar.s2", "messages.s2"}) {
            byte[] all = made(name);
            byte[] inside = unpacked(all);
            for (int at = 0; at < all.length; at++) {
                for (int bit = 0; bit < 8; bit += 3) {
                    byte[] changed = all.clone();
                    changed[at] ^= (byte) (1 << bit);
                    try {
                        check(changed);
                        assertThat(unpacked(changed))
                                .as(name + " at " + at + ", bit " + bit)
                                .isEqualTo(inside);
                    } catch (DamagedArchive e) {
                        assertThat(e).hasMessageMatching("(is|was|holds|has) .*");
                    }
                }
            }
        }
    }

    @Test
    void whatIsNoArchiveIsTold() {
        for (String text : new String[] {"", "{}", "PK\u0003\u0004 a zip file", "sNaPpY", "x".repeat(5000)}) {
            assertThatThrownBy(() -> check(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(DamagedArchive.class);
        }
    }

    @Test
    void aTarThatItsServerGaveUpIsNotComplete() throws Exception {
        var tar = new ByteArrayOutputStream();
        tar.write(entry("meta.inf", "{}"));
        tar.write(entry("errors.txt", "could not read message block [1]"));
        tar.write(new byte[1024]);

        assertThatThrownBy(() -> check(plain(tar.toByteArray())))
                .hasMessage("is not complete: the server that wrote it met a fault");
    }

    @Test
    void copiesThatRepeatTheOffsetBeforeAreUnpacked() throws Exception {
        // "ab", a copy of 4 two back, then repeats of that offset: 4 + 1 more, then 8 + 3 by a byte of length
        byte[] block = {
            2 + 4 + 5 + 11, 1 << 2, 'a', 'b', 1, 2, 1 | 1 << 2, 0, 1 | 5 << 2, 0, 3,
        };
        byte[] out = new byte[64];

        assertThat(S2Block.decode(block, 0, block.length, out)).isEqualTo(22);
        assertThat(new String(out, 0, 22, StandardCharsets.US_ASCII)).isEqualTo("ab".repeat(11));
    }

    @Test
    void whatIsUnpackedIsToldChunkByChunk() throws Exception {
        for (String name : new String[] {"tar.s2", "messages.s2"}) {
            byte[] all = made(name);
            var told = new AtomicLong();
            StreamArchive.check(new ByteArrayInputStream(all), told::addAndGet);
            assertThat(told).as(name).hasValue(unpacked(all).length);
        }
    }

    @Test
    void nothingFollowsTheEndOfATarButZeros() throws Exception {
        var tar = new ByteArrayOutputStream();
        tar.write(entry("meta.inf", "{}"));
        tar.write(new byte[1024]);
        byte[] whole = tar.toByteArray();

        assertThat(check(plain(Arrays.copyOf(whole, whole.length + 700))).format())
                .isEqualTo(ArchiveFormat.TAR);
        tar.write(entry("more.inf", "{}"));
        assertThatThrownBy(() -> check(plain(tar.toByteArray()))).hasMessage("is not what a nats-server writes");
    }

    private static byte[] unpacked(byte[] all) throws IOException, DamagedArchive {
        var s2 = new S2Stream(new ByteArrayInputStream(all));
        byte[] some = new byte[1000];
        var out = new ByteArrayOutputStream();
        for (int n = s2.read(some, 0, some.length); n >= 0; n = s2.read(some, 0, some.length)) {
            out.write(some, 0, n);
        }
        return out.toByteArray();
    }

    private static Contents check(byte[] archive) throws IOException, DamagedArchive {
        return StreamArchive.check(new ByteArrayInputStream(archive));
    }

    private static byte[] made(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(StreamArchiveTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private static byte[] entry(String name, String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[1024];
        System.arraycopy(name.getBytes(StandardCharsets.UTF_8), 0, all, 0, name.length());
        byte[] size = "%011o".formatted(data.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, all, 124, size.length);
        all[156] = '0';
        Arrays.fill(all, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += all[i] & 0xff;
        }
        byte[] digits = "%06o\0".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, all, 148, digits.length);
        System.arraycopy(data, 0, all, 512, data.length);
        return all;
    }

    /** An S2 stream of one chunk that is not packed. */
    private static byte[] plain(byte[] data) {
        var crc = new CRC32C();
        crc.update(data);
        int sum = (int) crc.getValue();
        int masked = ((sum >>> 15) | (sum << 17)) + 0xa282ead8;
        int length = data.length + 4;
        var out = new ByteArrayOutputStream();
        out.writeBytes(NAME);
        out.writeBytes(new byte[] {1, (byte) length, (byte) (length >> 8), (byte) (length >> 16)});
        out.writeBytes(new byte[] {(byte) masked, (byte) (masked >> 8), (byte) (masked >> 16), (byte) (masked >> 24)});
        out.writeBytes(data);
        return out.toByteArray();
    }
}
