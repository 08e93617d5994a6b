package io.stretchc.drive;

import io.stretchc.apply.Driver;
import io.stretchc.plan.Action;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Step;
import io.stretchc.topology.ServerName;
import java.util.function.Predicate;

/** A person, who is told what the plan says, and whose deed is then seen in the cluster. */
public final class PersonDriver implements Driver {
    private final Plan plan;

    /** A driver that speaks the plan's words. */
    public PersonDriver(Plan plan) {
        this.plan = plan;
    }

    @Override
    public boolean copies() {
        return false;
    }

    @Override
    public Outcome start(Action.StartServer action) {
        return told(a -> a.equals(action), action.blank() ? " Its store must be empty." : " Its store stays as it is.");
    }

    @Override
    public Outcome stop(Action.StopServer action) {
        return told(a -> a.equals(action), "");
    }

    @Override
    public Outcome restart(Action.RestartServer action, boolean answers) {
        return told(a -> a.equals(action), "");
    }

    @Override
    public Outcome retag(Action.RetagServer action) {
        return told(a -> a.equals(action), "");
    }

    @Override
    public Outcome reload(ServerName server) {
        return told(a -> a instanceof Action.RetagServer r && r.server().equals(server), "");
    }

    @Override
    public Outcome copy(ServerName server) {
        return told(a -> a instanceof Action.CopyStores c && c.servers().contains(server), "");
    }

    private Outcome told(Predicate<Action> which, String more) {
        String expect = plan.steps().stream()
                .filter(s -> which.test(s.action()))
                .findFirst()
                .map(Step::byHand)
                .map(h -> h.expect())
                .orElse("see the plan");
        return new Outcome.ByPerson("TO DO by hand now: " + expect + "." + more + " This waits until it is seen.");
    }
}
