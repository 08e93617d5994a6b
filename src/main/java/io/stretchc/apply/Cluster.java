package io.stretchc.apply;

import io.stretchc.observe.ClusterQuery;
import io.stretchc.observe.QueryFault;
import io.stretchc.snapshot.ClusterSnapshot;
import java.util.Optional;

/** The live cluster. May be asked by several threads at a time. */
public interface Cluster {
    /** Looks, as fast as the servers answer. Who does not answer, and did not for most of a second, is not in it. */
    ClusterSnapshot look() throws QueryFault;

    /** The system account. */
    ClusterQuery system() throws QueryFault;

    /** An account, if there is a login to it. */
    Optional<ClusterQuery> account(String name) throws QueryFault;
}
