package io.stretchc.codec;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * A text whose end holds a checksum of all that comes before it, computed while it is read. It tells a file that was edited
 * or damaged; like a hash without a key, it keeps nobody from making another file.
 */
final class Sealed extends FilterInputStream {
    private static final String SEAL = ",\n\"checksum\":\"crc32c:01234567\"\n}\n";

    private final Checksum checksum = fresh();
    private byte[] held = {};

    Sealed(InputStream in) {
        super(in);
    }

    /** Of nothing yet. CRC-32C, which every Java computes at the speed of memory, also before anything is compiled. */
    static Checksum fresh() {
        return new CRC32C();
    }

    /** As it stands in files. */
    static String text(Checksum checksum) {
        return "crc32c:%08x".formatted(checksum.getValue());
    }

    /** The checksum of all that was read, but for as much at the end as a seal takes. */
    String checksum() {
        return text(checksum);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        if (n > 0) {
            hold(bytes, offset, n);
        }
        return n;
    }

    private void hold(byte[] bytes, int offset, int n) {
        byte[] all = Arrays.copyOf(held, held.length + n);
        System.arraycopy(bytes, offset, all, held.length, n);
        int covered = Math.max(0, all.length - SEAL.length());
        checksum.update(all, 0, covered);
        held = Arrays.copyOfRange(all, covered, all.length);
    }
}
