package io.stretchc.simulate;

import io.stretchc.topology.ServerName;
import java.util.SortedSet;

/** Which servers can elect a leader of which group, under the rules that their version was measured to follow. */
public final class Elections {
    private Elections() {}

    /** Whether these servers, seeing only each other, can elect a leader of the meta group. */
    public static boolean metaElects(World world, SortedSet<ServerName> voters) {
        return ballot(world, voters).elects();
    }

    /** Whether these servers can fall apart into two parts that both elect a leader of the meta group. */
    public static boolean metaSplits(World world, SortedSet<ServerName> voters) {
        return ballot(world, voters).splits();
    }

    /** Counts the votes that matter. */
    static Ballot ballot(World world, SortedSet<ServerName> voters) {
        Meta meta = world.meta();
        boolean lowers = world.generation() == Generation.RESCUE;
        int lowered = 0;
        int natural = 0;
        int blank = 0;
        int strangers = 0;
        int lowest = meta.quorum();
        for (ServerName voter : voters) {
            if (!meta.peers().contains(voter)) {
                strangers += world.removed().contains(voter) ? 0 : 1;
            } else if (!meta.informed().contains(voter)) {
                blank++;
            } else if (lowers && meta.rescue().containsKey(voter)) {
                lowered++;
                lowest = Math.min(lowest, meta.rescue().getOrDefault(voter, lowest));
            } else {
                natural++;
            }
        }
        return new Ballot(world.generation(), meta.size(), lowest, lowered, natural, blank, strangers);
    }

    /**
     * Whether these servers can elect a leader of the stream. Blank members count on every version: two blank replicas of
     * three elected an empty leader while the one that held the data was down (2.10.27, 2.11.17, 2.12.15, 2.14.5; one run on
     * 2.15.1 did not, and is not relied on).
     */
    public static boolean streamElects(StreamGroup stream, SortedSet<ServerName> voters) {
        return members(stream, voters) >= stream.quorum();
    }

    /** Whether these servers can elect a leader of the stream that has none of its messages. */
    public static boolean streamElectsBlank(StreamGroup stream, SortedSet<ServerName> voters) {
        long blank = stream.copies().entrySet().stream()
                .filter(e -> voters.contains(e.getKey()) && e.getValue().blank())
                .count();
        return blank >= stream.quorum();
    }

    private static int members(StreamGroup stream, SortedSet<ServerName> voters) {
        return Math.toIntExact(stream.copies().keySet().stream()
                .filter(k -> voters.contains(k))
                .count());
    }
}
