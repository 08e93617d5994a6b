package io.stretchc.render;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;

/** Two texts as a unified diff, as {@code git} and {@code patch} understand it. */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;

    private UnifiedDiff() {}

    /** The diff; an empty name of a side stands for a file that is not there. */
    public static String of(String nameBefore, String nameAfter, String before, String after) {
        List<String> a = lines(before);
        List<String> b = lines(after);
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                name("a/", nameBefore), name("b/", nameAfter), a, DiffUtils.diff(a, b), CONTEXT);
        if (diff.isEmpty()) {
            return "";
        }
        var text = new ArrayList<>(diff);
        // the library counts the lines of an empty text from 1, patch and git from 0
        text.set(2, text.get(2).replace("@@ -1,0 ", "@@ -0,0 ").replace(" +1,0 @@", " +0,0 @@"));
        return String.join("\n", text) + "\n";
    }

    /** A name with a space is followed by a tab, or {@code patch} would take the rest for a date. */
    private static String name(String side, String name) {
        if (name.isEmpty()) {
            return "/dev/null";
        }
        String relative = name.replaceFirst("^/+", "");
        return side + relative + (relative.contains(" ") ? "\t" : "");
    }

    /** Lines end at line feeds only: a carriage return is part of its line, and a difference like any other. */
    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        boolean ended = text.endsWith("\n");
        String whole = ended ? text.substring(0, text.length() - 1) : text;
        var lines = new ArrayList<>(List.of(whole.split("\n", -1)));
        if (!ended) {
            lines.set(lines.size() - 1, lines.get(lines.size() - 1) + "\n\\ No newline at end of file");
        }
        return lines;
    }
}
