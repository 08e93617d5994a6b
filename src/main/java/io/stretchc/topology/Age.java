package io.stretchc.topology;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as the topology writes it: Go's form, such as {@code 1h30m} or {@code 0.5s}, and {@code d} for days. */
public record Age(BigDecimal nanoseconds) implements Comparable<Age> {
    private static final Pattern PART = Pattern.compile("(\\d{1,30}(?:\\.\\d{1,30})?)(ns|us|ms|s|m|h|d)");
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);

    /** Reads a length of time; empty if the text is none. */
    public static Optional<Age> parse(String text) {
        var sum = BigDecimal.ZERO;
        Matcher m = PART.matcher(text);
        int end = 0;
        while (m.find() && m.start() == end) {
            sum = sum.add(new BigDecimal(m.group(1))
                    .multiply(BigDecimal.valueOf(Objects.requireNonNull(UNITS.get(m.group(2))))));
            end = m.end();
        }
        return end == 0 || end < text.length() ? Optional.empty() : Optional.of(new Age(sum.stripTrailingZeros()));
    }

    /** Whether it is no time at all, which for the age of messages means without bound. */
    public boolean none() {
        return nanoseconds.signum() == 0;
    }

    @Override
    public int compareTo(Age other) {
        return nanoseconds.compareTo(other.nanoseconds);
    }
}
