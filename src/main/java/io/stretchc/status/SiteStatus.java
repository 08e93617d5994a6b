package io.stretchc.status;

import io.stretchc.topology.SiteName;

/**
 * A site.
 *
 * @param expected servers that the topology has there
 * @param answering how many of them answer
 * @param reserves arbiters, stand-ins and replacements that answer there
 * @param preferred whether the meta leader belongs here when all is well
 */
public record SiteStatus(SiteName name, int expected, int answering, int reserves, boolean preferred) {
    /** Whether nobody answers there: lost, or cut off, which from outside looks the same. */
    public boolean silent() {
        return expected > 0 && answering == 0;
    }
}
