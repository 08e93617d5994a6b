package io.stretchc.binary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The package sources that this machine is set up with, in both forms that apt reads (sources.list(5)). */
record AptSources(List<AptEntry> entries) {
    private static final Pattern LINE = Pattern.compile("deb\\s+(?:\\[([^]]*)]\\s+)?(\\S+)\\s+(\\S+)\\s*(.*)");
    private static final Pattern SIGNED_BY = Pattern.compile("(?:^|\\s)signed-by=(\\S+)", Pattern.CASE_INSENSITIVE);

    /** Reads {@code sources.list} and {@code sources.list.d} of apt's directory; files it cannot read hold nothing. */
    static AptSources read(Path apt) {
        var entries = new ArrayList<AptEntry>(oneLine(text(apt.resolve("sources.list"))));
        try (Stream<Path> parts = Files.list(apt.resolve("sources.list.d"))) {
            for (Path part : parts.sorted().toList()) {
                String name = part.toString();
                if (name.endsWith(".list")) {
                    entries.addAll(oneLine(text(part)));
                } else if (name.endsWith(".sources")) {
                    entries.addAll(deb822(text(part)));
                }
            }
        } catch (IOException e) {
            // no such directory: only the one file
        }
        return new AptSources(List.copyOf(entries));
    }

    /** The entry that is most surely Debian's archive. */
    Optional<AptEntry> debian() {
        return entries.stream()
                .filter(e -> e.likeness() > 0)
                .sorted(Comparator.comparingInt(AptEntry::likeness).reversed())
                .findFirst();
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** {@code deb [signed-by=FILE] URI SUITE COMPONENT...}, an entry a line. */
    static List<AptEntry> oneLine(String text) {
        var entries = new ArrayList<AptEntry>();
        for (String line : text.lines().toList()) {
            Matcher m = LINE.matcher(line.replaceFirst("#.*", "").strip());
            if (m.matches()) {
                Matcher signed = SIGNED_BY.matcher(m.group(1) == null ? "" : m.group(1));
                String signedBy = signed.find() ? signed.group(1).replace(',', ' ') : "";
                entries.add(new AptEntry(List.of(m.group(2)), List.of(m.group(3)), words(m.group(4)), signedBy));
            }
        }
        return entries;
    }

    /** Stanzas of {@code Field: value} lines, parted by empty lines; a line that begins with a blank goes on. */
    static List<AptEntry> deb822(String text) {
        var entries = new ArrayList<AptEntry>();
        SortedMap<String, String> stanza = new TreeMap<>();
        String field = "";
        for (String line : Stream.concat(text.lines(), Stream.of("")).toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (line.isBlank()) {
                entry(stanza).ifPresent(entries::add);
                stanza.clear();
                field = "";
            } else if (Character.isWhitespace(line.charAt(0))) {
                stanza.merge(field, line, (a, b) -> a + "\n" + b);
            } else if (colon > 0) {
                field = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                stanza.put(field, line.substring(colon + 1).strip());
            }
        }
        return entries;
    }

    private static Optional<AptEntry> entry(SortedMap<String, String> stanza) {
        boolean off = stanza.getOrDefault("enabled", "yes").matches("(?i)no|false|off|0|without|disable");
        List<String> uris = words(stanza.getOrDefault("uris", ""));
        if (off || uris.isEmpty() || !words(stanza.getOrDefault("types", "")).contains("deb")) {
            return Optional.empty();
        }
        return Optional.of(new AptEntry(
                uris,
                words(stanza.getOrDefault("suites", "")),
                words(stanza.getOrDefault("components", "")),
                stanza.getOrDefault("signed-by", "")));
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split("\\s+")).filter(w -> !w.isEmpty()).toList();
    }
}
