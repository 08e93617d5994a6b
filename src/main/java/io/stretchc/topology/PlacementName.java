package io.stretchc.topology;

/** Name of a placement, known only to the topology. */
public record PlacementName(String text) {
    @Override
    public String toString() {
        return text;
    }
}
