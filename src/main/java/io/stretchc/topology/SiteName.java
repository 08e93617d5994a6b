package io.stretchc.topology;

/** Name of a site: a data centre, what can be lost at once. */
public record SiteName(String text) implements Comparable<SiteName> {
    @Override
    public int compareTo(SiteName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
