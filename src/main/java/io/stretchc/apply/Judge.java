package io.stretchc.apply;

import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.topology.SiteName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges a cluster at the end of a plan. */
public interface Judge {
    /**
     * What is broken, a sentence each.
     *
     * @param earlier the look before, if there was one
     * @param without a site that is meant to be away
     */
    List<String> broken(ClusterSnapshot now, @Nullable ClusterSnapshot earlier, @Nullable SiteName without);
}
