package io.stretchc.snapshot;

/**
 * Something that could not be seen.
 *
 * @param subject of what, such as {@code account ORDERS} or {@code server us_1}
 * @param reason in a few words
 */
public record Gap(String subject, String reason) implements Comparable<Gap> {
    @Override
    public int compareTo(Gap other) {
        int bySubject = subject.compareTo(other.subject);
        return bySubject != 0 ? bySubject : reason.compareTo(other.reason);
    }
}
