package io.stretchc.topology;

import java.util.List;

/**
 * How servers are started and stopped, and their stores copied: by a person, as local processes, or by commands given as
 * argument lists. What there is no command for, a person does.
 */
public record Lifecycle(Kind kind, List<String> start, List<String> stop, List<String> copy, List<String> reload) {
    /** Nobody said anything: a person does it. */
    public static final Lifecycle MANUAL = new Lifecycle(Kind.MANUAL, List.of(), List.of(), List.of(), List.of());

    public Lifecycle {
        start = List.copyOf(start);
        stop = List.copyOf(stop);
        copy = List.copyOf(copy);
        reload = List.copyOf(reload);
    }

    /** Plans are bound to the text of a topology: what a topology does not use must not make its plans stale. */
    @Override
    public String toString() {
        return "Lifecycle[kind=" + kind + ", start=" + start + ", stop=" + stop + ", copy=" + copy
                + (reload.isEmpty() ? "" : ", reload=" + reload) + "]";
    }

    /** Who starts and stops. */
    public enum Kind {
        MANUAL,
        PROCESS,
        COMMAND
    }
}
