package io.stretchc.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** A ledger as a test reads it, by its own means. */
record LedgerFileLines(Path file) {
    /** Writer and counter of each message that a stream has acknowledged so far. */
    Set<String> acked(String stream) {
        var acked = new TreeSet<String>();
        try {
            String text = Files.readString(file);
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> {
                if (line.startsWith("{\"entry\":\"ack\"")) {
                    JsonNode entry = SystemView.json(line);
                    if (entry.path("stream").asText().equals(stream)) {
                        acked.add(entry.path("writer").asText() + ":"
                                + entry.path("n").asLong());
                    }
                }
            });
        } catch (NoSuchFileException e) {
            return acked;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return acked;
    }
}
