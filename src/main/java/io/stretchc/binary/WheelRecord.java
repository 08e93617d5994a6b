package io.stretchc.binary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The {@code RECORD} of a wheel: a line of path, {@code sha256=} digest (base64url, no padding) and size for each file.
 */
record WheelRecord(List<Entry> entries) {
    private static final Pattern LINE =
            Pattern.compile("(\"(?:[^\"]|\"\")*\"|[^,\"]*),sha256=([A-Za-z0-9_-]{43}),\\d*");

    /**
     * A file that the record vouches for.
     *
     * @param digest in hexadecimal
     */
    record Entry(String path, String digest) {}

    /** Reads the one record of a wheel. */
    static WheelRecord of(Path wheel) throws IOException, SourceFault {
        try (var zip = new ZipFile(wheel.toFile())) {
            ZipEntry record = zip.stream()
                    .filter(e -> e.getName().matches("[^/]+\\.dist-info/RECORD"))
                    .findFirst()
                    .orElseThrow(() -> new SourceFault("the wheel has no RECORD"));
            try (var in = zip.getInputStream(record)) {
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    /** Reads the lines with a SHA-256; others vouch for nothing (the record's own line has no digest). */
    static WheelRecord parse(String text) {
        var entries = new ArrayList<Entry>();
        text.lines().map(LINE::matcher).filter(Matcher::matches).forEach(m -> {
            String path = m.group(1);
            if (path.startsWith("\"")) {
                path = path.substring(1, path.length() - 1).replace("\"\"", "\"");
            }
            entries.add(new Entry(path, hex(m.group(2))));
        });
        return new WheelRecord(entries);
    }

    private static String hex(String base64) {
        return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(base64));
    }

    /** The one file that is called as the executable is. */
    Entry executable() throws SourceFault {
        List<Entry> named = entries.stream()
                .filter(e -> e.path().matches("(.*/)?nats-server(\\.exe)?"))
                .toList();
        if (named.size() != 1) {
            throw new SourceFault("the wheel's RECORD names " + named.size() + " nats-server executables, not one");
        }
        return named.get(0);
    }
}
