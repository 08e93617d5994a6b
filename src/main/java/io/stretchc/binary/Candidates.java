package io.stretchc.binary;

import io.stretchc.diag.Quote;
import io.stretchc.topology.ServerVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is on the machine already, in the order in which it is asked. A binary that somebody named must work; one that
 * merely lies about on {@code PATH} or in the cache and does not is passed over, and said to be.
 */
final class Candidates {
    static final String VARIABLE = "STRETCHC_NATS_SERVER";
    private final List<Path> named;
    private final SearchPath path;
    private final BinaryCache cache;
    private final VersionProbe probe;

    Candidates(Map<String, String> environment, BinaryCache cache, VersionProbe probe) {
        this.named = SearchPath.split(environment.getOrDefault(VARIABLE, ""));
        this.path = new SearchPath(environment);
        this.cache = cache;
        this.probe = probe;
    }

    /** The first that will do. */
    Optional<ServerBinary> first(WantedVersion wanted, Consumer<String> notes) throws BinaryFault {
        for (Path file : checkedNames()) {
            ServerBinary binary = named(file, Origin.ENVIRONMENT, VARIABLE);
            if (wanted.matches(binary.version())) {
                return Optional.of(binary);
            }
            notes.accept(VARIABLE + " names " + file + ", which is " + binary.version() + ", not " + wanted);
        }
        for (Path file : path.all("nats-server")) {
            Optional<ServerBinary> binary = found(file, Origin.PATH, notes);
            if (binary.isPresent() && wanted.matches(binary.get().version())) {
                return binary;
            }
            binary.ifPresent(b -> notes.accept(file + " on PATH is " + b.version() + ", not " + wanted));
        }
        for (ServerVersion version : cache.versions()) {
            Optional<ServerBinary> binary =
                    wanted.matches(version) ? cached(version, notes) : Optional.<ServerBinary>empty();
            if (binary.isPresent()) {
                return binary;
            }
        }
        return Optional.empty();
    }

    /** All of them. */
    List<ServerBinary> all(Consumer<String> notes) throws BinaryFault {
        var all = new ArrayList<ServerBinary>();
        for (Path file : checkedNames()) {
            all.add(named(file, Origin.ENVIRONMENT, VARIABLE));
        }
        path.all("nats-server").forEach(f -> found(f, Origin.PATH, notes).ifPresent(all::add));
        cache.versions().forEach(v -> cached(v, notes).ifPresent(all::add));
        return all;
    }

    /** What the cache has for a release, if it works. */
    Optional<ServerBinary> cached(ServerVersion version, Consumer<String> notes) {
        Path place = cache.place(version);
        if (!Files.exists(place)) {
            return Optional.empty();
        }
        Optional<ServerBinary> binary = found(place, Origin.CACHE, notes);
        if (binary.isPresent() && !binary.get().version().equals(version)) {
            notes.accept(place + " is " + binary.get().version() + ": passed over");
            return Optional.empty();
        }
        return binary;
    }

    /** A binary that was named and so must work. */
    ServerBinary named(Path file, Origin origin, String by) throws BinaryFault {
        VersionProbe.Answer answer = probe.ask(file);
        ServerVersion version = answer.version();
        if (version == null) {
            throw broken(file, by, answer.problem());
        }
        return new ServerBinary(file.toAbsolutePath().normalize(), version, origin);
    }

    private Optional<ServerBinary> found(Path file, Origin origin, Consumer<String> notes) {
        VersionProbe.Answer answer = probe.ask(file);
        ServerVersion version = answer.version();
        if (version == null) {
            notes.accept(file + " (" + origin + ") is passed over: " + answer.problem());
            return Optional.empty();
        }
        return Optional.of(new ServerBinary(file.toAbsolutePath().normalize(), version, origin));
    }

    /** The names in the variable; all must be there, wherever in the list the wanted one is. */
    private List<Path> checkedNames() throws BinaryFault {
        for (Path file : named) {
            String problem = VersionProbe.problem(file);
            if (!problem.isEmpty()) {
                throw broken(file, VARIABLE, problem);
            }
        }
        return named;
    }

    private static BinaryFault broken(Path file, String by, String problem) {
        return new BinaryFault(
                "The nats-server binary " + Quote.of(file) + ", named by " + by + ", cannot be used: " + problem + ".",
                List.of(),
                List.of("Name an executable nats-server of a released version, or name none."));
    }
}
