package io.stretchc.binary;

import java.util.List;

/** There is no usable binary; the message says which, the reasons why, the fix what to do. */
public final class BinaryFault extends Exception {
    private static final long serialVersionUID = 1L;
    private final List<String> reasons;
    private final List<String> fix;

    BinaryFault(String message, List<String> reasons, List<String> fix) {
        super(message);
        this.reasons = List.copyOf(reasons);
        this.fix = List.copyOf(fix);
    }

    /** What was tried, a line each. */
    public List<String> reasons() {
        return reasons;
    }

    /** The ways out, a line each. */
    public List<String> fix() {
        return fix;
    }

    /** Everything, as the lines that a person reads. */
    public List<String> lines() {
        var lines = new java.util.ArrayList<String>();
        lines.add(getMessage());
        reasons.forEach(r -> lines.add("  " + r));
        lines.addAll(fix);
        return lines;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
