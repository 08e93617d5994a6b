package io.stretchc.binary;

import io.stretchc.binary.ProcessResult.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs external programs: an argument list, no shell, nothing on standard input, bounded output, and an end: a program
 * over its time limit is killed together with its descendants.
 */
final class ProcessRunner {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private final Map<String, String> environment;

    /** A runner of programs with exactly this environment. */
    ProcessRunner(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    ProcessResult run(List<String> command, Path directory, Duration limit) {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new ProcessResult(Ending.NOT_STARTED, -1, "", osError(e));
        }
        var onExit = new OnExit(() -> kill(process.toHandle()));
        try {
            process.getOutputStream().close();
            return await(process, limit);
        } catch (InterruptedException e) {
            kill(process.toHandle());
            Thread.currentThread().interrupt();
            return new ProcessResult(Ending.TIMED_OUT, -1, "", "");
        } catch (IOException e) {
            kill(process.toHandle());
            return new ProcessResult(Ending.NOT_STARTED, -1, "", osError(e));
        } finally {
            onExit.close();
        }
    }

    private static ProcessResult await(Process process, Duration limit) throws InterruptedException {
        var out = new OutputTail(process.getInputStream());
        var err = new OutputTail(process.getErrorStream());
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            kill(process.toHandle());
        }
        Ending ending = ended ? Ending.EXITED : Ending.TIMED_OUT;
        return new ProcessResult(ending, ended ? process.exitValue() : -1, out.text(PATIENCE), err.text(PATIENCE));
    }

    /** The operating system's words, which stand at the end: {@code error=13, Permission denied}. */
    private static String osError(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.substring(Math.max(message.lastIndexOf("error"), 0));
    }

    /** Children are listed while their parent lives: after it, they are the children of process 1. */
    private static void kill(ProcessHandle process) {
        List<ProcessHandle> children;
        try (Stream<ProcessHandle> list = process.children()) {
            children = list.toList();
        }
        process.destroyForcibly();
        children.forEach(ProcessRunner::kill);
    }
}
