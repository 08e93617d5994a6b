package io.stretchc.apply;

import io.stretchc.topology.SiteName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the operator agreed to.
 *
 * @param how the plan was approved: {@code id}, {@code yes} or {@code terminal}
 * @param by who it was, as the machine knows them
 * @param attested sites that are gone, and why that is known
 * @param copies whether the stores of survivors are copied
 */
public record Consent(String how, String by, SortedMap<SiteName, String> attested, Copies copies) {
    public Consent {
        attested = Collections.unmodifiableSortedMap(new TreeMap<>(attested));
    }

    /** What becomes of the stores of survivors before something is forced. */
    public enum Copies {
        /** They are copied, or a person did. */
        MADE,
        /** The operator does without. */
        DECLINED
    }
}
