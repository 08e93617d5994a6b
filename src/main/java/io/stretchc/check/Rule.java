package io.stretchc.check;

import io.stretchc.diag.Diagnostics;
import io.stretchc.resolve.ResolvedTopology;

/** Rules of one concern. A rule set looks at the whole topology and adds what it finds. */
interface Rule {
    void check(ResolvedTopology topology, Diagnostics found);
}
