package io.stretchc.cli;

import io.stretchc.drill.Mark;
import java.util.List;

/**
 * A site is lost with a stream that lives nowhere else: it comes back from the backup that was made before, and what was
 * acknowledged after that is gone, as the bill says.
 */
record LostStreamScript() implements DrillScript {
    private static final long SINCE_MILLIS = 2000;

    @Override
    public String about(DrillStage stage) {
        return "without " + stage.lost() + ", from a backup";
    }

    @Override
    public boolean inTheSite() {
        return true;
    }

    @Override
    public void play(DrillNight night) throws DrillFault {
        String site = night.stage().lost().text();
        String backups = night.out().resolve("backups").toString();
        night.gather();
        DrillShell.pause(DrillNight.WARM_UP_MILLIS);
        night.must("backup", "backup", night.file(), "--lab", night.lab(), "--out", backups);
        DrillShell.pause(SINCE_MILLIS);
        night.killSite();
        night.carriedOut(new DrillErrand(
                List.of("recover", "--lost", site, "--backups", backups),
                "plan.yaml",
                List.of("--attest-lost", site, "--reason", "a drill killed it", "--backups", backups),
                Mark.Kind.PLANNED,
                Mark.Kind.APPLIED,
                true,
                false));
        DrillShell.pause(DrillNight.AFTER_MILLIS);
        night.carriedOut(DrillErrand.of(
                List.of("restore", "--site", site), "back.yaml", Mark.Kind.BACK_PLANNED, Mark.Kind.BACK));
    }
}
