package io.stretchc.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stretchc.files.Change.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputDirectoryTest {
    @TempDir
    private Path dir = Path.of("");

    private Path root = Path.of("");
    private Path elsewhere = Path.of("");

    @BeforeEach
    void directories() throws IOException {
        root = dir.resolve("out/STRETCH");
        elsewhere = Files.createDirectories(dir.resolve("elsewhere"));
    }

    @Test
    void whatIsWrittenIsThereAndNothingElse() throws Exception {
        compile("accounts.conf", "a\n", "servers/us_1.conf", "1\n");

        assertThat(tree()).containsOnlyKeys("accounts.conf", "servers/us_1.conf", "manifest.json");
        assertThat(tree()).containsEntry("servers/us_1.conf", "1\n");
    }

    @Test
    void aSecondCompileChangesNothing() throws Exception {
        compile("accounts.conf", "a\n");

        assertThat(changes("accounts.conf", "a\n")).isEmpty();
    }

    @Test
    void changesAreAdditionsChangesAndRemovalsWithTheManifestLast() throws Exception {
        compile("a", "1\n", "b", "1\n", "c/d", "1\n");

        assertThat(changes("a", "1\n", "b", "2\n", "e", "1\n"))
                .extracting(Change::path, Change::kind)
                .containsExactly(
                        tuple("b", Kind.CHANGE),
                        tuple("e", Kind.ADD),
                        tuple("c/d", Kind.REMOVE),
                        tuple("manifest.json", Kind.CHANGE));
    }

    @Test
    void aFileThatNoLongerBelongsGoesWithItsEmptyDirectory() throws Exception {
        compile("a", "1\n", "c/d", "1\n");
        compile("a", "1\n");

        assertThat(tree()).containsOnlyKeys("a", "manifest.json");
        assertThat(root.resolve("c")).doesNotExist();
    }

    @Test
    void aDirectoryWithForeignFilesStays() throws Exception {
        compile("a", "1\n", "c/d", "1\n");
        Files.writeString(root.resolve("c/notes.txt"), "mine");
        compile("a", "1\n");

        assertThat(tree()).containsOnlyKeys("a", "c/notes.txt", "manifest.json");
    }

    @Test
    void aFileThatWasChangedByHandStays() throws Exception {
        compile("a", "1\n", "b", "1\n");
        Files.writeString(root.resolve("b"), "by hand\n");

        assertThat(changes("a", "1\n")).extracting(Change::path, Change::kind).contains(tuple("b", Kind.KEEP));
        compile("a", "1\n");
        assertThat(tree()).containsEntry("b", "by hand\n");
    }

    @Test
    void aFileThatTheManifestDoesNotKnowIsNeverTouched() throws Exception {
        compile("a", "1\n");
        Files.writeString(root.resolve("servers.txt"), "mine");
        compile("b", "1\n");

        assertThat(tree()).containsOnlyKeys("b", "servers.txt", "manifest.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine", "", "#", "# Made by hand from the topology."})
    void aFileInTheWayThatNoCompileWroteIsNeverReplaced(String text) throws Exception {
        compile("a", "1\n");
        Files.writeString(root.resolve("b"), text);

        assertThatThrownBy(() -> compile("a", "2\n", "b", "1\n"))
                .isInstanceOfSatisfying(
                        OutputFault.class, e -> assertThat(e.kind()).isEqualTo(OutputFault.Kind.IN_THE_WAY))
                .hasMessageContaining(root.resolve("b").toString());
        assertThat(tree()).containsEntry("a", "1\n").containsEntry("b", text);
    }

    @Test
    void aConfigurationThatIsNotInTheManifestIsOursByItsFirstLine() throws Exception {
        Files.createDirectories(root);
        Files.writeString(root.resolve("a"), "# Made by stretchc from the topology. Change that, not this file.\n");
        compile("a", "1\n");

        assertThat(tree()).containsEntry("a", "1\n");
    }

    @Test
    void aPartOfTheFilesLeavesTheOthersAndTheirManifestEntries() throws Exception {
        compile("a", "1\n", "b", "1\n");
        var directory = new OutputDirectory(root, "t.yaml");
        directory.apply(directory.changes(files("c", "1\n"), false));

        assertThat(tree()).containsOnlyKeys("a", "b", "c", "manifest.json");
        assertThat(tree().get("manifest.json")).contains("\"a\"", "\"b\"").doesNotContain("\"c\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../victim",
                "a/../../victim",
                "..",
                "/victim",
                "./victim",
                "a//victim",
                "a/./victim",
                "C:\\\\victim",
                "~/victim",
                ""
            })
    void aManifestLeadsNowhereElse(String path) throws Exception {
        Files.createDirectories(root);
        Path victim = Files.writeString(dir.resolve("out/victim"), "x");
        Files.writeString(root.resolve("victim"), "x");
        Files.writeString(
                root.resolve("manifest.json"),
                "{\"topology\":\"t.yaml\",\"files\":{\"%s\":\"%s\"}}".formatted(path, Manifest.digest("x")));
        compile("a", "1\n");

        assertThat(victim).exists();
        assertThat(root.resolve("victim")).exists();
        assertThat(tree().get("manifest.json")).doesNotContain("victim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"files\":{}}",
                "{\"topology\":\"t.yaml\"}",
                "{\"topology\":1,\"files\":{}}"
            })
    void aDamagedManifestStopsEverything(String manifest) throws Exception {
        Files.createDirectories(root);
        Files.writeString(root.resolve("manifest.json"), manifest);

        assertThatThrownBy(() -> compile("a", "1\n"))
                .isInstanceOfSatisfying(
                        OutputFault.class, e -> assertThat(e.kind()).isEqualTo(OutputFault.Kind.UNUSABLE))
                .hasMessageContaining("damaged");
        assertThat(root.resolve("a")).doesNotExist();
    }

    @Test
    void aManifestSaysNothingAboutItself() throws Exception {
        Files.createDirectories(root);
        Files.writeString(
                root.resolve("manifest.json"), "{\"topology\":\"t.yaml\",\"files\":{\"manifest.json\":\"0\"}}");

        assertThat(changes("a", "1\n"))
                .extracting(Change::path, Change::kind)
                .containsExactly(tuple("a", Kind.ADD), tuple("manifest.json", Kind.CHANGE));
    }

    @Test
    void theDirectoryOfAnotherTopologyIsLeftAlone() throws Exception {
        compile("a", "1\n");

        assertThatThrownBy(() -> new OutputDirectory(root, "other.yaml").changes(files("b", "1\n"), true))
                .isInstanceOfSatisfying(OutputFault.class, e -> {
                    assertThat(e.kind()).isEqualTo(OutputFault.Kind.FOREIGN);
                    assertThat(e.fix()).contains("--out");
                })
                .hasMessageContaining("t.yaml")
                .hasMessageContaining("other.yaml");
    }

    @Test
    void whereATargetIsADirectoryNothingIsWritten() throws Exception {
        Files.createDirectories(root.resolve("b/c"));

        assertThatThrownBy(() -> compile("a", "1\n", "b", "1\n"))
                .isInstanceOf(OutputFault.class)
                .hasMessageContaining("is a directory");
        assertThat(tree()).isEmpty();
    }

    @Test
    void whereADirectoryIsAFileNothingIsWritten() throws Exception {
        Files.createDirectories(root);
        Files.writeString(root.resolve("servers"), "mine");

        assertThatThrownBy(() -> compile("a", "1\n", "servers/us_1.conf", "1\n"))
                .isInstanceOf(OutputFault.class)
                .hasMessageContaining("servers is not a directory");
        assertThat(tree()).containsOnlyKeys("servers");
    }

    @Test
    void aFailureHalfWayLeavesNeitherNewNorTemporaryFiles() throws Exception {
        compile("a", "1\n", "z/z", "1\n");
        List<Change> changes = changes("a", "2\n", "b", "2\n", "z/z", "2\n");
        Files.delete(root.resolve("z/z"));
        Files.createDirectories(root.resolve("z/z/in-the-way"));
        SortedMap<String, String> before = tree();

        assertThatThrownBy(() -> new OutputDirectory(root, "t.yaml").apply(changes))
                .isInstanceOf(OutputFault.class);
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aFileInPlaceOfTheOutputDirectoryIsReported() throws Exception {
        Files.createDirectories(dir.resolve("out"));
        Files.writeString(root, "mine");

        assertThatThrownBy(() -> compile("a", "1\n"))
                .isInstanceOf(OutputFault.class)
                .hasMessageContaining("not a directory");
    }

    @Test
    void aLinkInPlaceOfAFileIsReplacedAndWhatItLeadsToIsNotTouched() throws Exception {
        Path target = Files.writeString(elsewhere.resolve("passwd"), "root\n");
        compile("a", "1\n");
        Files.delete(root.resolve("a"));
        Files.createSymbolicLink(root.resolve("a"), target);

        assertThat(changes("a", "2\n"))
                .filteredOn(c -> c.path().equals("a"))
                .singleElement()
                .satisfies(c -> assertThat(c.before()).doesNotContain("root"));
        compile("a", "2\n");

        assertThat(root.resolve("a")).isRegularFile().hasContent("2\n");
        assertThat(Files.isSymbolicLink(root.resolve("a"))).isFalse();
        assertThat(target).hasContent("root\n");
    }

    @Test
    void aLinkThatNoLongerBelongsStays() throws Exception {
        Path target = Files.writeString(elsewhere.resolve("target"), "1\n");
        compile("a", "1\n", "b", "1\n");
        Files.delete(root.resolve("b"));
        Files.createSymbolicLink(root.resolve("b"), target);
        compile("a", "1\n");

        assertThat(root.resolve("b")).isSymbolicLink();
        assertThat(target).hasContent("1\n");
    }

    @Test
    void nothingIsWrittenThroughALinkedDirectory() throws Exception {
        Files.createDirectories(root);
        Files.createSymbolicLink(root.resolve("servers"), elsewhere);

        assertThatThrownBy(() -> compile("servers/us_1.conf", "1\n"))
                .isInstanceOfSatisfying(
                        OutputFault.class, e -> assertThat(e.fix()).contains("--out"))
                .hasMessageContaining("symbolic link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void nothingIsRemovedThroughALinkedDirectory() throws Exception {
        compile("a", "1\n", "servers/us_1.conf", "1\n");
        Files.move(root.resolve("servers"), elsewhere.resolve("servers"));
        Files.createSymbolicLink(root.resolve("servers"), elsewhere.resolve("servers"));

        assertThatThrownBy(() -> new OutputDirectory(root, "t.yaml")
                        .apply(List.of(new Change("servers/us_1.conf", Kind.REMOVE, "1\n", ""))))
                .isInstanceOf(OutputFault.class);
        compile("a", "1\n");

        assertThat(elsewhere.resolve("servers/us_1.conf")).hasContent("1\n");
    }

    @Test
    void theDirectoryOfTheClusterIsNoLinkEither() throws Exception {
        Files.createDirectories(dir.resolve("out"));
        Files.createSymbolicLink(root, elsewhere);

        assertThatThrownBy(() -> compile("a", "1\n")).isInstanceOf(OutputFault.class);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void theOutputDirectoryItselfMayBeALink() throws Exception {
        Files.createSymbolicLink(dir.resolve("out"), elsewhere);
        compile("a", "1\n");

        assertThat(elsewhere.resolve("STRETCH/a")).hasContent("1\n");
    }

    @Test
    void aDanglingLinkInPlaceOfOurFileIsReplaced() throws Exception {
        compile("a", "0\n");
        Files.delete(root.resolve("a"));
        Files.createSymbolicLink(root.resolve("a"), elsewhere.resolve("nothing"));
        compile("a", "1\n");

        assertThat(root.resolve("a")).isRegularFile();
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void bytesThatAreNoTextInPlaceOfOurFileAreReplaced() throws Exception {
        compile("a", "0\n");
        Files.write(root.resolve("a"), new byte[] {(byte) 0xff, (byte) 0xfe});
        compile("a", "1\n");

        assertThat(root.resolve("a")).hasContent("1\n");
    }

    @Test
    void writtenFilesAreReadableByTheServersUser() throws Exception {
        compile("a", "1\n");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("a"))))
                .isEqualTo("rw-r--r--");
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private void compile(String... files) throws OutputFault {
        new OutputDirectory(root, "t.yaml").apply(changes(files));
    }

    private List<Change> changes(String... files) throws OutputFault {
        return new OutputDirectory(root, "t.yaml").changes(files(files), true);
    }

    private static SortedMap<String, String> files(String... files) {
        var map = new TreeMap<String, String>();
        for (int i = 0; i < files.length; i += 2) {
            map.put(files[i], files[i + 1]);
        }
        return map;
    }

    private SortedMap<String, String> tree() throws IOException {
        var files = new TreeMap<String, String>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path p : paths.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(p).toString(), Files.readString(p));
            }
        }
        return files;
    }
}
