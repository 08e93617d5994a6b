package io.stretchc.render;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells, each column as wide as its widest cell; the last column as it comes. */
final class Columns {
    private static final String GAP = "  ";

    private final List<List<String>> lines = new ArrayList<>();

    Columns add(String... cells) {
        lines.add(List.of(cells));
        return this;
    }

    /** The lines, each behind the indent, without blanks at the end. */
    String text(String indent) {
        var text = new StringBuilder();
        for (List<String> line : lines) {
            var one = new StringBuilder(indent);
            for (int i = 0; i < line.size(); i++) {
                one.append(line.get(i));
                if (i < line.size() - 1) {
                    one.append(" ".repeat(width(i) - length(line.get(i)))).append(GAP);
                }
            }
            text.append(one.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return lines.stream()
                .filter(l -> column < l.size() - 1)
                .mapToInt(l -> length(l.get(column)))
                .max()
                .orElse(0);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
