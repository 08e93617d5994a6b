package io.stretchc.ledger;

/** Consecutive messages of one writer, by counter, both ends included. */
public record Interval(String writer, long first, long last) {
    /** How many. */
    public long size() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return writer + ":" + first + (last == first ? "" : "-" + last);
    }
}
