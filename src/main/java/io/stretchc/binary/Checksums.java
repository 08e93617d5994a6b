package io.stretchc.binary;

import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code SHA256SUMS} file of a release, as {@code sha256sum} writes it: the digest in hexadecimal, two spaces or a
 * space and {@code *}, the file name.
 */
record Checksums(SortedMap<String, String> digests) {
    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](\\S.*)");

    /** Reads the lines that have this form; others vouch for nothing. */
    static Checksums parse(String text) {
        var digests = new TreeMap<String, String>();
        text.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(m -> digests.put(m.group(2), m.group(1).toLowerCase(Locale.ROOT)));
        return new Checksums(digests);
    }

    /** The digest of a file in lower-case hexadecimal, if the list has it. */
    Optional<String> digest(String file) {
        return Optional.ofNullable(digests.get(file));
    }
}
