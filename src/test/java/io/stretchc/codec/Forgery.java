package io.stretchc.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Plan files that somebody edited, and gave the id that their new content has. */
public final class Forgery {
    private static final int HEAD = 3;

    private Forgery() {}

    /**
     * A file, one thing of which was changed.
     *
     * @param place the line that was changed, as it was
     */
    public record Edit(String place, String yaml) {}

    /** With each list that is not empty made empty. */
    public static List<Edit> emptied(String yaml) {
        List<String> lines = lines(yaml);
        var edits = new ArrayList<Edit>();
        for (int i = HEAD; i + 1 < lines.size(); i++) {
            int indent = indent(lines.get(i));
            if (lines.get(i).endsWith(":") && lines.get(i + 1).startsWith(" ".repeat(indent + 2) + "-")) {
                int end = i + 1;
                while (end < lines.size() && indent(lines.get(end)) > indent) {
                    end++;
                }
                var edited = new ArrayList<>(lines.subList(0, i));
                edited.add(lines.get(i) + " []");
                edited.addAll(lines.subList(end, lines.size()));
                edits.add(new Edit((i + 1) + ": " + lines.get(i), sealed(edited)));
            }
        }
        return edits;
    }

    /** With another text in each place that holds one, one of places that look alike; each place meets one of the texts. */
    public static List<Edit> retold(String yaml, List<String> texts) {
        var edits = new ArrayList<Edit>();
        for (int line : places(yaml, false)) {
            edits.add(edit(yaml, line, CanonicalYaml.quoted(texts.get(line % texts.size()))));
        }
        return edits;
    }

    /** With another number in each place that holds one, one of places that look alike. */
    public static List<Edit> renumbered(String yaml, long number) {
        return places(yaml, true).stream()
                .map(line -> edit(yaml, line, String.valueOf(number)))
                .toList();
    }

    /** With another text in all those places, one of which look alike, where it passes. */
    public static String retold(String yaml, String text, Predicate<Edit> passes) {
        String forged = yaml;
        for (int line : places(yaml, false)) {
            Edit next = edit(forged, line, CanonicalYaml.quoted(text));
            forged = passes.test(next) ? next.yaml() : forged;
        }
        return forged;
    }

    private static Edit edit(String yaml, int line, String value) {
        List<String> lines = lines(yaml);
        String old = lines.get(line);
        var edited = new ArrayList<>(lines);
        edited.set(line, old.substring(0, value(old)) + " " + value);
        return new Edit((line + 1) + ": " + old, sealed(edited));
    }

    /** Where the value begins. */
    private static int value(String line) {
        return line.strip().startsWith("- ") ? indent(line) + 1 : line.indexOf(':') + 1;
    }

    private static List<Integer> places(String yaml, boolean numbers) {
        List<String> lines = lines(yaml);
        var seen = new TreeSet<String>();
        var places = new ArrayList<Integer>();
        String kind = "";
        String key = "";
        for (int i = HEAD; i < lines.size(); i++) {
            String line = lines.get(i);
            String body = line.strip();
            if (body.equals("-")) {
                continue;
            }
            if (!body.startsWith("- ")) {
                key = body.substring(0, body.indexOf(':'));
            }
            if (key.equals("kind")) {
                kind = body;
            }
            String value = line.substring(value(line)).strip();
            boolean none = value.isEmpty() || value.equals("[]") || value.equals("{}");
            if (!none && value.matches("-?[0-9]+") == numbers && seen.add(kind + " " + indent(line) + " " + key)) {
                places.add(i);
            }
        }
        return places;
    }

    private static List<String> lines(String yaml) {
        return Arrays.asList(yaml.split("\n"));
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static String sealed(List<String> lines) {
        String body = String.join("\n", lines.subList(HEAD, lines.size())) + "\n";
        var digest = PlanText.digest();
        digest.update(body.getBytes(StandardCharsets.UTF_8));
        return new String(PlanText.head(PlanText.id(digest)), StandardCharsets.UTF_8) + body;
    }
}
