package io.stretchc.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptSourcesTest {
    private static final String MIRROR = "http://mirror.example/debian";
    private static final String KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg";

    @Test
    void readsOneLineEntries() {
        assertThat(AptSources.oneLine("""
                        # deb http://mirror.example/off bookworm main
                        deb [ arch=amd64,arm64 signed-by=/a.gpg,/b.gpg lang=none ] http://mirror.example/debian bookworm main contrib # x
                        deb-src http://mirror.example/debian bookworm main
                          deb\thttp://mirror.example/flat ./
                        nonsense
                        """))
                .containsExactly(
                        new AptEntry(List.of(MIRROR), List.of("bookworm"), List.of("main", "contrib"), "/a.gpg /b.gpg"),
                        new AptEntry(List.of("http://mirror.example/flat"), List.of("./"), List.of(), ""));
    }

    @Test
    void readsStanzasWithSeveralUrisAndSuites() {
        assertThat(AptSources.deb822("""
                        # a comment
                        Types: deb deb-src
                        URIs: http://mirror.example/debian
                          http://second.example/debian
                        # a comment in between
                        Suites: bookworm bookworm-updates
                        components: main
                        Signed-By: /keys.gpg

                        Types: deb-src
                        URIs: http://mirror.example/source
                        Suites: bookworm
                        Components: main


                        Enabled: no
                        Types: deb
                        URIs: http://mirror.example/off
                        Suites: bookworm
                        Components: main
                        """))
                .containsExactly(new AptEntry(
                        List.of(MIRROR, "http://second.example/debian"),
                        List.of("bookworm", "bookworm-updates"),
                        List.of("main"),
                        "/keys.gpg"));
    }

    @Test
    void keepsAKeyThatStandsInTheFileAsItIs() {
        assertThat(AptSources.deb822("""
                                Types: deb
                                URIs: http://mirror.example/debian
                                Suites: sid
                                Components: main
                                Signed-By:
                                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                                 .
                                 mQINBF
                                """).get(0).signedBy())
                .isEqualTo("\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF");
    }

    @Test
    void picksDebiansArchiveAmongThoseOfOthers() {
        var vendor = new AptEntry(
                List.of("https://vendor.example/debian/12/prod"), List.of("bookworm"), List.of("main"), "/vendor.gpg");
        var docker = new AptEntry(
                List.of("https://docker.example/linux/debian"), List.of("bookworm"), List.of("stable"), "/d.asc");
        var security = new AptEntry(
                List.of("http://mirror.example/debian-security"), List.of("bookworm-security"), List.of("main"), KEYS);
        var old = new AptEntry(List.of(MIRROR), List.of("bookworm"), List.of("main"), "");
        var debian = new AptEntry(List.of("http://corp.example/apt"), List.of("bookworm"), List.of("main"), KEYS);

        assertThat(new AptSources(List.of(vendor, docker, security, old, debian)).debian())
                .contains(debian);
        assertThat(new AptSources(List.of(vendor, docker, security, old)).debian())
                .contains(old);
        assertThat(new AptSources(List.of(docker, security)).debian()).isEmpty();
        assertThat(new AptSources(AptSources.oneLine("deb cdrom:[Debian]/ bookworm main")).debian())
                .isEmpty();
        assertThat(new AptSources(AptSources.oneLine("deb https://node.example/node_20.x nodistro main")).debian())
                .isEmpty();
    }

    @Test
    void readsWhatAptReads(@TempDir Path apt) throws Exception {
        Files.writeString(apt.resolve("sources.list"), "deb http://one.example/debian bookworm main\n");
        Path parts = Files.createDirectory(apt.resolve("sources.list.d"));
        Files.writeString(parts.resolve("b.list"), "deb http://two.example/debian bookworm main\n");
        Files.writeString(
                parts.resolve("a.sources"),
                "Types: deb\nURIs: http://three.example/debian\nSuites: sid\nComponents: main\n");
        Files.writeString(parts.resolve("c.list.disabled"), "deb http://four.example/debian bookworm main\n");

        assertThat(AptSources.read(apt).entries().stream().map(e -> e.uris().get(0)))
                .containsExactly(
                        "http://one.example/debian", "http://three.example/debian", "http://two.example/debian");
        assertThat(AptSources.read(apt.resolve("none")).entries()).isEmpty();
    }
}
