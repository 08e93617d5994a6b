package io.stretchc.topology;

/** Name of a stream, unique within its account. */
public record StreamName(String text) {
    @Override
    public String toString() {
        return text;
    }
}
