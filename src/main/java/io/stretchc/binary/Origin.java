package io.stretchc.binary;

/** Where a binary was found; the order is the order in which they are asked. */
public enum Origin {
    /** The caller named it. */
    GIVEN("named by the caller"),
    /** {@code STRETCHC_NATS_SERVER} names it. */
    ENVIRONMENT("STRETCHC_NATS_SERVER"),
    /** {@code nats-server} on {@code PATH}. */
    PATH("PATH"),
    /** The tool's own cache. */
    CACHE("cache");

    private final String label;

    Origin(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
