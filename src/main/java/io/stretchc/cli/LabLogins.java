package io.stretchc.cli;

import io.stretchc.nats.Logins;
import io.stretchc.resolve.ResolvedTopology;
import java.util.Optional;

/** Logins to a lab of a topology, if one runs on this machine. */
interface LabLogins {
    /** No lab runs. */
    LabLogins NONE = topology -> Optional.empty();

    /** The logins of the running lab of this topology. */
    Optional<Logins> of(ResolvedTopology topology);
}
