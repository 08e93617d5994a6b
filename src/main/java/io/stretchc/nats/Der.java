package io.stretchc.nats;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** The little of DER that it takes to wrap a key of an older form as PKCS#8. */
final class Der {
    /** The integer zero. */
    static final byte[] ZERO = {0x02, 0x01, 0x00};

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xa0;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return tagged(SEQUENCE, all.toByteArray());
    }

    static byte[] octets(byte[] content) {
        return tagged(OCTETS, content);
    }

    /** The curve in a SEC 1 key: what its {@code [0]} part holds. */
    static byte[] curve(byte[] key) throws GeneralSecurityException {
        int at = header(key, 0)[0];
        while (at < key.length) {
            int[] part = header(key, at);
            if ((key[at] & 0xff) == PARAMETERS) {
                return Arrays.copyOfRange(key, part[0], part[0] + part[1]);
            }
            at = part[0] + part[1];
        }
        throw new GeneralSecurityException("its key does not say on which curve it is");
    }

    /** Where the content of a part begins, and how long it is. */
    private static int[] header(byte[] der, int at) throws GeneralSecurityException {
        if (at + 2 > der.length) {
            throw cut();
        }
        int length = der[at + 1] & 0xff;
        int start = at + 2;
        if (length > 0x7f) {
            int bytes = length & 0x7f;
            if (bytes == 0 || bytes > 3 || start + bytes > der.length) {
                throw cut();
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << 8) | (der[start + i] & 0xff);
            }
            start += bytes;
        }
        if (start + length > der.length) {
            throw cut();
        }
        return new int[] {start, length};
    }

    private static GeneralSecurityException cut() {
        return new GeneralSecurityException("its key is cut off");
    }

    private static byte[] tagged(int tag, byte[] content) {
        var all = new ByteArrayOutputStream();
        all.write(tag);
        if (content.length < 0x80) {
            all.write(content.length);
        } else if (content.length < 0x100) {
            all.write(0x81);
            all.write(content.length);
        } else {
            all.write(0x82);
            all.write(content.length >> 8);
            all.write(content.length & 0xff);
        }
        all.writeBytes(content);
        return all.toByteArray();
    }
}
