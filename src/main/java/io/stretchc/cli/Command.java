package io.stretchc.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands share: a console, and an exit code as their result. */
@picocli.CommandLine.Command
abstract class Command implements Callable<Integer> {
    @Spec
    private @org.jspecify.annotations.Nullable CommandSpec spec;

    /** Does the work. */
    abstract ExitCode run(Console console);

    @Override
    public final Integer call() {
        return run(Main.console(java.util.Objects.requireNonNull(spec))).number();
    }
}
