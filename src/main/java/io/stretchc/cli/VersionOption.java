package io.stretchc.cli;

import io.stretchc.topology.ServerVersion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a nats-server version from the command line. */
final class VersionOption implements ITypeConverter<ServerVersion> {
    @Override
    public ServerVersion convert(String value) {
        return ServerVersion.parse(value)
                .orElseThrow(() -> new TypeConversionException("`" + value + "` is not a version such as 2.12.15"));
    }
}
