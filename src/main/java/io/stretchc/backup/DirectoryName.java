package io.stretchc.backup;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name of an account or a stream as that of a directory. Plain names stay as they are, as the {@code nats} CLI takes the
 * directory for the stream's name; every other character is a percent sign and two digits for each byte of it, so that no
 * name leads anywhere else.
 */
public final class DirectoryName {
    private static final String PLAIN = "-_.$@+=,~";

    private DirectoryName() {}

    /** The directory of a name. */
    public static String of(String name) {
        var text = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > 0 && (Character.isLetterOrDigit(b) || PLAIN.indexOf(b) >= 0);
            if (plain && !(text.isEmpty() && b == '.')) {
                text.append((char) b);
            } else {
                text.append('%').append(Character.toUpperCase(Character.forDigit((b >> 4) & 15, 16)));
                text.append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return text.isEmpty() ? "%" : text.toString();
    }

    /** The name of a directory; none when it is none that this made. */
    public static Optional<String> read(String directory) {
        var bytes = new java.util.ArrayList<Byte>();
        byte[] all = directory.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < all.length; i++) {
            if (all[i] != '%') {
                bytes.add(all[i]);
                continue;
            }
            int high = digit(all, i + 1);
            int low = digit(all, i + 2);
            if (high < 0 || low < 0) {
                return all.length == 1 ? Optional.of("") : Optional.empty();
            }
            bytes.add((byte) ((high << 4) | low));
            i += 2;
        }
        byte[] made = new byte[bytes.size()];
        for (int i = 0; i < made.length; i++) {
            made[i] = bytes.get(i);
        }
        String name = new String(made, StandardCharsets.UTF_8);
        return of(name).equals(directory) ? Optional.of(name) : Optional.empty();
    }

    private static int digit(byte[] all, int at) {
        return at < all.length ? Character.digit(all[at], 16) : -1;
    }
}
