package io.stretchc.status;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.Census;
import io.stretchc.topology.ServerVersion;
import java.util.ArrayList;
import java.util.List;

/** What a person should know of a census before going on, one sentence each. */
public final class CensusText {
    private CensusText() {}

    /** The sentences, most pressing first. */
    public static List<String> of(Census census) {
        var all = new ArrayList<String>();
        if (census.twoClusters()) {
            all.add("The addresses lead to more than one cluster: besides " + Quote.of(census.cluster()) + " to "
                    + String.join(
                            ", ",
                            census.foreign().stream()
                                    .map(f -> f.isEmpty() ? "servers outside any cluster" : Quote.of(f))
                                    .toList())
                    + ".");
        }
        add(all, census.doubles(), "More than one process answers to the name of: ");
        add(all, census.cutOff(), "These take connections, but are not reached through the cluster: ");
        add(all, census.strangers(), "These answer, and the topology does not have them: ");
        add(all, census.missing(), "These did not answer: ");
        if (census.twoLeaders()) {
            add(all, census.claims(), "More than one server names itself leader of the meta group: ");
        }
        ServerVersion old = census.tooOld();
        if (old != null) {
            all.add("A server runs nats-server " + old + "; what is known here begins with " + Census.OLDEST + ".");
        }
        if (census.mixedVersions()) {
            all.add("The servers run different versions: "
                    + String.join(
                            ", ",
                            census.versions().stream()
                                    .map(ServerVersion::toString)
                                    .toList())
                    + ".");
        }
        return all;
    }

    private static void add(List<String> all, List<?> names, String text) {
        if (!names.isEmpty()) {
            all.add(text + Quote.all(names) + ".");
        }
    }
}
