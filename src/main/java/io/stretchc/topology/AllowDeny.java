package io.stretchc.topology;

import java.util.List;

/** Subjects that are allowed and denied. */
public record AllowDeny(List<String> allow, List<String> deny) {
    /** Nothing said. */
    public static final AllowDeny UNSAID = new AllowDeny(List.of(), List.of());

    public AllowDeny {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
