package io.stretchc.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RollWatchTest {
    private static final Duration LONG = Duration.ofSeconds(4);

    private final Servers servers = new Servers();

    @Test
    void aServerThatDiesWithARequestUnderWayIsGone() throws Exception {
        try (var watch = new RollWatch(servers, () -> 0)) {
            servers.hear("NA", "NB");
            servers.dead.add("NB");

            assertThat(watch.ask("$SYS.REQ.SERVER.NB.JSZ", "{}", LONG)).isEqualTo(new ClusterQuery.Reply.NobodyThere());
            assertThat(watch.gone("NB")).isTrue();
            assertThat(watch.gone("NA")).isFalse();
            assertThat(servers.asked).containsExactly("$SYS.REQ.SERVER.NB.JSZ", "$SYS.REQ.SERVER.NB.STATSZ");
        }
    }

    @Test
    void aServerThatTakesItsTimeIsWaitedForToTheEnd() throws Exception {
        try (var watch = new RollWatch(servers, () -> 0)) {
            servers.hear("NA");
            servers.slow.add("NA");

            assertThat(watch.ask("$SYS.REQ.SERVER.NA.JSZ", "{}", LONG)).isEqualTo(new ClusterQuery.Reply.TimedOut());
            assertThat(watch.gone("NA")).isFalse();
        }
    }

    @Test
    void whatOthersAreAskedTellsNothingOfServers() throws Exception {
        try (var watch = new RollWatch(servers, () -> 0)) {
            servers.hear("NA");

            assertThat(watch.ask("$JS.API.SERVER.REMOVE", "{}", LONG)).isInstanceOf(ClusterQuery.Reply.Answer.class);
            assertThat(servers.asked).containsExactly("$JS.API.SERVER.REMOVE");
        }
    }

    /** Servers by hand: a dead one swallows the first request, and nobody is there for the next. */
    private static final class Servers implements ClusterQuery {
        final List<String> asked = new ArrayList<>();
        final TreeSet<String> dead = new TreeSet<>();
        final TreeSet<String> slow = new TreeSet<>();
        private Consumer<String> answers = a -> {};

        void hear(String... ids) {
            for (String id : ids) {
                answers.accept("{\"server\":{\"name\":\"n" + id + "\",\"id\":\"" + id
                        + "\",\"cluster\":\"C\",\"ver\":\"2.12.8\",\"host\":\"h\",\"jetstream\":true}}");
            }
        }

        @Override
        public Ongoing keepAsking(String subject, Duration every, Consumer<String> to) {
            answers = to;
            return () -> {};
        }

        @Override
        public List<String> askAll(String subject, String payload, Duration quiet, Duration deadline) {
            return List.of();
        }

        @Override
        public Reply ask(String subject, String payload, Duration deadline) {
            return ask(subject, payload, deadline, () -> false);
        }

        @Override
        public Reply ask(String subject, String payload, Duration deadline, BooleanSupplier futile) {
            asked.add(subject);
            boolean knock = subject.endsWith(".STATSZ");
            if (dead.stream().anyMatch(subject::contains)) {
                return knock || !futile.getAsBoolean() ? new Reply.NobodyThere() : new Reply.TimedOut();
            }
            return !knock && slow.stream().anyMatch(subject::contains) && !futile.getAsBoolean()
                    ? new Reply.TimedOut()
                    : new Reply.Answer("{}");
        }

        @Override
        public void close() {}
    }
}
