package io.stretchc.cli;

import io.stretchc.binary.WantedVersion;
import io.stretchc.diag.Quote;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a release or a line of nats-server from the command line. */
final class WantedVersionOption implements ITypeConverter<WantedVersion> {
    @Override
    public WantedVersion convert(String value) {
        return WantedVersion.parse(value)
                .orElseThrow(() -> new TypeConversionException(
                        Quote.of(value) + " is not a version such as 2.12.15, or a line such as 2.12"));
    }
}
