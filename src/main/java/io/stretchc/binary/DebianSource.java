package io.stretchc.binary;

import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The package {@code nats-server} of a Debian suite, from the mirror that the machine is set up with. A released suite
 * keeps to the line that it was released with (bookworm 2.9, trixie 2.10), so it is asked for that line only; sid moves,
 * and is asked for every other version. An answer costs an update of 9 to 11 MB, and is remembered.
 */
final class DebianSource implements BinarySource {
    private static final List<Suite> SUITES = List.of(new Suite("bookworm", "2.9."), new Suite("trixie", "2.10."));
    private static final String MOVING = "sid";
    private final Map<String, String> environment;
    private final Path etc;
    private final SortedMap<String, List<String>> known = new TreeMap<>();

    private record Suite(String name, String line) {}

    /**
     * A source.
     *
     * @param etc apt's directory of settings
     */
    DebianSource(Map<String, String> environment, Path etc) {
        this.environment = environment;
        this.etc = etc;
    }

    @Override
    public SourceName name() {
        return SourceName.DEBIAN;
    }

    @Override
    public Path get(ServerVersion version, Path work) throws SourceFault, IOException {
        var path = new SearchPath(environment);
        path.need("apt-get");
        AptEntry mirror = AptSources.read(etc)
                .debian()
                .orElseThrow(() -> new SourceFault("apt has no source of Debian's main packages here"));
        var own = new TreeMap<>(environment);
        own.put("LC_ALL", "C");
        var runner = new ProcessRunner(own);
        var has = new ArrayList<String>();
        for (String suite : suites(version)) {
            List<String> before = known.get(suite);
            if (before == null || pick(before, version).isPresent()) {
                var apt = Apt.of(runner, path, mirror, suite, Files.createDirectory(work.resolve(suite)));
                List<String> now = apt.versions();
                known.put(suite, now);
                Optional<String> match = pick(now, version);
                if (match.isPresent()) {
                    return executable(apt.unpacked(match.get()));
                }
            }
            List<String> other = known.getOrDefault(suite, List.of());
            has.add(suite + " has " + (other.isEmpty() ? "none" : String.join(", ", other)));
        }
        throw new SourceFault("no suite has it: " + String.join("; ", has));
    }

    /** The suites that may have a version, the likeliest first. */
    static List<String> suites(ServerVersion version) {
        return Stream.concat(
                        SUITES.stream()
                                .filter(s -> version.toString().startsWith(s.line()))
                                .map(Suite::name),
                        Stream.of(MOVING))
                .toList();
    }

    private static Optional<String> pick(List<String> debianVersions, ServerVersion wanted) {
        return debianVersions.stream()
                .filter(v -> upstream(v).equals(wanted.toString()))
                .findFirst();
    }

    /** {@code 1:2.10.27+ds-1+b2} without the epoch, Debian's revision, and the mark of a repacked source. */
    static String upstream(String debianVersion) {
        String text = debianVersion.substring(debianVersion.indexOf(':') + 1);
        int revision = text.lastIndexOf('-');
        return (revision < 0 ? text : text.substring(0, revision)).replaceFirst("\\+(ds|dfsg)[0-9.]*$", "");
    }

    private static Path executable(Path root) throws SourceFault {
        return Stream.of("usr/sbin/nats-server", "usr/bin/nats-server")
                .map(root::resolve)
                .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .orElseThrow(() -> new SourceFault("the package holds no nats-server executable"));
    }
}
