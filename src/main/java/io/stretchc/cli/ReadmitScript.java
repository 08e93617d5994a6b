package io.stretchc.cli;

import io.stretchc.drill.Mark;
import io.stretchc.topology.ServerName;
import java.util.List;

/** A server is killed and removed from the meta group, by mistake say, and becomes a member again under its own name. */
record ReadmitScript() implements DrillScript {
    @Override
    public String about(DrillStage stage) {
        return "of " + server(stage);
    }

    private static ServerName server(DrillStage stage) {
        return stage.servers().get(0);
    }

    @Override
    public void play(DrillNight night) throws DrillFault {
        ServerName server = server(night.stage());
        var members = new DrillMembers(night.state());
        DrillShell.pause(DrillNight.WARM_UP_MILLIS);
        night.mark(Mark.Kind.KILLED);
        night.must("loss", "lab", "kill", server.text(), "--lab", night.lab());
        night.shell().say(server + " is removed from the meta group");
        members.remove(server);
        members.settled(server);
        night.mark(Mark.Kind.DETECTED);
        night.carriedOut(
                DrillErrand.of(List.of("readmit", server.text()), "plan.yaml", Mark.Kind.PLANNED, Mark.Kind.APPLIED));
    }
}
