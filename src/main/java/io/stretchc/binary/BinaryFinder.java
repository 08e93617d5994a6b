package io.stretchc.binary;

import io.stretchc.topology.ServerVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds a nats-server of a wanted version: {@code STRETCHC_NATS_SERVER}, then {@code PATH}, then the tool's cache; and,
 * only when asked to, fetches it into the cache. Every candidate is asked its version; the name of a file proves nothing.
 */
public final class BinaryFinder {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private final Consumer<String> progress;
    private final InstantSource clock;
    private final BinaryCache cache;
    private final VersionProbe probe;
    private final Candidates candidates;
    private final List<BinarySource> sources;

    /**
     * A finder.
     *
     * @param environment the variables and the {@code PATH} that decide; also those of every program that is run
     * @param progress takes a line for whatever takes time or is passed over
     * @param clock tells how long fetching took
     * @throws BinaryFault when there is no place for a cache
     */
    public BinaryFinder(Map<String, String> environment, Consumer<String> progress, InstantSource clock)
            throws BinaryFault {
        this(environment, progress, clock, Sources.of(environment), ANSWER_LIMIT);
    }

    BinaryFinder(
            Map<String, String> environment,
            Consumer<String> progress,
            InstantSource clock,
            List<BinarySource> sources,
            Duration answerLimit)
            throws BinaryFault {
        this.progress = progress;
        this.clock = clock;
        this.sources = List.copyOf(sources);
        cache = BinaryCache.of(environment);
        probe = new VersionProbe(new ProcessRunner(environment), answerLimit);
        candidates = new Candidates(environment, cache, probe);
    }

    /**
     * The binary at a path that the caller was given.
     *
     * @throws BinaryFault when it is missing, cannot be run, or is of another version
     */
    public ServerBinary at(Path path, WantedVersion wanted) throws BinaryFault {
        ServerBinary binary = candidates.named(path, Origin.GIVEN, "the caller");
        if (!wanted.matches(binary.version())) {
            throw new BinaryFault(
                    "The nats-server binary " + path + " is " + binary.version() + ", and " + wanted + " is wanted.",
                    List.of(),
                    List.of("Name a binary of that version, or name none."));
        }
        return binary;
    }

    /**
     * What is on the machine; never fetches.
     *
     * @throws BinaryFault when {@code STRETCHC_NATS_SERVER} names something that is no usable nats-server
     */
    public Optional<ServerBinary> find(WantedVersion wanted) throws BinaryFault {
        return candidates.first(wanted, progress);
    }

    /** All that is on the machine, in the order in which it would be asked; never fetches. */
    public List<ServerBinary> findAll() throws BinaryFault {
        return candidates.all(progress);
    }

    /** What is on the machine, else what the first source that has it gives. */
    public ServerBinary fetch(WantedVersion wanted) throws BinaryFault {
        var notes = new ArrayList<String>();
        Optional<ServerBinary> here = candidates.first(wanted, progress.andThen(notes::add));
        if (here.isPresent()) {
            return here.get();
        }
        if (wanted.line()) {
            throw new BinaryFault(
                    "There is no nats-server " + wanted + ".x on this machine, and which one to fetch is not said.",
                    notes,
                    List.of("Ask for a release, such as " + wanted + ".1."));
        }
        ServerVersion version = wanted.lowest();
        return cache.alone(version, progress, () -> {
            // whoever held the place before may have filled it
            Optional<ServerBinary> now = candidates.cached(version, line -> {});
            return now.isPresent() ? now.get() : obtain(version, sources, notes);
        });
    }

    /** Fetches a release from one source, even when it is on the machine already, and replaces what the cache has. */
    public ServerBinary fetchFrom(SourceName name, ServerVersion version) throws BinaryFault {
        List<BinarySource> one = sources.stream().filter(s -> s.name() == name).toList();
        return cache.alone(version, progress, () -> obtain(version, one, List.of()));
    }

    private ServerBinary obtain(ServerVersion version, List<BinarySource> from, List<String> notes) throws BinaryFault {
        var reasons = new ArrayList<>(notes);
        for (BinarySource source : from) {
            String title = source.name().title();
            progress.accept("nats-server " + version + ": " + source.name().doing());
            Instant start = clock.instant();
            try (var work = new WorkDirectory()) {
                Path place = cache.install(version, source.get(version, work.path()), probe);
                progress.accept("nats-server " + version + ": from " + title + ", in "
                        + seconds(Duration.between(start, clock.instant())));
                return new ServerBinary(place, version, Origin.CACHE);
            } catch (SourceFault e) {
                reasons.add(title + ": " + e.reason());
                progress.accept("nats-server " + version + ": not from " + title + ": " + e.reason());
            } catch (IOException e) {
                throw cache.unusable(e);
            }
        }
        throw new BinaryFault("nats-server " + version + " could not be had.", reasons, byHand(version));
    }

    private List<String> byHand(ServerVersion version) {
        return List.of(
                "To provide it by hand, do one of these:",
                "  set " + Candidates.VARIABLE + " to the path of such a binary (several are joined by `"
                        + File.pathSeparator + "`)",
                "  put such a `nats-server` on PATH",
                "  put it at " + cache.place(version));
    }

    private static String seconds(Duration time) {
        return String.format(java.util.Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
