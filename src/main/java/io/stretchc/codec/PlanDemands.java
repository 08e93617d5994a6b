package io.stretchc.codec;

import io.stretchc.plan.Action;
import io.stretchc.plan.Condition;
import io.stretchc.plan.Plan;
import io.stretchc.plan.ShellWord;
import io.stretchc.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What every plan of the planner has and every reader of plans relies on, whatever its keys and types are: a file that was
 * forged together with its id is refused here, and not where it is shown or applied.
 */
final class PlanDemands {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.~-]+");
    private static final Duration LONGEST = Duration.ofSeconds(1_000_000_000);

    private PlanDemands() {}

    /** The plan, if it meets them. */
    static Plan met(Plan plan) throws Misfit {
        if (plan.steps().isEmpty()) {
            throw new Misfit("it has no steps");
        }
        var ids = new TreeSet<String>();
        for (Step step : plan.steps()) {
            if (!ID.matcher(step.id().text()).matches()) {
                throw new Misfit("a step has an id that is none");
            }
            if (!ids.add(step.id().text())) {
                throw new Misfit("two steps have one id");
            }
            step(step);
        }
        if (plan.pointOfNoReturn() != null
                && !ids.contains(plan.pointOfNoReturn().text())) {
            throw new Misfit("`point_of_no_return` is no step of it");
        }
        return plan;
    }

    private static void step(Step step) throws Misfit {
        if (step.within().isNegative() || step.within().compareTo(LONGEST) > 0) {
            throw new Misfit("`within_seconds` is out of reach");
        }
        for (String command : step.byHand().commands()) {
            if (ShellWord.words(command).filter(w -> w.get(0).equals("nats")).isEmpty()) {
                throw new Misfit("`commands` holds what is no command of the nats CLI with every word quoted");
            }
        }
        if (step.byHand().commands().size() < step.action().accept(new Commands())) {
            throw new Misfit("a step lacks the commands by which it is done by hand");
        }
        if (named(step.action()).isEmpty()) {
            throw new Misfit("a step names no server");
        }
        for (List<Condition> conditions : List.of(step.before(), step.after())) {
            for (Condition c : conditions) {
                if (named(c).isEmpty()) {
                    throw new Misfit("a condition names no server");
                }
            }
        }
    }

    private static final List<String> NOBODY_NEEDED = List.of("nobody");

    /** The servers of an action that is nothing without one. */
    private static List<?> named(Action action) {
        if (action instanceof Action.CopyStores copy) {
            return copy.servers();
        }
        if (action instanceof Action.AwaitMembers members) {
            return members.servers();
        }
        if (action instanceof Action.MoveMetaLeader move) {
            return move.preferred();
        }
        return action instanceof Action.MoveStreamLeader move ? move.preferred() : NOBODY_NEEDED;
    }

    /** The servers of a condition that says nothing without one, and would pass for one that holds. */
    private static List<?> named(Condition condition) {
        if (condition instanceof Condition.Silent silent) {
            return silent.servers();
        }
        if (condition instanceof Condition.Answering answering) {
            return answering.servers();
        }
        if (condition instanceof Condition.MetaCurrent current) {
            return current.servers();
        }
        if (condition instanceof Condition.MetaLeaderAmong among) {
            return among.servers();
        }
        if (condition instanceof Condition.StreamOff off) {
            return off.servers();
        }
        return condition instanceof Condition.StreamLed led ? led.servers() : NOBODY_NEEDED;
    }

    /** How many commands a person needs for each at least; none where no command does it. */
    private static final class Commands implements Action.Visitor<Integer> {
        @Override
        public Integer takeCensus(Action.TakeCensus a) {
            return 1;
        }

        @Override
        public Integer attestLost(Action.AttestLost a) {
            return 0;
        }

        @Override
        public Integer copyStores(Action.CopyStores a) {
            return 0;
        }

        @Override
        public Integer startServer(Action.StartServer a) {
            return 0;
        }

        @Override
        public Integer stopServer(Action.StopServer a) {
            return 0;
        }

        @Override
        public Integer awaitMetaLeader(Action.AwaitMetaLeader a) {
            return 1;
        }

        @Override
        public Integer awaitMembers(Action.AwaitMembers a) {
            return 1;
        }

        @Override
        public Integer awaitNaturalQuorum(Action.AwaitNaturalQuorum a) {
            return 0;
        }

        @Override
        public Integer rescueQuorum(Action.RescueQuorum a) {
            return 1;
        }

        @Override
        public Integer removePeer(Action.RemovePeer a) {
            return 1;
        }

        @Override
        public Integer moveStream(Action.MoveStream a) {
            return 1;
        }

        @Override
        public Integer awaitStream(Action.AwaitStream a) {
            return 1;
        }

        @Override
        public Integer recreateStream(Action.RecreateStream a) {
            return 2;
        }

        @Override
        public Integer restoreStream(Action.RestoreStream a) {
            return 3;
        }

        @Override
        public Integer moveMetaLeader(Action.MoveMetaLeader a) {
            return 1;
        }

        @Override
        public Integer moveStreamLeader(Action.MoveStreamLeader a) {
            return 1;
        }

        @Override
        public Integer restartServer(Action.RestartServer a) {
            return 0;
        }

        @Override
        public Integer retagServer(Action.RetagServer a) {
            return 0;
        }

        @Override
        public Integer removePeerId(Action.RemovePeerId a) {
            return 1;
        }

        @Override
        public Integer removeStreamPeer(Action.RemoveStreamPeer a) {
            return 2;
        }

        @Override
        public Integer verifyCluster(Action.VerifyCluster a) {
            return 1;
        }
    }
}
