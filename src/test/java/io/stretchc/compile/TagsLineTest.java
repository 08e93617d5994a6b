package io.stretchc.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.Topologies;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One line of a compiled configuration changes, and changes back to the byte. */
class TagsLineTest {
    private static final String COMPILED =
            Objects.requireNonNull(Topologies.compile(Topologies.STRETCH).get("STRETCH/servers/us_3.conf"));

    @Test
    void lentTagsAreOneLine() {
        String changed = TagsLine.changed(COMPILED, List.of("unique:us_3", "dc:1", "ha:2", "ha:1"))
                .orElseThrow();

        List<String> before = COMPILED.lines().toList();
        List<String> after = changed.lines().toList();
        assertThat(after).hasSameSizeAs(before);
        assertThat(after.stream().filter(l -> !before.contains(l)))
                .containsExactly("server_tags: [\"unique:us_3\", \"dc:1\", \"ha:2\", \"ha:1\"]");
    }

    @Test
    void givenBackItIsTheCompiledOneAgain() {
        List<String> own = Topologies.resolve(Topologies.STRETCH).backbone().servers().stream()
                .filter(s -> s.name().text().equals("us_3"))
                .findFirst()
                .orElseThrow()
                .tags();
        String changed = TagsLine.changed(COMPILED, List.of("x")).orElseThrow();

        assertThat(TagsLine.changed(changed, own)).contains(COMPILED);
    }

    @Test
    void aTagIsTextWhateverItHolds() {
        String changed = TagsLine.changed(COMPILED, List.of("a\"]\ninclude \"/etc/passwd\"", "$HOME"))
                .orElseThrow();

        assertThat(changed.lines().toList()).hasSize((int) COMPILED.lines().count());
        assertThat(changed).contains("server_tags: [\"a\\\"]\\ninclude \\\"/etc/passwd\\\"\", \"$HOME\"]");
    }

    @Test
    void aServerWithoutTagsGetsALine() {
        assertThat(TagsLine.changed("server_name: \"a\"\nlisten: x\n", List.of("t")))
                .contains("server_name: \"a\"\nserver_tags: [\"t\"]\nlisten: x\n");
    }

    @Test
    void whatWasNotCompiledIsLeftAlone() {
        assertThat(TagsLine.changed("port: 4222\n", List.of("t"))).isEmpty();
    }
}
