package io.stretchc.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A trivial text archive: a comment, then files, each under a line {@code -- name --}.
 *
 * @param files by name, in the order of the archive; every text ends with a newline or is empty
 */
record Txtar(String comment, Map<String, String> files) {
    private static final Pattern MARKER = Pattern.compile("(?m)^-- (\\S+) --\\n");

    static Txtar parse(String text) {
        Matcher m = MARKER.matcher(text);
        var files = new LinkedHashMap<String, String>();
        String comment = text;
        String name = "";
        int from = 0;
        while (m.find()) {
            comment = keep(text.substring(from, m.start()), name, comment, files);
            name = m.group(1);
            from = m.end();
        }
        comment = keep(text.substring(from), name, comment, files);
        return new Txtar(comment, files);
    }

    private static String keep(String part, String name, String comment, Map<String, String> files) {
        if (name.isEmpty()) {
            return part;
        }
        if (files.put(name, part) != null) {
            throw new IllegalArgumentException("the archive has two files of the name " + name);
        }
        return comment;
    }

    /** The archive as text again. */
    String render() {
        var text = new StringBuilder(comment);
        files.forEach((name, content) ->
                text.append("-- ").append(name).append(" --\n").append(content));
        return text.toString();
    }
}
