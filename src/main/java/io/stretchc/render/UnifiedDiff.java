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
                nameBefore.isEmpty() ? "/dev/null" : "a/" + nameBefore,
                nameAfter.isEmpty() ? "/dev/null" : "b/" + nameAfter,
                a,
                DiffUtils.diff(a, b),
                CONTEXT);
        return diff.isEmpty() ? "" : String.join("\n", diff) + "\n";
    }

    private static List<String> lines(String text) {
        var lines = new ArrayList<String>(text.lines().toList());
        if (!text.isEmpty() && !text.endsWith("\n")) {
            lines.set(lines.size() - 1, lines.get(lines.size() - 1) + "\n\\ No newline at end of file");
        }
        return lines;
    }
}
