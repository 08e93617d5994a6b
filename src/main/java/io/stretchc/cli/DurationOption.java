package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.topology.Age;
import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time from the command line, such as {@code 30s} or {@code 5m}: some, and at most a week. */
final class DurationOption implements ITypeConverter<Duration> {
    private static final BigDecimal LONGEST =
            BigDecimal.valueOf(Duration.ofDays(7).toNanos());

    @Override
    public Duration convert(String value) {
        return Age.parse(value)
                .filter(a -> !a.none() && a.nanoseconds().compareTo(LONGEST) <= 0)
                .map(a -> Duration.ofNanos(a.nanoseconds().longValue()))
                .orElseThrow(() -> new TypeConversionException(
                        Quote.of(value) + " is not a length of time such as 30s or 5m, at most 7d"));
    }
}
