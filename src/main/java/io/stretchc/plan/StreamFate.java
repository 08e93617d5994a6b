package io.stretchc.plan;

import io.stretchc.plan.LossEntry.Fate;
import io.stretchc.quorum.Quorum;
import io.stretchc.snapshot.StreamState;
import io.stretchc.topology.ServerName;
import java.util.List;
import java.util.Objects;

/**
 * What is left of a stream.
 *
 * @param replicas that it should have: its configuration's, else, where nobody who answers has that, those that are
 *     declared or that its backup has, else as many as it has members that are known
 * @param group members that a decision is counted by
 * @param holders members that answer and hold a copy, the fullest first
 * @param lastSequence of the fullest copy
 * @param lost whether a member does not answer, or there are fewer than there should be
 */
record StreamFate(
        StreamState stream,
        int replicas,
        int group,
        List<ServerName> holders,
        long messages,
        long lastSequence,
        boolean lost) {
    StreamFate {
        holders = List.copyOf(holders);
    }

    /** By its stream's name, since fates are keys and all of a stream takes long to hash. */
    @Override
    public int hashCode() {
        return stream.name().hashCode();
    }

    static StreamFate of(StreamState stream, Facts facts) {
        List<ServerName> members = stream.members().stream()
                .map(m -> m.name())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        List<StreamState.Copy> copies = stream.now().copies().stream()
                .filter(c -> facts.answers(c.server()) && (members.isEmpty() || members.contains(c.server())))
                .sorted(java.util.Comparator.comparing(StreamState.Copy::lastSequence)
                        .reversed()
                        .thenComparing(c -> c.server()))
                .toList();
        int replicas = stream.config().replicas() > 0 ? stream.config().replicas() : declared(stream, facts);
        int group = Math.max(stream.members().size(), replicas);
        boolean whole = !members.isEmpty()
                && members.size() >= replicas
                && members.stream().allMatch(facts::answers);
        return new StreamFate(
                stream,
                replicas,
                group,
                copies.stream().map(StreamState.Copy::server).toList(),
                copies.isEmpty() ? 0 : copies.get(0).messages(),
                copies.isEmpty() ? 0 : copies.get(0).lastSequence(),
                !whole);
    }

    /** Whether a member is not current, or is not there. */
    boolean behind() {
        return lost || stream.members().stream().anyMatch(m -> !m.healthy());
    }

    String account() {
        return stream.account();
    }

    String name() {
        return stream.name();
    }

    private static int declared(StreamState stream, Facts facts) {
        return facts.input().topology().source().streams().stream()
                .filter(s -> s.account().text().equals(stream.account())
                        && s.name().text().equals(stream.name()))
                .findFirst()
                .map(s -> s.replicas())
                .or(() -> facts.input().backups().stream()
                        .filter(k -> k.account().equals(stream.account())
                                && k.stream().equals(stream.name()))
                        .map(k -> k.backup().replicas())
                        .findFirst())
                .orElse(stream.members().size());
    }

    Fate fate() {
        if (replicas() <= 1 && group == 1) {
            return holders.isEmpty() ? Fate.SINGLE_LOST : Fate.SINGLE_ALIVE;
        }
        if (holders.isEmpty()) {
            return Fate.NONE_ALIVE;
        }
        if (holders.size() >= Quorum.of(group)) {
            return Fate.MAJORITY_ALIVE;
        }
        return holders.size() == 1 ? Fate.ONE_COPY_ALIVE : Fate.MINORITY_ALIVE;
    }

    /** Whether it cannot elect a leader with what is left, and something is left. */
    boolean minority() {
        return fate() == Fate.ONE_COPY_ALIVE || fate() == Fate.MINORITY_ALIVE;
    }

    /** Whether nothing is left. */
    boolean gone() {
        return fate() == Fate.NONE_ALIVE || fate() == Fate.SINGLE_LOST;
    }
}
