package io.stretchc.cli;

import io.stretchc.drill.Mark;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerName;
import java.util.List;

/**
 * Traces are left: an arbiter that runs, one that is dead, and a dead replacement on which streams count, while the server
 * that it replaced is back. None of them is a server of the topology, and no trace of them is left in the end.
 */
record PurgeScript() implements DrillScript {
    @Override
    public String about(DrillStage stage) {
        return "of former servers";
    }

    @Override
    public void play(DrillNight night) throws DrillFault {
        List<ServerName> arbiters = reserves(night, Role.ARBITER, false);
        List<ServerName> replacements = reserves(night, Role.REPLACEMENT, true);
        if (arbiters.size() < 2 || replacements.isEmpty()) {
            throw new DrillFault(
                    "The topology declares too few reserves to leave traces: it takes two arbiters outside of "
                            + night.stage().lost() + ", and a replacement in it.");
        }
        ServerName server = night.stage().servers().get(0);
        ServerName replacement = replacements.get(0);
        var members = new DrillMembers(night.state());
        started(night, members, arbiters.get(0));
        started(night, members, arbiters.get(1));
        night.must("trace", "lab", "kill", server.text(), "--lab", night.lab()); // its ports are the replacement's
        started(night, members, replacement);
        members.handOver(server, replacement);
        DrillShell.pause(DrillNight.WARM_UP_MILLIS);
        night.mark(Mark.Kind.KILLED);
        night.must("loss", "lab", "kill", arbiters.get(1).text(), replacement.text(), "--lab", night.lab());
        night.must("trace", "lab", "start", server.text(), "--lab", night.lab());
        night.mark(Mark.Kind.DETECTED);
        night.carriedOut(DrillErrand.of(List.of("purge"), "plan.yaml", Mark.Kind.PLANNED, Mark.Kind.APPLIED));
    }

    private static void started(DrillNight night, DrillMembers members, ServerName server) throws DrillFault {
        night.must("trace", "lab", "start", server.text(), "--lab", night.lab(), "--no-wait");
        members.joined(server);
    }

    private static List<ServerName> reserves(DrillNight night, Role role, boolean here) {
        return night.topology().backbone().reserves(role).stream()
                .filter(r -> here == night.stage().lost().equals(r.site()))
                .map(ServerModel::name)
                .sorted()
                .toList();
    }
}
