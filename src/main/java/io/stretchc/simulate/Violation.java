package io.stretchc.simulate;

/**
 * A law that a plan breaks, with how.
 *
 * @param step index of the step in the plan, from 0; the number of steps for what is wrong in the end
 * @param sentence the counterexample
 */
public record Violation(int step, Law law, String sentence) implements Comparable<Violation> {
    @Override
    public int compareTo(Violation other) {
        int byStep = Integer.compare(step, other.step);
        int byLaw = byStep != 0 ? byStep : law.compareTo(other.law);
        return byLaw != 0 ? byLaw : sentence.compareTo(other.sentence);
    }

    @Override
    public String toString() {
        return "step " + step + ", " + law + ": " + sentence;
    }
}
