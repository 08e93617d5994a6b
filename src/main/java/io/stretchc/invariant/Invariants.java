package io.stretchc.invariant;

import java.util.ArrayList;
import java.util.List;

/** Judges all invariants. */
public final class Invariants {
    private Invariants() {}

    /** Findings about each invariant, at least one, the broken ones first; those about time only with a snapshot before. */
    public static List<Finding> judge(Evidence evidence) {
        var all = new ArrayList<Finding>();
        for (Invariant invariant : Invariant.values()) {
            if (invariant.overTime() && evidence.since() == null) {
                continue;
            }
            var findings = new Findings(invariant);
            check(invariant).judge(evidence, findings);
            all.addAll(findings.all());
        }
        return all.stream().sorted().toList();
    }

    private static Check check(Invariant invariant) {
        return switch (invariant) {
            case IV101 -> new MetaLeaderCheck();
            case IV102 -> new MetaMembersCheck();
            case IV103 -> new MetaCurrentCheck();
            case IV104 -> new NaturalQuorumCheck();
            case IV105 -> new FormerMembersCheck();
            case IV106 -> new ServersCheck();
            case IV107 -> new VersionsCheck();
            case IV108 -> new ConfigurationCheck();
            case IV109 -> new TagsCheck();
            case IV201 -> new DeclaredStreamsCheck();
            case IV202 -> new ReplicasCheck();
            case IV203 -> new ReplicasCurrentCheck();
            case IV204 -> new StreamLeaderCheck();
            case IV205 -> new StreamConfigCheck();
            case IV206 -> new UniqueTagsCheck();
            case IV207 -> new PlacementCheck();
            case IV208 -> new LeadersHomeCheck();
            case IV209 -> new CopiesCheck();
            case IV210 -> new ConsumersCheck();
            case IV301 -> new InventoryCheck();
            case IV302 -> new NothingLostCheck();
            case IV303 -> new AckFloorsCheck();
        };
    }
}
