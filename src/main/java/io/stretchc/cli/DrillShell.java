package io.stretchc.cli;

import io.stretchc.drill.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs command lines of this program as a person would, and writes down what came of each. */
final class DrillShell {
    private static final int LINES = 12;

    private final Console console;
    private final long start;
    private final List<Stage> stages = new ArrayList<>();
    private final List<Process> children = new CopyOnWriteArrayList<>();

    DrillShell(Console console) {
        this.console = console;
        this.start = System.nanoTime();
    }

    /** What a command said, and how it ended. */
    record Said(int exit, String out, String err) {
        /** The last lines that say something. */
        List<String> last() {
            List<String> all = (out + "\n" + err)
                    .lines()
                    .map(String::strip)
                    .filter(l -> !l.isEmpty())
                    .toList();
            return all.subList(Math.max(0, all.size() - LINES), all.size());
        }
    }

    List<Stage> stages() {
        return List.copyOf(stages);
    }

    void say(String text) {
        console.err()
                .println(String.format(java.util.Locale.ROOT, "[%6.1f s] %s", (System.nanoTime() - start) / 1e9, text));
        console.err().flush();
    }

    /** Runs a command in this process; one that ends otherwise than it should ends the drill. */
    Said must(String name, String... words) throws DrillFault {
        Said said = run(name, List.of(0), words);
        if (said.exit() != 0) {
            throw new DrillFault("`" + typed(words) + "` ended with exit code " + said.exit() + ": "
                    + String.join(" ", said.last()));
        }
        return said;
    }

    /** Runs a command in this process. */
    Said run(String name, List<Integer> expected, String... words) {
        say("$ " + typed(words));
        long begin = System.nanoTime();
        Said said = quietly(words);
        note(name, words, said, expected.contains(said.exit()), System.nanoTime() - begin);
        return said;
    }

    /** Runs a command in this process, of which nothing is written down. */
    Said quietly(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                InputStream.nullInputStream(),
                console.environment(),
                Terminal.NONE,
                words);
        return new Said(exit, out.toString(), err.toString());
    }

    void note(String name, String[] words, Said said, boolean asExpected, long nanos) {
        var line = new ArrayList<>(List.of("stretchc"));
        line.addAll(Arrays.asList(words));
        stages.add(new Stage(name, words.length == 0 ? List.of() : line, said.exit(), asExpected, nanos, said.last()));
    }

    /** Starts a command as a process of its own; what it prints is added to a file. */
    Process start(Path log, String... words) throws DrillFault {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        line.addAll(List.of("-cp", System.getProperty("java.class.path", ""), Main.class.getName()));
        line.addAll(Arrays.asList(words));
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(console.environment());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            children.add(process);
            return process;
        } catch (IOException e) {
            throw new DrillFault("Java cannot be started again for `" + typed(words) + "`.");
        }
    }

    /** Ends every process that it started. */
    void endAll() {
        children.forEach(Process::destroyForcibly);
    }

    static String typed(String... words) {
        var text = new StringBuilder("stretchc");
        for (String word : words) {
            text.append(' ').append(io.stretchc.render.DrillText.word(word));
        }
        return text.toString();
    }

    static void pause(long millis) throws DrillFault {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrillFault("The drill was interrupted.");
        }
    }
}
