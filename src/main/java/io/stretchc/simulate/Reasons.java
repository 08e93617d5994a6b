package io.stretchc.simulate;

/** Why an action did not do what it is for. */
final class Reasons {
    private Reasons() {}

    static String of(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.reason();
        }
        return outcome instanceof Outcome.Stuck stuck ? stuck.reason() : "";
    }
}
