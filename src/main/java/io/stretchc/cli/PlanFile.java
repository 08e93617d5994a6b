package io.stretchc.cli;

import io.stretchc.codec.PlanCodec;
import io.stretchc.diag.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads plan files. */
final class PlanFile {
    /** What a plan may have at most; one for 10,000 streams takes some 30 MB. */
    private static final int LIMIT = 512 * 1024 * 1024;

    private PlanFile() {}

    /** The plan; none when it cannot be read or relied on, which is said. */
    static PlanCodec.Reading.@Nullable Good read(String file, Console console) {
        PlanCodec.Reading reading;
        try (InputStream in = file.equals("-") ? console.in() : Files.newInputStream(Path.of(file))) {
            reading = new PlanCodec().read(in, LIMIT);
        } catch (IOException | InvalidPathException e) {
            console.err()
                    .println("stretchc: the plan " + Quote.of(file)
                            + " cannot be read; check its name and permissions, or"
                            + " make one with `stretchc plan`.");
            return null;
        }
        if (reading instanceof PlanCodec.Reading.Bad bad) {
            console.err().println("stretchc: " + Quote.of(file) + ": " + bad.reason());
            return null;
        }
        return (PlanCodec.Reading.Good) reading;
    }
}
