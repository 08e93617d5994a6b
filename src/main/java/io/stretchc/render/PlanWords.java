package io.stretchc.render;

import io.stretchc.plan.Action;
import io.stretchc.plan.LossEntry;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Risk;
import io.stretchc.plan.Scenario;
import io.stretchc.plan.Step;
import io.stretchc.plan.StepState;
import io.stretchc.quorum.Technique;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What the renderers of plans call things. Names are as they are; whoever prints them escapes. */
final class PlanWords implements Action.Visitor<String> {
    /** What a step does, as a headline. */
    static String title(Action action) {
        return action.accept(new PlanWords());
    }

    static String risk(Risk risk) {
        return switch (risk) {
            case SAFE -> "safe";
            case DISRUPTIVE -> "disruptive";
            case IRREVERSIBLE -> "IRREVERSIBLE";
        };
    }

    static String state(StepState state) {
        return switch (state) {
            case TO_DO -> "to do";
            case RUNNING -> "running";
            case DONE -> "done";
            case STOPPED -> "stopped here";
        };
    }

    static String fate(LossEntry.Fate fate) {
        return switch (fate) {
            case MAJORITY_ALIVE -> "majority alive";
            case MINORITY_ALIVE -> "minority alive";
            case ONE_COPY_ALIVE -> "one copy alive";
            case NONE_ALIVE -> "no copy alive";
            case SINGLE_ALIVE -> "only copy alive";
            case SINGLE_LOST -> "only copy lost";
        };
    }

    /** What is said in place of a loss bill that is empty. */
    static String noLoss(Plan plan) {
        boolean touches = plan.steps().stream()
                .map(Step::action)
                .anyMatch(a -> a instanceof Action.RemoveStreamPeer
                        || a instanceof Action.MoveStream
                        || a instanceof Action.MoveStreamLeader);
        return touches
                ? "Nothing: replicas and leaders of streams move, and others hold all of it meanwhile."
                : "No stream is touched.";
    }

    static String technique(Plan plan) {
        Technique technique = plan.strategy().technique();
        return technique == null ? "none needed" : technique.title();
    }

    static String headline(Plan plan) {
        Scenario scenario = plan.scenario();
        if (scenario instanceof Scenario.OfSite ofSite) {
            return headline(ofSite);
        }
        if (scenario instanceof Scenario.Readmit readmit) {
            return "Readmit " + names(readmit.servers()) + (readmit.keepStores() ? " with what they held" : ", empty");
        }
        if (scenario instanceof Scenario.Replace replace) {
            return "Replace " + replace.server() + (replace.by() == null ? "" : " by " + replace.by());
        }
        if (scenario instanceof Scenario.Fallback fallback) {
            return fallback.undo()
                    ? "Bring streams home from where they fell back to"
                    : "Let streams fall back to where servers are alive";
        }
        return scenario instanceof Scenario.Purge
                ? "Remove every trace of former servers"
                : "Bring streams and leaders home";
    }

    private static String headline(Scenario.OfSite scenario) {
        SiteName site = scenario.site();
        if (scenario instanceof Scenario.Restore restore) {
            return "Restore " + site + (restore.sameNames() ? " under its old names" : " under new names");
        }
        if (scenario instanceof Scenario.Return) {
            return "Take " + site + " back with its data";
        }
        return scenario instanceof Scenario.Bridge
                ? "Bridge the absence of " + site
                : "Recover without " + site + ", which is gone for good";
    }

