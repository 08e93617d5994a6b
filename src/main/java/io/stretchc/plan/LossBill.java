package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.topology.StreamSpec;
import java.util.List;

/** Says what may be lost of a stream. */
final class LossBill {
    private LossBill() {}

    /** What becomes of a stream without copies by what the plan does for the others. */
    enum Empty {
        /** Nothing: it stays as it is, or is made anew. */
        NO,
        /** It is there again, as soon as all its stand-ins run. */
        BY_STAND_INS,
        /** The meta leader gives the places of removed members to others, and they elect (2.9.10, 2.10.27, 2.15.1). */
        BY_REMOVALS
    }

    static LossEntry entry(StreamFate f, Empty comesBack, boolean bridged) {
        return new LossEntry(
                f.account(),
                f.name(),
                f.fate(),
                f.holders(),
                f.messages(),
                f.lastSequence(),
                why(f, comesBack, bridged));
    }

    private static String empty(Empty comesBack) {
        return switch (comesBack) {
            case NO -> "";
            case BY_STAND_INS -> " With the stand-ins it comes back EMPTY and takes writes, without any warning.";
            case BY_REMOVALS ->
                " When the lost are removed it comes back EMPTY on other servers and takes writes, without any warning.";
        };
    }

    private static String why(StreamFate f, Empty comesBack, boolean bridged) {
        String held = "sequence " + f.lastSequence() + " ("
                + (f.messages() == 1 ? "1 message" : f.messages() + " messages") + ")";
        if (bridged) {
            return switch (f.fate()) {
                case MAJORITY_ALIVE -> "A majority is alive: it takes writes, and nothing acknowledged is gone.";
                case MINORITY_ALIVE, ONE_COPY_ALIVE ->
                    "It takes no writes until the site is back; what the site acknowledged comes back with its data.";
                case NONE_ALIVE, SINGLE_LOST -> "It is out of reach until the site is back with its data.";
                case SINGLE_ALIVE -> "Its only copy is alive.";
            };
        }
        return switch (f.fate()) {
            case MAJORITY_ALIVE -> "A majority is alive: nothing acknowledged is gone.";
            case MINORITY_ALIVE ->
                "The survivors hold it up to " + held
                        + "; what the lost majority acknowledged after that without them is gone.";
            case ONE_COPY_ALIVE ->
                "The only copy left, on " + Quote.of(f.holders().get(0)) + ", goes up to " + held
                        + "; what the lost majority acknowledged after that is gone.";
            case NONE_ALIVE, SINGLE_LOST ->
                "No copy is left: all of it is gone, unless there is a backup." + empty(comesBack);
            case SINGLE_ALIVE -> "Its only copy is alive.";
        };
    }

    /** A declared stream of which the snapshot has no trace. */
    static LossEntry unseen(StreamSpec spec, Empty comesBack, boolean bridged) {
        return new LossEntry(
                spec.account().text(),
                spec.name().text(),
                spec.replicas() == 1 ? LossEntry.Fate.SINGLE_LOST : LossEntry.Fate.NONE_ALIVE,
                List.of(),
                0,
                0,
                bridged
                        ? "Declared, and no server that answers has a copy: out of reach until the site is back, or never"
                                + " created."
                        : "Declared, and no server that answers has a copy: all of it is gone, unless there is a backup or it"
                                + " was never created."
                                + empty(comesBack));
    }
}
