package io.stretchc.lab;

import java.util.Optional;
import java.util.regex.Pattern;

/** Name of a lab on this machine, which is also the name of its directory. */
public record LabName(String text) implements Comparable<LabName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}");
    private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9_.-]");
    private static final int LONGEST = 64;

    /** Reads a name; empty if it is none. */
    public static Optional<LabName> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new LabName(text)) : Optional.empty();
    }

    /** The name of the lab of a cluster, unless somebody gives another. */
    public static LabName ofCluster(String cluster) {
        String name = OTHER.matcher(cluster).replaceAll("_");
        String bounded = name.substring(0, Math.min(LONGEST, name.length()));
        return new LabName(bounded.startsWith(".") ? "_" + bounded.substring(1) : bounded.isEmpty() ? "_" : bounded);
    }

    @Override
    public int compareTo(LabName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
