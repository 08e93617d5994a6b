package io.stretchc.nats;

import io.stretchc.diag.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small files that logins consist of; the fault names the file and never shows what is in it. */
final class TextFile {
    private static final int LIMIT = 1 << 20;
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)\\}|(\\w+))");

    private TextFile() {}

    static String read(String what, String path) throws LoginFault {
        try {
            Path file = Path.of(path);
            if (Files.isDirectory(file)) {
                throw unreadable(what, path, "it is a directory");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LIMIT + 1);
                if (bytes.length > LIMIT) {
                    throw unreadable(what, path, "it is far too large");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (NoSuchFileException e) {
            throw unreadable(what, path, "there is no such file");
        } catch (IOException e) {
            throw unreadable(what, path, "it cannot be opened");
        } catch (InvalidPathException e) {
            throw unreadable(what, path, "the name is not a path");
        }
    }

    static LoginFault unreadable(String what, String path, String why) {
        return new LoginFault("The " + what + " " + Quote.of(path) + " cannot be used: " + why + ".");
    }

    /** A path with {@code ~} and variables replaced, as the {@code nats} CLI does. */
    static String expand(String path, Map<String, String> environment) {
        Matcher m = VARIABLE.matcher(path);
        String text = m.replaceAll(r ->
                Matcher.quoteReplacement(environment.getOrDefault(r.group(1) == null ? r.group(2) : r.group(1), "")));
        return text.startsWith("~") ? environment.getOrDefault("HOME", "~") + text.substring(1) : text;
    }
}
