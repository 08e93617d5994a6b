package io.stretchc.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Gives entries of a journal that were written by hand the sums with which {@code apply} writes them. */
final class Seal {
    private Seal() {}

    static String of(String lines) throws NoSuchAlgorithmException {
        var text = new StringBuilder();
        String before = "";
        for (String line : lines.lines().toList()) {
            String begin = line.substring(0, line.length() - 1);
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((before + begin).getBytes(StandardCharsets.UTF_8));
            before = begin + ",\"sum\":\"" + HexFormat.of().formatHex(digest, 0, 8) + "\"}\n";
            text.append(before);
        }
        return text.toString();
    }
}
