package io.stretchc.cli;

import io.stretchc.codec.VerifyReader;
import io.stretchc.drill.Mark;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One server of a site is lost, of those that the load's streams are on: streams fall back until it is back, or another one
 * takes its role for good.
 *
 * @param forGood whether it is replaced
 */
record ServerScript(boolean forGood) implements DrillScript {
    private static final int TRIES = 60;
    private static final long BETWEEN_MILLIS = 1000;

    /** What is off on purpose while streams have fallen back: a server is silent, tags are lent, placements are others. */
    private static final Set<String> MEANT =
            new TreeSet<>(List.of("IV102", "IV103", "IV106", "IV108", "IV109", "IV205", "IV207", "IV208"));

    @Override
    public String about(DrillStage stage) {
        return "with one server of " + stage.lost() + (forGood ? " lost for good" : " away");
    }

    @Override
    public void play(DrillNight night) throws DrillFault {
        ServerName server = victim(night);
        DrillShell.pause(DrillNight.WARM_UP_MILLIS);
        night.mark(Mark.Kind.KILLED);
        night.must("loss", "lab", "kill", server.text(), "--lab", night.lab());
        List<String> words = forGood ? List.of("replace", server.text()) : List.of("fallback");
        awaitPlan(night, words);
        night.mark(Mark.Kind.DETECTED);
        night.carriedOut(DrillErrand.of(words, "plan.yaml", Mark.Kind.PLANNED, Mark.Kind.APPLIED));
        if (!forGood) {
            fellBack(night);
            DrillShell.pause(DrillNight.AFTER_MILLIS);
            night.must("server back", "lab", "start", server.text(), "--lab", night.lab(), "--timeout", "120");
            List<String> undo = List.of("fallback", "--undo");
            awaitPlan(night, undo);
            night.carriedOut(DrillErrand.of(undo, "back.yaml", Mark.Kind.BACK_PLANNED, Mark.Kind.BACK));
        }
        if (there(night, List.of("home"))) {
            night.carriedOut(DrillErrand.of(List.of("home"), "home-back.yaml", Mark.Kind.BACK_PLANNED, Mark.Kind.BACK));
        }
    }

    /** The last of the site's servers with the tags of the load, so that another of the site goes on. */
    private static ServerName victim(DrillNight night) throws DrillFault {
        List<ServerName> site = night.stage().servers();
        List<ServerName> some = night.topology().backbone().voters().stream()
                .filter(v -> site.contains(v.name())
                        && Tag.matches(v.tags(), night.stage().tags()))
                .map(ServerModel::name)
                .toList();
        if (some.isEmpty() || site.size() < 2) {
            throw new DrillFault("The site " + night.stage().lost() + " has no server that could be lost alone.");
        }
        return some.get(some.size() - 1);
    }

    /** Until the loss, or the return, is seen by all that a plan looks at. */
    private static void awaitPlan(DrillNight night, List<String> words) throws DrillFault {
        for (int i = 0; i < TRIES; i++) {
            if (there(night, words)) {
                return;
            }
            DrillShell.pause(BETWEEN_MILLIS);
        }
        throw new DrillFault("There was nothing to plan for `" + String.join(" ", words) + "` within a minute.");
    }

    private static boolean there(DrillNight night, List<String> words) {
        String[] line = Stream.of(
                        List.of("plan"), words, List.of(night.file(), "--lab", night.lab(), "--detailed-exitcode"))
                .flatMap(List::stream)
                .toArray(String[]::new);
        return night.shell().quietly(line).exit() == ExitCode.DIFFERENT.number();
    }

    /** What is off meanwhile is what is meant to be; anything else must pass, or is a fault. */
    private static void fellBack(DrillNight night) throws DrillFault {
        String[] line = {"verify", night.file(), "--lab", night.lab(), "--format", "json"};
        SortedMap<String, String> off = new java.util.TreeMap<>();
        for (int i = 0; i < TRIES; i++) {
            DrillShell.Said said = night.shell().quietly(line);
            off = VerifyReader.broken(said.out())
                    .orElseThrow(() -> new DrillFault(
                            "`verify` ended with exit code " + said.exit() + ": " + String.join(" ", said.last())));
            if (MEANT.containsAll(off.keySet())) {
                night.shell().note("verify, fallen back", line, said, true, 0);
                night.shell().say("off on purpose: " + String.join("; ", named(off)));
                return;
            }
            DrillShell.pause(BETWEEN_MILLIS);
        }
        off.keySet().removeAll(MEANT);
        throw new DrillFault(
                "Broken while streams have fallen back, and not on purpose: " + String.join("; ", named(off)));
    }

    private static List<String> named(SortedMap<String, String> off) {
        var words = new ArrayList<String>();
        off.forEach((code, evidence) -> words.add(code + " " + evidence));
        return words.isEmpty() ? Arrays.asList("nothing") : words;
    }
}
