package io.stretchc.binary;

import io.stretchc.topology.ServerVersion;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The version that somebody asks for: {@code 2.12.15} is that release and no other, {@code 2.12} any release of the
 * line. Only a release can be fetched: what the newest of a line is, no source could be asked without the network.
 *
 * @param lowest the release, or the first of the line
 * @param line whether any release of the line will do
 */
public record WantedVersion(ServerVersion lowest, boolean line) {
    private static final Pattern LINE = Pattern.compile("v?\\d+\\.\\d+");

    /** Exactly this release. */
    public static WantedVersion exactly(ServerVersion version) {
        return new WantedVersion(version, false);
    }

    /** Reads {@code 2.12.15} or {@code 2.12}, with or without a leading {@code v}. */
    public static Optional<WantedVersion> parse(String text) {
        boolean line = LINE.matcher(text).matches();
        return ServerVersion.parse(text).map(v -> new WantedVersion(v, line));
    }

    /** Whether this version will do. */
    public boolean matches(ServerVersion version) {
        return line ? version.major() == lowest.major() && version.minor() == lowest.minor() : version.equals(lowest);
    }

    @Override
    public String toString() {
        return line ? lowest.major() + "." + lowest.minor() : lowest.toString();
    }
}
