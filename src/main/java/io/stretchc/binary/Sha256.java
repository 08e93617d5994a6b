package io.stretchc.binary;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files, in lower-case hexadecimal. */
final class Sha256 {
    private Sha256() {}

    static String of(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            int n = in.read(buffer);
            while (n >= 0) {
                digest.update(buffer, 0, n);
                n = in.read(buffer);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Refuses a file that is not the one that was vouched for. */
    static void require(Path file, String wanted, String vouching) throws SourceFault, IOException {
        String digest = of(file);
        if (!digest.equals(wanted)) {
            throw new SourceFault("its SHA-256 is " + digest + ", but " + vouching + " says " + wanted);
        }
    }
}
