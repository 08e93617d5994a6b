package io.stretchc.cli;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Span;
import io.stretchc.syntax.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text file as read, or the finding that says why it could not be.
 *
 * @param name as the user gave it
 */
record SourceText(String name, @Nullable String text, List<Diagnostic> diagnostics) {
    private static final int LIMIT = YamlReader.MAX_CHARACTERS;

    /** Reads a file, or standard input for {@code -}; never more than the limit. */
    static SourceText read(String name, InputStream standardInput) {
        try {
            byte[] bytes;
            if (name.equals("-")) {
                bytes = standardInput.readNBytes(LIMIT + 1);
            } else {
                Path file = Path.of(name);
                if (Files.isDirectory(file)) {
                    return unreadable(name, "it is a directory", "Name a topology file in it.");
                }
                try (InputStream in = Files.newInputStream(file)) {
                    bytes = in.readNBytes(LIMIT + 1);
                }
            }
            if (bytes.length > LIMIT) {
                return new SourceText(name, null, YamlReader.tooLarge(name).diagnostics());
            }
            return decode(name, bytes);
        } catch (NoSuchFileException e) {
            return unreadable(
                    name, "there is no such file", "Check the name, or run `stretchc init` for a first topology.");
        } catch (IOException | InvalidPathException e) {
            String why = e instanceof IOException ? "it cannot be opened" : "the name is not a path";
            return unreadable(name, why, "Check the name and its permissions.");
        }
    }

    private static SourceText decode(String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SourceText(name, text.startsWith("\uFEFF") ? text.substring(1) : text, List.of());
        } catch (CharacterCodingException e) {
            return unreadable(name, "it is not UTF-8 text", "Save it as UTF-8.");
        }
    }

    private static SourceText unreadable(String name, String why, String fix) {
        String message = "The file " + io.stretchc.diag.Quote.of(name) + " cannot be read: " + why + ".";
        var d = new Diagnostic(Code.FS101, Code.FS101.severity(), name, Span.START, message, fix, List.of());
        return new SourceText(name, null, List.of(d));
    }
}
