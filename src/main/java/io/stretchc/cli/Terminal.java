package io.stretchc.cli;

/**
 * Which of the two output streams a person looks at. The launcher tells, since Java alone cannot: before 22 it answers
 * for both at once, from 22 on it always says yes.
 */
public record Terminal(boolean out, boolean err) {
    /** Neither: files and pipes. */
    public static final Terminal NONE = new Terminal(false, false);

    /** Reads the launcher's word: {@code out}, {@code err}, both joined by a comma, or nothing. */
    static Terminal of(String property) {
        return new Terminal(property.contains("out"), property.contains("err"));
    }
}
