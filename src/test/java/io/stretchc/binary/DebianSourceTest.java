package io.stretchc.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With stand-ins for apt and dpkg; {@link BinaryFinderIT} uses the real ones. */
class DebianSourceTest {
    @TempDir
    private Path directory;

    private Path bin;
    private Path apt;

    @BeforeEach
    void setUp() throws IOException {
        bin = Files.createDirectory(directory.resolve("bin"));
        apt = Files.createDirectory(directory.resolve("apt"));
        Files.writeString(
                apt.resolve("sources.list"),
                "deb [signed-by=/keys/debian-archive.gpg] http://mirror.example/debian bookworm main\n");
        Script.write(bin.resolve("apt-get"), """
                log="%1$s/calls"
                while [ "$1" != update ] && [ "$1" != download ]; do
                  case "$1" in Dir::State=*) state="${1#*=}";; esac
                  shift
                done
                echo "$@ in ${PWD##*/}" >> "$log"
                [ "$1" = download ] && touch nats-server_1.deb
                [ "$1" = update ] && cp debian.sources "%1$s/sources" && touch "$state/lists/x_Packages"
                exit 0""".formatted(directory));
        Script.write(bin.resolve("apt-cache"), """
                case "$PWD" in
                *trixie) echo 'nats-server | 2.10.27-1+b2 | http://mirror.example/debian trixie/main amd64 Packages';;
                *sid) echo 'nats-server | 2.15.1+ds-1 | http://mirror.example/debian sid/main amd64 Packages';;
                esac""");
        Script.write(
                bin.resolve("dpkg-deb"),
                "mkdir -p \"$3/usr/sbin\"; cp \"%s\" \"$3/usr/sbin/nats-server\""
                        .formatted(Script.server(directory.resolve("server"), "2.10.27")));
    }

    private DebianSource source() {
        return new DebianSource(Map.of("PATH", bin + ":/usr/bin:/bin"), apt);
    }

    private Path get(DebianSource source, String version) throws Exception {
        return source.get(
                ServerVersion.parse(version).orElseThrow(),
                Files.createTempDirectory(directory, "work").toAbsolutePath());
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls"));
    }

    @Test
    void takesThePackageFromTheMachinesOwnMirrorAndKeys() throws Exception {
        assertThat(get(source(), "2.10.27")).isExecutable().hasFileName("nats-server");

        assertThat(calls()).containsExactly("update in trixie", "download nats-server=2.10.27-1+b2 in trixie");
        assertThat(directory.resolve("sources")).hasContent("""
                        Types: deb
                        URIs: http://mirror.example/debian
                        Suites: trixie
                        Components: main
                        Targets: Packages
                        Signed-By: /keys/debian-archive.gpg
                        """);
    }

    @Test
    void asksASuiteOnce() throws Exception {
        DebianSource source = source();

        assertThatThrownBy(() -> get(source, "2.12.15")).hasMessage("no suite has it: sid has 2.15.1+ds-1");
        assertThatThrownBy(() -> get(source, "2.14.5")).hasMessage("no suite has it: sid has 2.15.1+ds-1");
        assertThatThrownBy(() -> get(source, "2.9.11"))
                .hasMessage("no suite has it: bookworm has none; sid has 2.15.1+ds-1");

        assertThat(calls()).containsExactly("update in sid", "update in bookworm");
    }

    @Test
    void aReleasedSuiteIsAskedForItsOwnLineOnly() {
        assertThat(DebianSource.suites(new ServerVersion(2, 9, 10))).containsExactly("bookworm", "sid");
        assertThat(DebianSource.suites(new ServerVersion(2, 10, 4))).containsExactly("trixie", "sid");
        assertThat(DebianSource.suites(new ServerVersion(2, 15, 1))).containsExactly("sid");
    }

    @Test
    void readsTheUpstreamVersionOutOfDebians() {
        assertThat(List.of("2.9.10-1+b3", "2.15.1+ds-1", "2.15.1+ds1-1", "1:2.10.27-1~bpo12+1", "2.10.27"))
                .extracting(DebianSource::upstream)
                .containsExactly("2.9.10", "2.15.1", "2.15.1", "2.10.27", "2.10.27");
        assertThat(DebianSource.upstream("2.15.0~rc1-1")).isEqualTo("2.15.0~rc1");
    }

    @Test
    void readsTheTableOfVersions() {
        assertThat(Apt.madison("""
                        nats-server | 2.10.27-1+b2 | http://mirror.example/debian trixie/main amd64 Packages
                        nats-server-x | 9.9.9-1 | http://mirror.example/debian trixie/main amd64 Packages
                        N: a remark
                        """)).containsExactly("2.10.27-1+b2");
    }

    @Test
    void saysWhatTheMachineLacks() throws Exception {
        var bare = new DebianSource(Map.of("PATH", directory.toString()), apt);
        assertThatThrownBy(() -> get(bare, "2.10.27")).hasMessage("there is no `apt-get` on PATH");

        Files.writeString(apt.resolve("sources.list"), "");
        assertThatThrownBy(() -> get(source(), "2.10.27"))
                .hasMessage("apt has no source of Debian's main packages here");
    }

    @Test
    void anUpdateThatFailsIsTheReason() {
        Script.write(bin.resolve("apt-get"), "echo 'E: The mirror is not reachable' >&2; exit 100");

        assertThatThrownBy(() -> get(source(), "2.15.1")).hasMessage("apt-get update: E: The mirror is not reachable");
    }

    @Test
    void anUpdateThatBringsNoListIsNotTakenForASuiteWithoutThePackage() {
        Script.write(bin.resolve("apt-get"), "exit 0");

        assertThatThrownBy(() -> get(source(), "2.15.1")).hasMessage("apt-get update left no package list");
    }
}
