package io.stretchc.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Overlap of subjects against its definition: some message subject that both match. */
class SubjectTriePropertyTest {
    /** All message subjects of up to four tokens; a third letter stands for every token that no subject names. */
    private static final List<String[]> MESSAGES = split(words(List.of("a", "b", "c"), 4));

    private static final List<String> SUBJECTS = words(List.of("a", "b", "*", ">"), 3).stream()
            .filter(SubjectRules::legal)
            .toList();

    @Test
    void findsAnOverlapExactlyWhereSomeMessageMatchesBoth() {
        for (String taken : SUBJECTS) {
            var trie = new SubjectTrie<String>();
            trie.add(taken, taken);
            for (String asked : SUBJECTS) {
                assertThat(trie.overlapping(asked) != null)
                        .as("%s and %s", taken, asked)
                        .isEqualTo(overlap(taken, asked));
            }
        }
    }

    @Test
    void findsAnOverlapAmongMany() {
        for (long seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            var trie = new SubjectTrie<String>();
            var all = new ArrayList<String>();
            for (int i = 0; i < 5; i++) {
                String subject = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
                if (trie.overlapping(subject) == null) {
                    trie.add(subject, subject);
                    all.add(subject);
                }
            }
            String asked = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
            String found = trie.overlapping(asked);

            assertThat(found != null)
                    .as("seed %d: %s among %s", seed, asked, all)
                    .isEqualTo(all.stream().anyMatch(s -> overlap(s, asked)));
            assertThat(found == null || overlap(Objects.requireNonNull(found), asked))
                    .isTrue();
        }
    }

    private static boolean overlap(String one, String other) {
        String[] a = one.split("\\.");
        String[] b = other.split("\\.");
        return MESSAGES.stream().anyMatch(m -> matches(a, m) && matches(b, m));
    }

    private static boolean matches(String[] subject, String[] message) {
        for (int i = 0; i < subject.length; i++) {
            if (i >= message.length) {
                return false;
            }
            if (subject[i].equals(">")) {
                return true;
            }
            if (!subject[i].equals("*") && !subject[i].equals(message[i])) {
                return false;
            }
        }
        return subject.length == message.length;
    }

    private static List<String> words(List<String> tokens, int longest) {
        var all = new ArrayList<String>(tokens);
        List<String> last = tokens;
        for (int length = 2; length <= longest; length++) {
            var next = new ArrayList<String>();
            for (String head : last) {
                tokens.forEach(t -> next.add(head + "." + t));
            }
            all.addAll(next);
            last = next;
        }
        return all;
    }

    private static List<String[]> split(List<String> words) {
        return words.stream().map(w -> w.split("\\.")).toList();
    }
}
