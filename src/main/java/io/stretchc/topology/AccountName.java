package io.stretchc.topology;

/** Name of an account. */
public record AccountName(String text) {
    @Override
    public String toString() {
        return text;
    }
}
