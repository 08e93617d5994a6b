package io.stretchc.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final String WANTED = "nats-server-v2.12.15-linux-amd64/nats-server";

    @TempDir
    private Path directory;

    private Path target() {
        return directory.resolve("out/nats-server");
    }

    private boolean extract(TarFile tar) throws IOException {
        Files.createDirectories(directory.resolve("out"));
        return Archive.fromTarGz(tar.gzipped(directory.resolve("a.tar.gz")), WANTED, target());
    }

    private void nothingElseIsWritten() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all.filter(Files::isRegularFile))
                    .allMatch(f -> f.equals(target()) || f.endsWith("a.tar.gz") || f.endsWith("a.zip"));
        }
    }

    @Test
    void takesTheOneWantedFile() throws Exception {
        boolean there = extract(new TarFile()
                .directory("nats-server-v2.12.15-linux-amd64/")
                .file("nats-server-v2.12.15-linux-amd64/README.md", "x".repeat(513))
                .file(WANTED, "the program")
                .file("nats-server-v2.12.15-linux-amd64/LICENSE", "text"));

        assertThat(there).isTrue();
        assertThat(target()).hasContent("the program");
        nothingElseIsWritten();
    }

    @Test
    void takesAFileWhoseNameStandsInTwoParts() throws Exception {
        assertThat(extract(new TarFile().file("nats-server-v2.12.15-linux-amd64", "nats-server", "the program")))
                .isTrue();
        assertThat(target()).hasContent("the program");
    }

    @Test
    void noNameInAnArchiveBecomesAPath() throws Exception {
        boolean there = extract(new TarFile()
                .file("../../nats-server", "evil")
                .file(directory.resolve("evil").toString(), "evil")
                .file("nats-server-v2.12.15-linux-amd64/../nats-server", "evil")
                .file("nats-server", "evil"));

        assertThat(there).isFalse();
        nothingElseIsWritten();
    }

    @Test
    void aLinkOfTheWantedNameIsNotTaken() throws Exception {
        assertThat(extract(new TarFile().link(WANTED, "/etc/passwd"))).isFalse();
        assertThat(target()).doesNotExist();
    }

    @Test
    void damagedArchivesAreRefused() throws Exception {
        Files.createDirectories(directory.resolve("out"));
        Path text = Files.writeString(directory.resolve("a.tar.gz"), "no archive");
        assertThatThrownBy(() -> Archive.fromTarGz(text, WANTED, target())).isInstanceOf(IOException.class);

        assertThatThrownBy(() -> extract(new TarFile().cut(WANTED, 100_000)))
                .isInstanceOf(IOException.class)
                .hasMessage("the archive ends too early");
        assertThatThrownBy(() -> extract(new TarFile().cut("other", 100_000))).hasMessage("the archive ends too early");
        assertThatThrownBy(() -> extract(new TarFile().size(WANTED, "77777777777")))
                .hasMessageContaining("is no nats-server");
        assertThatThrownBy(() -> extract(new TarFile().size(WANTED, "99")))
                .hasMessage("the archive is damaged: an entry has no size");
    }

    @Test
    void takesAFileOutOfAZip() throws Exception {
        Files.createDirectories(directory.resolve("out"));
        Path zip = Zips.write(directory.resolve("a.zip"), "../evil", "evil", WANTED, "the program");

        assertThat(Archive.fromZip(zip, WANTED, target())).isTrue();
        assertThat(target()).hasContent("the program");
        assertThat(Archive.fromZip(zip, "absent", target())).isFalse();
        nothingElseIsWritten();
    }
}
