package io.stretchc.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Answers of servers to a ping, cut down to what is looked at. */
final class ServerAnswerTest {
    @Test
    void onlyAServerThatKnowsOfNoOtherIsAlone() {
        assertThat(ServerAnswer.alone(answer("", 1, ""))).isTrue();
        assertThat(ServerAnswer.alone(answer(",\"cluster\":\"C\"", 1, ""))).isFalse();
        assertThat(ServerAnswer.alone(answer("", 2, ""))).isFalse();
        assertThat(ServerAnswer.alone(answer("", 1, ",\"routes\":[{\"rid\":3}]")))
                .isFalse();
        assertThat(ServerAnswer.alone(answer("", 1, ",\"gateways\":[{\"gwid\":3}]")))
                .isFalse();
        assertThat(ServerAnswer.alone("{\"server\":{\"name\":\"a\",\"id\":\"N1\"}}"))
                .isFalse();
        assertThat(ServerAnswer.alone("no answer of a server")).isFalse();
    }

    private static String answer(String cluster, int known, String more) {
        return "{\"server\":{\"name\":\"a\",\"id\":\"N1\",\"ver\":\"2.15.1\"" + cluster
                + "},\"statsz\":{\"active_servers\":" + known + more + "}}";
    }
}
