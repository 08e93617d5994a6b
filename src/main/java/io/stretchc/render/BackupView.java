package io.stretchc.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.backup.BackupManifest;
import io.stretchc.diag.Quote;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came of a backup, stream by stream. {@code format} of the JSON counts up when a reader would have to change. */
public record BackupView(List<Line> lines) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public BackupView {
        lines = lines.stream()
                .sorted(Comparator.comparing(Line::account).thenComparing(Line::stream))
                .toList();
    }

    /** What was done with a stream. */
    public enum Outcome {
        /** A backup was made. */
        MADE,
        /** There was one already, and nothing changed since. */
        UNCHANGED,
        /** There is none of now. */
        MISSING
    }

    /**
     * A stream.
     *
     * @param manifest of its backup; none where it is missing
     * @param why it is missing, as half a sentence
     */
    public record Line(
            String account,
            String stream,
            Outcome outcome,
            @Nullable BackupManifest manifest,
            String why) {}

    /** Whether a stream is missing. */
    public boolean complete() {
        return lines.stream().noneMatch(l -> l.outcome() == Outcome.MISSING);
    }

    /** A line for each stream. */
    public String text() {
        var text = new StringBuilder();
        for (Line line : lines) {
            BackupManifest m = line.manifest();
            text.append(Quote.plain(line.account()))
                    .append(' ')
                    .append(Quote.plain(line.stream()))
                    .append(": ");
            if (m == null) {
                text.append("NOT BACKED UP: ")
                        .append(Quote.sentence(line.why()))
                        .append('\n');
                continue;
            }
            text.append(count(m.state().messages(), "message"))
                    .append(", last sequence ")
                    .append(m.state().lastSequence())
                    .append(", ")
                    .append(count(m.consumers().size(), "consumer"))
                    .append(", ")
                    .append(size(m.files().stream()
                            .mapToLong(BackupManifest.FileSum::bytes)
                            .sum()))
                    .append(line.outcome() == Outcome.UNCHANGED ? "; there already, unchanged since " + m.taken() : "")
                    .append('\n');
        }
        return text.toString();
    }

    /** One JSON document. */
    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        root.put("complete", complete());
        ArrayNode streams = root.putArray("streams");
        for (Line line : lines) {
            ObjectNode one = streams.addObject();
            one.put("account", line.account());
            one.put("stream", line.stream());
            one.put("outcome", line.outcome().name().toLowerCase(Locale.ROOT));
            BackupManifest m = line.manifest();
            if (m == null) {
                one.put("why", line.why());
                continue;
            }
            one.put("taken", m.taken().toString());
            one.put("messages", m.state().messages());
            one.put("first_sequence", m.state().firstSequence());
            one.put("last_sequence", m.state().lastSequence());
            one.put("consumers", m.consumers().size());
            m.files().forEach(f -> one.put(f.name(), f.sha256()));
        }
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private static String count(long n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    /** In decimal units, as disks are sold. */
    public static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        String[] units = {"kB", "MB", "GB", "TB", "PB"};
        double value = bytes;
        int unit = -1;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
