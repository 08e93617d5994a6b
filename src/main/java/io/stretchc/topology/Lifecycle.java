package io.stretchc.topology;

import java.util.List;

/** How servers are started and stopped: by a person, as local processes, or by commands given as argument lists. */
public record Lifecycle(Kind kind, List<String> start, List<String> stop) {
    /** Nobody said anything: a person does it. */
    public static final Lifecycle MANUAL = new Lifecycle(Kind.MANUAL, List.of(), List.of());

    public Lifecycle {
        start = List.copyOf(start);
        stop = List.copyOf(stop);
    }

    /** Who starts and stops. */
    public enum Kind {
        MANUAL,
        PROCESS,
        COMMAND
    }
}
