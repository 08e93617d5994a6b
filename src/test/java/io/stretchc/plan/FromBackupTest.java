package io.stretchc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.codec.PlanCodec;
import io.stretchc.simulate.Law;
import io.stretchc.simulate.Proof;
import io.stretchc.simulate.Simulator;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.status.World;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of which no copy is left, and a backup is. */
final class FromBackupTest {
    private static final Scenario RECOVER = new Scenario.Recover(new SiteName("us"));
    private static final Backup BACKUP = Night.BACKUP;

    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.12.8", "2.12.15", "2.14.5", "2.15.1"})
    void whatIsGoneComesBackAndTheBillSaysSo(String version) {
        Plan plan = Night.recoverFromBackup(version);

        Step step = step(plan);
        assertThat(step.action()).isEqualTo(new Action.RestoreStream("APP", "usr3", 3, List.of("dc:2"), BACKUP));
        assertThat(step.risk()).isEqualTo(Risk.IRREVERSIBLE);
        assertThat(step.before()).contains(new Condition.NothingHeld("APP", "usr3"));
        assertThat(step.after()).contains(new Condition.StreamWhole("APP", "usr3", 3, 44));
        LossEntry entry = plan.losses().stream()
                .filter(l -> l.stream().equals("usr3"))
                .findFirst()
                .orElseThrow();
        assertThat(entry.backup()).isEqualTo(BACKUP);
        assertThat(entry.why())
                .isEqualTo(
                        "No copy is left. It comes back from the backup of 2026-01-02T03:04:05Z in"
                                + " `monday/APP/usr3`: 40 messages up to sequence 44; what was acknowledged after that is gone.");
        Proof proof = prove(version, actions(plan), plan.losses());
        assertThat(proof.violations()).isEmpty();
        var codec = new PlanCodec();
        assertThat(codec.yaml(plan)).contains("kind: restore_stream", "hash: \"sha256:aaaa");
    }

    /** A leader that lost its followers names itself for a while, and lists streams without their configuration. */
    @Test
    void ofAStreamThatIsOnlyListedTheBackupTellsTheReplicas() {
        World night = Night.of("2.10.27").claimedBy("emea_1");
        night.stream("usr3").replicas = 0;
        night.stream("usr3").members = List.of();
        night.stream("usr3").placement = List.of();
        ClusterSnapshot seen = night.look();

        Plan plan = Night.planned(Night.recover(seen, List.of(new Backup.Kept("APP", "usr3", BACKUP))));

        assertThat(plan.losses()).anyMatch(l -> BACKUP.equals(l.backup()) && l.fate() == LossEntry.Fate.NONE_ALIVE);
        assertThat(Simulator.prove(
                                io.stretchc.simulate.World.of(seen, Night.RICH), actions(plan), plan.losses(), RECOVER)
                        .violations())
                .isEmpty();
    }

    /** The removals would bring it back empty, and one write then keeps the backup out. */
    @ParameterizedTest
    @ValueSource(strings = {"2.9.10", "2.10.27", "2.11.17", "2.12.8", "2.14.0"})
    void itComesBeforeTheFirstRemoval(String version) {
        List<String> ids = Night.ids(Night.recoverFromBackup(version));

        assertThat(ids.indexOf("restore-APP-usr3")).isBetween(1, ids.indexOf("remove-us_1") - 1);
    }

    /** There nobody moves before the removals: what no removal brings back waits until those that have copies are safe. */
    @Test
    void on215ItComesBeforeTheRemovalsOnlyWhereTheyWouldBringItBack() {
        World any = Night.of("2.15.1");
        any.stream("usr3").placement = List.of();

        List<String> kept = Night.ids(Night.recoverFromBackup("2.15.1"));
        List<String> refilled =
                Night.ids(Night.planned(Night.recover(any.look(), List.of(new Backup.Kept("APP", "usr3", BACKUP)))));

        assertThat(kept).containsSubsequence("remove-us_3", "move-APP-foo", "restore-APP-usr3");
        assertThat(refilled).containsSubsequence("restore-APP-usr3", "remove-us_1", "move-APP-foo");
    }

