package io.stretchc.topology;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes; -1 means no limit. */
public record Bytes(long count) {
    private static final Pattern FORM = Pattern.compile("(-1|\\d{1,18})(?: ?([KMGT])(B|I|IB)?)?");

    /**
     * Reads {@code 10GB} as nats-server does (2.9 to 2.15): {@code K M G T} are powers of 1,000, followed by {@code B},
     * {@code i} or {@code iB} of 1,024; case does not matter.
     */
    public static Optional<Bytes> parse(String text) {
        Matcher m = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!m.matches()) {
            return Optional.empty();
        }
        int power = m.group(2) == null ? 0 : "KMGT".indexOf(m.group(2)) + 1;
        long base = m.group(3) == null ? 1000 : 1024;
        try {
            long count = Long.parseLong(m.group(1));
            for (int i = 0; i < power; i++) {
                count = Math.multiplyExact(count, base);
            }
            return count < 0 && power > 0 ? Optional.empty() : Optional.of(new Bytes(count));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }
}
