package io.stretchc.drill;

import java.util.List;
import java.util.Optional;

/**
 * How long clients waited after a loss, from the kill until the last stream acknowledged again, split into what they
 * waited for. The parts follow each other and add up; a part in which nobody had to wait any more is zero. All in
 * nanoseconds.
 *
 * @param detection until the loss was seen
 * @param decision until the plan was there; in a drill nobody has to read it
 * @param meta until a meta leader was there
 * @param streams until the last stream acknowledged again
 * @param whole from the kill until every replica was there again: with the plan for a site that is given up, with the way
 *     back for one whose absence was bridged
 * @param ended whether every stream acknowledged again
 */
public record Rto(long detection, long decision, long meta, long streams, long whole, boolean ended) {
    /** What came of these moments; nothing without a kill. */
    public static Optional<Rto> of(List<Mark> marks, List<StreamView> streams) {
        Optional<Long> killed = at(marks, Mark.Kind.KILLED);
        if (killed.isEmpty()) {
            return Optional.empty();
        }
        long zero = killed.get();
        long back = streams.stream().mapToLong(StreamView::back).max().orElse(zero);
        long end = Math.max(zero, back);
        long detected = within(zero, end, at(marks, Mark.Kind.DETECTED).orElse(zero));
        long planned = within(detected, end, at(marks, Mark.Kind.PLANNED).orElse(detected));
        long led = within(planned, end, at(marks, Mark.Kind.META_LEADER).orElse(planned));
        long applied = at(marks, Mark.Kind.APPLIED)
                .filter(a -> a >= end || at(marks, Mark.Kind.BACK).isEmpty())
                .or(() -> at(marks, Mark.Kind.BACK))
                .or(() -> at(marks, Mark.Kind.VERIFIED))
                .orElse(zero);
        return Optional.of(new Rto(
                detected - zero,
                planned - detected,
                led - planned,
                end - led,
                applied - zero,
                streams.stream().allMatch(s -> s.outage().ended())));
    }

    private static long within(long from, long to, long at) {
        return Math.min(to, Math.max(from, at));
    }

    private static Optional<Long> at(List<Mark> marks, Mark.Kind kind) {
        return marks.stream().filter(m -> m.kind() == kind).map(Mark::at).findFirst();
    }

    /** From the kill until the last stream acknowledged again. */
    public long total() {
        return detection + decision + meta + streams;
    }
}
