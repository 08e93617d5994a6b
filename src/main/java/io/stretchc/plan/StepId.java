package io.stretchc.plan;

/** Names a step within its plan, readable and the same for the same plan: {@code remove-us_1}. */
public record StepId(String text) implements Comparable<StepId> {
    @Override
    public int compareTo(StepId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
