package io.stretchc.drive;

import io.stretchc.apply.Driver;
import io.stretchc.compile.TagsLine;
import io.stretchc.diag.Quote;
import io.stretchc.topology.ServerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Writes tags into a server's configuration: one line, and the whole file at once or not at all. */
final class ServerTags {
    private ServerTags() {}

    static Driver.Outcome write(Path file, ServerName server, List<String> tags) {
        try {
            String before = Files.readString(file);
            Optional<String> after = TagsLine.changed(before, tags);
            if (after.isEmpty()) {
                return new Driver.Outcome.Failed("The configuration " + file + " of " + Quote.of(server)
                        + " has neither a line `server_tags: [...]` nor one `server_name: ...`: compile it anew.");
            }
            if (!after.get().equals(before)) {
                Path directory =
                        java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
                Path made = Files.createTempFile(directory, ".tags", ".tmp");
                try {
                    Files.writeString(made, after.get());
                    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } finally {
                    Files.deleteIfExists(made);
                }
            }
            return new Driver.Outcome.Acted(
                    "the tags of " + Quote.of(server) + " in " + file + " are " + Quote.all(tags) + ".");
        } catch (IOException e) {
            return new Driver.Outcome.Failed("The configuration " + file + " of " + Quote.of(server)
                    + " cannot be read and written: check that it is there, and its permissions.");
        }
    }
}
