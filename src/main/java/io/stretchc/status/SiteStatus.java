package io.stretchc.status;

import io.stretchc.topology.SiteName;

/**
 * A site.
 *
 * @param expected servers that the topology has there
 * @param answering how many of them answer
 * @param reserves arbiters, stand-ins and replacements that answer there
 * @param cutOff servers there that take connections and are not reached through the cluster
 * @param preferred whether the meta leader belongs here when all is well
 */
public record SiteStatus(SiteName name, int expected, int answering, int reserves, int cutOff, boolean preferred) {
    /** Whether it is alive behind a cut: nobody answers, and some take connections. */
    public boolean apart() {
        return silent() && cutOff > 0;
    }

    /** Whether nobody answers there: lost, or cut off, which from outside looks the same. */
    public boolean silent() {
        return expected > 0 && answering == 0;
    }
}