    @Test
    void whatCannotBeUsedIsAWarning() {
        var input = new PlanInput(
                Night.RICH,
                new Plan.Source("topology.yaml", "sha256:t"),
                Night.of("2.10.27").look(),
                "sha256:s",
                null,
                List.of(),
                List.of("The backup in `monday` is cut off."));

        assertThat(Night.planned(Planner.plan(input, RECOVER)).warnings())
                .contains(
                        "A backup is not used, and what only it holds does not come back: The backup in `monday` is cut off.");
    }

    @ParameterizedTest
    @CsvSource({"2.14.5, false", "2.15.1, true"})
    void whatIsTakenOnceMoreIsAWarning(String version, boolean warned) {
        World night = Night.of(version);
        night.stream("foo").more =
                ",\"sources\":[{\"name\":\"usr\",\"subject_transforms\":[{\"src\":\">\"}]},{\"name\":\"usr3\"}]";

        Plan plan = Night.planned(Night.recover(night.look(), List.of(new Backup.Kept("APP", "usr3", BACKUP))));

        String warning =
                "The stream `usr3` of `APP` comes from its backup, and on nats-server 2.15.1 what sources from it"
                        + " takes all of it once more: `foo`.";
        assertThat(plan.warnings().contains(warning)).isEqualTo(warned);
    }

    @Test
    void aBackupOfWhatSurvivesIsNotTouched() {
        var kept = List.of(new Backup.Kept("APP", "foo", BACKUP), new Backup.Kept("OTHER", "usr3", BACKUP));

        assertThat(Night.planned(Night.recover("2.10.27", kept)).steps())
                .noneMatch(s -> s.action() instanceof Action.RestoreStream r
                        && r.stream().equals("foo"));
    }

    @Test
    void aBillThatKeepsQuietOfTheBackupIsFound() {
        Plan plan = Night.recoverFromBackup("2.10.27");
        var quiet = new ArrayList<LossEntry>();
        plan.losses()
                .forEach(l -> quiet.add(new LossEntry(
                        l.account(), l.stream(), l.fate(), l.survivors(), l.messages(), l.lastSequence(), l.why())));

        assertThat(prove("2.10.27", actions(plan), quiet).violations())
                .anyMatch(v -> v.law() == Law.BILL && v.sentence().contains("the bill does not say so"));
    }

    @Test
    void aBillThatPromisesABackupThatNobodyRestoresIsFound() {
        Plan plan = Night.recoverFromBackup("2.10.27");
        var without = new ArrayList<>(actions(plan));
        without.removeIf(a -> a instanceof Action.RestoreStream);

        assertThat(prove("2.10.27", without, plan.losses()).violations())
                .anyMatch(v -> v.law() == Law.BILL && v.sentence().contains("no step restores it"));
    }

    @Test
    void aBackupNeverReplacesWhatASurvivorHolds() {
        Plan plan = Night.recoverFromBackup("2.10.27");
        var wrong = new ArrayList<>(actions(plan));
        wrong.replaceAll(a -> a instanceof Action.RestoreStream
                ? new Action.RestoreStream("APP", "foo", 3, List.of("dc:2"), BACKUP)
                : a);

        assertThat(prove("2.10.27", wrong, plan.losses()).violations())
                .anyMatch(v -> v.law() == Law.WORKS && v.sentence().contains("a backup must not replace it"));
    }

    private static List<Action> actions(Plan plan) {
        return plan.steps().stream().map(Step::action).toList();
    }

    private static Proof prove(String version, List<Action> actions, List<LossEntry> bill) {
        return Simulator.prove(Night.world(version), actions, bill, RECOVER);
    }

    private static Step step(Plan plan) {
        return plan.steps().stream()
                .filter(s -> s.action() instanceof Action.RestoreStream)
                .findFirst()
                .orElseThrow();
    }
}
