package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabState;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which lab a command is about: by name, by the topology file that it was made from, or the one that runs. */
final class LabSelection {
    @Option(names = "--lab", paramLabel = "NAME", description = "The lab, when more than one runs.")
    private @Nullable String lab;

    /** The name, if one was given. */
    Optional<String> name() {
        return Optional.ofNullable(lab);
    }

    /** Whether a name was given. */
    boolean named() {
        return lab != null;
    }

    /**
     * The lab.
     *
     * @param words of the command line; a topology file among them says which lab is meant, and is taken out
     */
    LabState select(Labs labs, List<String> words) throws LabFault {
        var rest = new ArrayList<String>();
        Path topology = null;
        for (String word : words) {
            Path file = topology(word);
            if (file != null && topology == null) {
                topology = file;
            } else {
                rest.add(word);
            }
        }
        words.clear();
        words.addAll(rest);
        if (lab != null || topology == null) {
            return labs.select(lab);
        }
        Path made = topology;
        List<LabState> same = labs.home().all().stream()
                .filter(l -> l.topology().equals(made))
                .toList();
        if (same.isEmpty()) {
            throw new LabFault(
                    LabFault.Reason.INVALID,
                    "There is no lab of " + made + " on this machine: `stretchc lab up` makes one.");
        }
        return Labs.one(same);
    }

    private static @Nullable Path topology(String word) throws LabFault {
        if (!word.endsWith(".yaml") && !word.endsWith(".yml")) {
            return null;
        }
        try {
            Path path = Path.of(word);
            if (!Files.exists(path)) {
                throw new LabFault(LabFault.Reason.INVALID, "There is no topology " + Quote.of(word) + ".");
            }
            return path.toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
