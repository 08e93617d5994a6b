package io.stretchc.cli;

import io.stretchc.codec.AppliedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * {@code apply} as a process of its own. To prove that an interruption changes nothing, it is killed right after each new
 * {@code call} and {@code done} in its journal, and started again, until it ends by itself.
 */
final class DrillApply {
    private static final int MOST_KILLS = 400;
    private static final long LONGEST_MINUTES = 20;

    private final DrillShell shell;
    private final Path plan;
    private final String[] words;
    private final boolean kill;
    private final TreeSet<String> seen = new TreeSet<>();
    private final Path log;

    DrillApply(DrillShell shell, Path plan, List<String> words, boolean kill) {
        this.shell = shell;
        this.plan = plan;
        this.words = words.toArray(String[]::new);
        this.kill = kill;
        this.log = plan.resolveSibling(plan.getFileName() + ".log");
    }

    /** How it ended, after how many kills. */
    record Ended(int exit, int kills, String last, int runs) {
        /** The same, after so many runs. */
        Ended after(int times) {
            return new Ended(exit, kills, last, times);
        }
    }

    /**
     * Runs it to its end.
     *
     * @param again whether a refusal is no end, as the plan can be made again
     */
    Ended run(String scenario, boolean again) throws DrillFault {
        shell.say("$ " + DrillShell.typed(words));
        long begin = System.nanoTime();
        int kills = 0;
        while (true) {
            Process process = shell.start(log, words);
            boolean killed = kill && kills < MOST_KILLS && killAtNext(process);
            if (!killed) {
                int exit = await(process);
                var said = new DrillShell.Said(exit, logged(), "");
                boolean fine = exit == 0 || (again && exit == ExitCode.REFUSED.number());
                shell.note("apply " + scenario, words, said, fine, System.nanoTime() - begin);
                return new Ended(exit, kills, String.join(" ", said.last()), 1);
            }
            kills++;
            shell.say("killed apply: " + kills);
        }
    }

    AppliedReader journal() {
        return new AppliedReader(lines());
    }

    /** Kills it at the first line of its journal at which it was not killed yet; whether there was one. */
    private boolean killAtNext(Process process) throws DrillFault {
        while (process.isAlive()) {
            for (String event : journal().events()) {
                if ((event.startsWith("done ") || event.startsWith("call ")) && seen.add(event)) {
                    process.destroyForcibly();
                    await(process);
                    journal().events().forEach(seen::add);
                    return true;
                }
            }
            DrillShell.pause(5);
        }
        return false;
    }

    private static int await(Process process) throws DrillFault {
        try {
            if (process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new DrillFault("`apply` did not end within " + LONGEST_MINUTES + " minutes.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrillFault("The drill was interrupted.");
        }
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(
                    plan.resolveSibling(plan.getFileName() + ".journal.jsonl"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return List.of(); // not there yet, or cut off within a character
        }
    }

    private String logged() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
