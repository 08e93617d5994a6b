package io.stretchc.cli;

import io.stretchc.binary.SourceName;
import io.stretchc.diag.Quote;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a source of binaries from the command line. */
final class SourceOption implements ITypeConverter<SourceName> {
    @Override
    public SourceName convert(String value) {
        return Arrays.stream(SourceName.values())
                .filter(s -> name(s).equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(Quote.of(value) + " is none of "
                        + Arrays.stream(SourceName.values())
                                .map(SourceOption::name)
                                .collect(Collectors.joining(", "))));
    }

    private static String name(SourceName source) {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
