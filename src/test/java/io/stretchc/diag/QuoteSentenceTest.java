package io.stretchc.diag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuoteSentenceTest {
    @Test
    void aSentenceKeepsItsBackticksAndMoreThanAValueMayHave() {
        String sentence = "`a` is " + "x".repeat(120) + ".";

        assertThat(Quote.sentence(sentence)).isEqualTo(sentence);
        assertThat(Quote.plain(sentence)).startsWith("\\x60a\\x60 is ").endsWith("… (128 characters)");
    }

    @Test
    void aSentenceIsOneLineWithoutControlCharactersAndHasAnEnd() {
        assertThat(Quote.sentence("one\ntwo\u001b[31m")).isEqualTo("one\\x0atwo\\x1b[31m");
        assertThat(Quote.sentence("x".repeat(1000))).isEqualTo("x".repeat(400) + "… (1000 characters)");
        assertThat(Quote.sentence("see http://me:word@host/ for it")).isEqualTo("(a secret, not shown)");
    }
}
