package io.stretchc.cli;

import io.stretchc.drill.Mark;
import java.util.List;

/**
 * A plan that a drill makes and carries out.
 *
 * @param words after {@code plan}: the scenario and what it is about
 * @param file name of the plan in the directory of the drill; ends in {@code plan.yaml} or {@code back.yaml}, which a later
 *     drill clears away
 * @param consent options of {@code apply} besides the approval, such as an attestation
 * @param planned the moment at which the plan is there
 * @param done the moment at which it is carried out
 * @param bill whether its losses say what may be gone
 * @param refusable whether it may be refused
 */
record DrillErrand(
        List<String> words,
        String file,
        List<String> consent,
        Mark.Kind planned,
        Mark.Kind done,
        boolean bill,
        boolean refusable) {
    DrillErrand {
        words = List.copyOf(words);
        consent = List.copyOf(consent);
    }

    /** One that loses nothing and needs no more than the approval. */
    static DrillErrand of(List<String> words, String file, Mark.Kind planned, Mark.Kind done) {
        return new DrillErrand(words, file, List.of(), planned, done, false, false);
    }

    String scenario() {
        return words.get(0);
    }
}