    static String duration(Duration within) {
        long seconds = within.toSeconds();
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    static String names(Collection<ServerName> names) {
        return names.isEmpty() ? "none" : names.stream().map(ServerName::text).collect(Collectors.joining(", "));
    }

    private static String tags(List<String> tags) {
        return tags.isEmpty() ? "no tags" : String.join(", ", tags);
    }

    static String role(Role role) {
        return switch (role) {
            case SERVER -> "server";
            case ARBITER -> "arbiter";
            case STAND_IN -> "stand-in";
            case REPLACEMENT -> "replacement";
        };
    }

    @Override
    public String takeCensus(Action.TakeCensus a) {
        return "Count who answers";
    }

    @Override
    public String attestLost(Action.AttestLost a) {
        return "Attest that " + a.site() + " is dead or fenced";
    }

    @Override
    public String copyStores(Action.CopyStores a) {
        return "Copy the stores of " + names(a.servers());
    }

    @Override
    public String startServer(Action.StartServer a) {
        return "Start the " + role(a.role()) + " " + a.server() + " in " + a.site()
                + (a.blank() ? ", with an empty store" : "");
    }

    @Override
    public String stopServer(Action.StopServer a) {
        return "Stop the " + role(a.role()) + " " + a.server() + " for good";
    }

    @Override
    public String awaitMetaLeader(Action.AwaitMetaLeader a) {
        return "Wait for a meta leader";
    }

    @Override
    public String awaitMembers(Action.AwaitMembers a) {
        return "Wait until " + a.servers().size() + " servers are current members of the meta group";
    }

    @Override
    public String awaitNaturalQuorum(Action.AwaitNaturalQuorum a) {
        return "Wait until the lowered quorum has run out";
    }

    @Override
    public String rescueQuorum(Action.RescueQuorum a) {
        return "Lower the meta quorum to " + a.quorum() + " (META.RESCUE)";
    }

    @Override
    public String removePeer(Action.RemovePeer a) {
        return "Remove " + a.server() + " from the meta group";
    }

    @Override
    public String moveStream(Action.MoveStream a) {
        return "Move the stream " + a.stream() + " of " + a.account() + " to " + tags(a.tags());
    }

    @Override
    public String awaitStream(Action.AwaitStream a) {
        return "Wait until the stream " + a.stream() + " of " + a.account() + " is "
                + (a.away() == 0 ? "whole" : "current on " + (a.replicas() - a.away()) + " of its servers");
    }

    @Override
    public String recreateStream(Action.RecreateStream a) {
        return "Create the stream " + a.stream() + " of " + a.account() + " anew, EMPTY, at " + tags(a.tags());
    }

    @Override
    public String restoreStream(Action.RestoreStream a) {
        return "Restore the stream " + a.stream() + " of " + a.account() + " from the backup "
                + (a.backup().taken().isEmpty() ? "" : "of " + a.backup().taken() + " ")
                + "in " + a.backup().path() + ", at " + tags(a.tags());
    }

    @Override
    public String moveMetaLeader(Action.MoveMetaLeader a) {
        return "Move the meta leader to "
                + String.join(
                        " or ", a.preferred().stream().map(ServerName::text).toList());
    }

    @Override
    public String moveStreamLeader(Action.MoveStreamLeader a) {
        return "Move the leader of the stream " + a.stream() + " of " + a.account() + " to "
                + String.join(
                        " or ", a.preferred().stream().map(ServerName::text).toList());
    }

    @Override
    public String restartServer(Action.RestartServer a) {
        return "Restart the " + role(a.role()) + " " + a.server() + ", with its store";
    }

    @Override
    public String removePeerId(Action.RemovePeerId a) {
        return "Remove the nameless peer " + a.peer() + " from the meta group";
    }

    @Override
    public String removeStreamPeer(Action.RemoveStreamPeer a) {
        return "Give the stream " + a.stream() + " of " + a.account() + " another server instead of "
                + (a.server() == null ? "the nameless peer " + a.peer() : a.server());
    }

    @Override
    public String retagServer(Action.RetagServer a) {
        return "Give the server " + a.server() + " the tags " + tags(a.tags()) + ", by a reload";
    }

    @Override
    public String verifyCluster(Action.VerifyCluster a) {
        return a.without() == null ? "Verify the cluster" : "Verify the cluster without " + a.without();
    }
}
