package io.stretchc.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names that lead nowhere else, and come back as they were. */
final class DirectoryNameTest {
    @Test
    void plainNamesStayAsTheyAre() {
        for (String name : new String[] {"acc1", "KV_bucket", "$G", "a-b.c"}) {
            assertThat(DirectoryName.of(name)).isEqualTo(name);
        }
    }

    @Test
    void everyNameIsOneDirectoryAndComesBack() {
        for (String name : new String[] {
            "",
            ".",
            "..",
            "../x",
            "/etc",
            "a/b",
            "a\\b",
            "a b",
            "%",
            "%41",
            "é😀",
            "\0",
            "-x",
            ".partial",
            "a:b",
            "$(id)"
        }) {
            String directory = DirectoryName.of(name);

            assertThat(directory)
                    .doesNotContain("/", "\\", "\0", " ", ":")
                    .isNotEmpty()
                    .doesNotStartWith(".");
            assertThat(DirectoryName.read(directory)).as(name).contains(name);
        }
    }

    @Test
    void whatNoNameMakesIsNone() {
        assertThat(DirectoryName.read("%4")).isEmpty();
        assertThat(DirectoryName.read("%41")).isEmpty();
        assertThat(DirectoryName.read("a b")).isEmpty();
        assertThat(DirectoryName.read("%zz")).isEmpty();
    }
}
