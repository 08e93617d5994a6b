package io.stretchc.diag;

import java.util.Locale;

/** How much a finding matters: an error makes the topology unusable, a warning is a risk, a hint is advice. */
public enum Severity {
    ERROR,
    WARNING,
    HINT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
