package io.stretchc.cli;

/** What a command ends with; the same for every command. */
public enum ExitCode {
    /** Done, or nothing to do. */
    OK(0),
    /** The input is invalid; diagnostics were printed. */
    INVALID(1),
    /** The command line is wrong. */
    USAGE(2),
    /** There are differences. */
    DIFFERENT(3),
    /** Refused. */
    REFUSED(4),
    /** Stopped part-way; the same command again resumes. */
    STOPPED(5),
    /** The cluster, or what the command needs from outside, is out of reach. */
    UNREACHABLE(6),
    /** A bug of stretchc. */
    BUG(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process exit status. */
    public int number() {
        return number;
    }
}
