package io.stretchc.render;

/** A sentence broken between words, so that it fits on a screen beside others. */
final class Paragraph {
    private static final int WIDTH = 90;

    private Paragraph() {}

    /**
     * The sentence as lines.
     *
     * @param first what the first line begins with
     * @param rest what the others begin with
     */
    static String of(String first, String rest, String text) {
        var all = new StringBuilder();
        var line = new StringBuilder(first);
        int empty = first.length();
        for (String word : text.split(" ", -1)) {
            if (line.length() > empty && line.length() + 1 + word.length() > WIDTH) {
                all.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(rest);
                empty = rest.length();
            }
            if (line.length() > empty) {
                line.append(' ');
            }
            line.append(word);
        }
        return all.append(line.toString().stripTrailing()).append('\n').toString();
    }
}
