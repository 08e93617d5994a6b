package io.stretchc.cli;

import io.stretchc.drill.Mark;
import io.stretchc.plan.Plan;
import io.stretchc.quorum.Technique;
import io.stretchc.topology.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A site is lost with all leaders in it, is done without, and comes back.
 *
 * @param word of the plan that does without
 * @param wayBack words of the plan for the way back: its scenario, and options besides the site
 * @param forGood whether the site is given up: only then acknowledged messages may be gone
 */
record LossScript(String word, List<String> wayBack, boolean forGood) implements DrillScript {
    LossScript {
        wayBack = List.copyOf(wayBack);
    }

    @Override
    public String about(DrillStage stage) {
        return "without " + stage.lost() + (wayBack.size() > 1 ? ", and back under its old names" : "");
    }

    @Override
    public void play(DrillNight night) throws DrillFault {
        String site = night.stage().lost().text();
        night.gather();
        DrillShell.pause(DrillNight.WARM_UP_MILLIS);
        night.killSite();
        var away = new DrillErrand(
                List.of(word, "--lost", site),
                "plan.yaml",
                List.of("--attest-lost", site, "--reason", "a drill killed it"),
                Mark.Kind.PLANNED,
                Mark.Kind.APPLIED,
                forGood,
                !forGood && cannotBridge(night.version()));
        @Nullable Plan plan = night.carriedOut(away);
        if (plan == null) {
            byHand(night, site);
            return;
        }
        DrillShell.pause(DrillNight.AFTER_MILLIS);
        var words = new ArrayList<>(wayBack);
        words.addAll(List.of("--site", site));
        night.carriedOut(DrillErrand.of(words, "back.yaml", Mark.Kind.BACK_PLANNED, Mark.Kind.BACK));
    }

    /**
     * Whether this version must refuse: from 2.12.14 and 2.14.4 up to 2.15 only servers with the names of the lost ones
     * give a quorum, and those cannot be taken back when the originals return.
     */
    private static boolean cannotBridge(ServerVersion version) {
        return !Technique.ARBITER.worksOn(version)
                && !Technique.NEW_SERVERS.worksOn(version)
                && !Technique.RESCUE.worksOn(version);
    }

    /** What is left where an absence cannot be bridged: the site is started, with its data. */
    private static void byHand(DrillNight night, String site) throws DrillFault {
        night.shell().say("nats-server " + night.version() + " cannot bridge an absence: the site is started by hand");
        DrillShell.pause(DrillNight.AFTER_MILLIS);
        night.must("site back by hand", "lab", "start", site, "--lab", night.lab(), "--timeout", "120");
        night.mark(Mark.Kind.STARTED);
    }
}
